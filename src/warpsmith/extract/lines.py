"""From generated lines back to lines of the source.

A line of C++ belongs to the Python statement that Warp made it from, the declaration of a variable to the statement
that the variable is for. Signatures, the braces around the whole and the bookkeeping of loops belong to none (0).
"""

import re

from warpsmith.bridge import LINE
from warpsmith.record import MappedText

_MARK = re.compile(f"{LINE}[0-9]+")


def map_lines(section: str) -> MappedText:
    """Take the marks out of a section and return its text with the source line of each of its lines.

    The text ends with a newline and has no blank lines around it.
    """
    section = section.strip("\n")
    lines = tuple([int(row.rpartition(LINE)[2]) if LINE in row else 0 for row in section.split("\n")])
    return MappedText(without_marks(section) + "\n", lines)


def without_marks(section: str) -> str:
    """Take the marks out of a section and leave everything else as it is."""
    return _MARK.sub("", section)
