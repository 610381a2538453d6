"""Where in the pasted text an error belongs."""

import re
import traceback
from types import TracebackType

from warpsmith.explore.answers import Problem, Stage
from warpsmith.extract.reasons import message_of, reason

FILENAME = "pasted.py"
"""What the pasted text is called in tracebacks, in Warp's messages and in comments of the generated code."""

_PARSED = re.compile(rf'Error while parsing function "[^"]*" at (?:.*[/\\])?{re.escape(FILENAME)}:(\d+):')
_COMPLAINT = re.compile(r"\berror: (.*)")
_DUMPED = re.compile(rf'^  File "{re.escape(FILENAME)}", line (\d+) in (.*)$', re.MULTILINE)
_THREAD = re.compile(r"^(?=(?:Current thread|Thread) 0x)", re.MULTILINE)


def problem_of(error: BaseException, stage: Stage, line: int | None = None) -> Problem:
    """Return the problem that an error is; `line` is where it belongs if it does not say so itself."""
    message = message_of(error)
    if isinstance(error, SyntaxError) and error.filename == FILENAME:
        why = f"{type(error).__name__}: {error.msg}"
        return Problem("syntax", why, _quoted(why, error), error.lineno, error.offset or None)
    if isinstance(error, MemoryError):
        trail = _lines_of(error.__traceback__)
        return Problem("memory", "it takes more memory than it may", message, _last(trail, line), trail=trail)
    trail = tuple(map(int, _PARSED.findall(message))) or _lines_of(error.__traceback__)
    why = reason(message)
    if stage == "ptx" and (complaint := _COMPLAINT.search(message)):
        why = complaint[1]
    if stage == "define":
        name = type(error).__name__
        why = name if why in ("", name) else f"{name}: {why}"
        stage = "import" if isinstance(error, ImportError) else stage
        message = _traceback(error)
    return Problem(stage, why, message, _last(trail, line), trail=trail)


def frames_of_dump(dump: str) -> list[tuple[int, str]]:
    """Return the lines of the pasted text in what `faulthandler` wrote, and the functions that they are in.

    The innermost comes first. It is the thread that crashed, or the main thread, in which the text is executed: of
    threads that are written one after the other it is the last.
    """
    threads = _THREAD.split(dump)
    current = [part for part in threads if part.startswith("Current thread")]
    for part in (*current, *reversed(threads)):
        if found := _DUMPED.findall(part):
            return [(int(line), name) for line, name in found]
    return []


def _quoted(why: str, error: SyntaxError) -> str:
    return f"{why}\n{error.text.rstrip()}" if error.text else why


def _lines_of(trace: TracebackType | None) -> tuple[int, ...]:
    lines = []
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILENAME:
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    return tuple(lines)


def _traceback(error: BaseException) -> str:
    """Return a traceback of the pasted text alone: what is ours or Warp's is left out."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILENAME]
    last = traceback.format_exception_only(error)
    head = ["Traceback (most recent call last):\n", *traceback.format_list(frames)] if frames else []
    return "".join((*head, *last)).rstrip()


def _last(trail: tuple[int, ...], line: int | None) -> int | None:
    return trail[-1] if trail else line
