"""How many comments stand in a text; what they say is not looked at."""

import io
import tokenize
from typing import NamedTuple


class Comments(NamedTuple):
    """Comments on lines of their own, and behind code."""

    alone: int = 0
    behind: int = 0


def comments_of(source: str) -> Comments:
    """Count the comments of a text; what cannot be read as Python has none."""
    alone = behind = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                before = token.line[: token.start[1]].strip()
                alone, behind = alone + (not before), behind + bool(before)
    except (tokenize.TokenError, SyntaxError):
        return Comments()
    return Comments(alone, behind)
