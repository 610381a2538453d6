"""From generated lines back to lines of the source.

A line of C++ belongs to the Python statement that Warp made it from, the declaration of a variable to the statement
that the variable is for. Signatures, the braces around the whole and the bookkeeping of loops belong to none (0).
"""

import re
from collections.abc import Sequence

from warpsmith.bridge import RULE
from warpsmith.record import MappedText

_QUOTED = re.compile(r"^\s*// (adj: )?.*<L (\d+)>\s*$")


def map_quotes(text: str) -> MappedText:
    """Return generated functions with the source line of each of their lines, as far as Warp's comments say it.

    A comment stands before the code of its line, and in the adjoint part behind it. This is less than `map_lines` knows
    of a kernel: variables are declared where there are no comments, and belong to no line.
    """
    lines: list[int] = []
    current, begun = 0, 0
    for number, line in enumerate(text.splitlines()):
        quoted = _QUOTED.match(line)
        if quoted and quoted[1]:
            lines[begun:] = [int(quoted[2])] * (number - begun)
            current, begun = 0, number + 1
            lines.append(int(quoted[2]))
            continue
        if quoted:
            current = int(quoted[2])
        elif not line[:1].isspace() or line.strip() in (RULE.strip(), "// reverse"):
            current, begun = 0, number + 1
        lines.append(current)
    return MappedText(text, tuple(lines))


def map_lines(section: str, numbers: Sequence[int]) -> MappedText:
    """Return the text of a function with the source line of each of its lines.

    `numbers` are those lines, starting at the first line of the body. The text ends with a newline and has no blank
    lines around it.
    """
    text = section.strip("\n") + "\n"
    head = text.count("\n", 0, text.index(RULE))
    tail = text.count("\n") - head - len(numbers)
    return MappedText(text, (*[0] * head, *numbers, *[0] * tail))
