"""What a refusal says, in one line and in full."""

import re

from warpsmith.record import KernelSource, Rejection

_LOCATION = re.compile(r'Error while parsing function "[^"]*" at .*:\d+:$')
# the file of a module, the address of an object, the folder of a function: of this machine, this Python, this run
_PLACES = re.compile(
    r"""(?<=') from '[^']*'(?=>)|(?<=\w) at 0x[0-9a-fA-F]+(?=>)|(?<=" at )/[^\n]*/(?=[^/\n]+:\d+:$)""", re.MULTILINE
)


def rejection(stage: str, error: BaseException, source: KernelSource) -> Rejection:
    """Return the rejection of a kernel that an error stopped at a stage."""
    message = message_of(error)
    return Rejection(stage, reason(message), message, source)


def message_of(error: BaseException) -> str:
    """Return all that an error says, but no places of this machine; a KeyError would say it in quotes."""
    text = error.args[0] if isinstance(error, KeyError) and error.args else error
    return _PLACES.sub("", str(text)) or type(error).__name__


def reason(message: str) -> str:
    """Return the first line of a message of Warp that says why: not where, and not the line of source that it quotes.

    Warp puts ``Error while parsing function "f" at file:12:`` and that line of source first, its reason after a ``;``.
    """
    lines = message.strip().splitlines()
    while len(lines) > 2 and _LOCATION.search(lines[0]):
        lines = lines[2:]
    return lines[0].lstrip(";").strip() if lines else ""
