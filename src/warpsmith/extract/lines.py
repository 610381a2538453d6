"""From generated lines back to lines of the source.

A line of C++ belongs to the Python statement that Warp made it from, the declaration of a variable to the statement that
the variable is for. Signatures, the braces around the whole and the bookkeeping of loops in reverse belong to none (0).
"""

import re

from warpsmith.bridge import LINE
from warpsmith.record import MappedText

_COMMENT = re.compile(r"\s*// .*<L (\d+)>$")


def map_lines(section: str, shift: int = 0) -> MappedText:
    """Take the marked lines out of a section and return its text with the source line of each of its lines.

    The text ends with a newline and has no blank lines around it. Comments of Warp that quote a statement name its line
    themselves (``<L 12>``); `shift` is added to those, for kernels whose comments do not count like the source.
    """
    text: list[str] = []
    lines: list[int] = []
    line = 0
    for row in section.strip("\n").split("\n"):
        if row.startswith(LINE):
            line = int(row[len(LINE) :])
            continue
        text.append(row)
        lines.append(line or _quoted_line(row, shift))
        line = 0
    return MappedText("\n".join(text) + "\n", tuple(lines))


def without_marks(section: str) -> str:
    """Take the marked lines out of a section and leave everything else as it is."""
    if LINE not in section:
        return section
    return "".join(row for row in section.splitlines(keepends=True) if not row.startswith(LINE))


def _quoted_line(row: str, shift: int) -> int:
    if not row.endswith(">"):
        return 0
    match = _COMMENT.match(row)
    return int(match[1]) + shift if match else 0
