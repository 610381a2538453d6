"""From generated lines back to lines of the source.

A line of C++ belongs to the Python statement that Warp made it from, the declaration of a variable to the statement
that the variable is for. Signatures, the braces around the whole and the bookkeeping of loops belong to none (0).
"""

from collections.abc import Sequence

from warpsmith.bridge import RULE
from warpsmith.record import MappedText


def map_lines(section: str, numbers: Sequence[int]) -> MappedText:
    """Return the text of a function with the source line of each of its lines.

    `numbers` are those lines, starting at the first line of the body. The text ends with a newline and has no blank
    lines around it.
    """
    text = section.strip("\n") + "\n"
    head = text.count("\n", 0, text.index(RULE))
    tail = text.count("\n") - head - len(numbers)
    return MappedText(text, (*[0] * head, *numbers, *[0] * tail))
