"""The comments in which Warp quotes the Python that a line of code comes from, and names its file."""

import re

_QUOTATION = re.compile(r"^[ \t]*// .*<L \d+>[ \t]*\n", re.MULTILINE)
_ORIGIN = re.compile(r"^// \S+\.py:\d+[ \t]*\n", re.MULTILINE)


def stripped(code: str) -> str:
    """Return generated code without them; comments of people in native code stay."""
    return _ORIGIN.sub("", _QUOTATION.sub("", code))
