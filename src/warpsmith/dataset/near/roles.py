"""What stands for a token when kernels are compared: names are folded to what they are, constants to their type.

Functions and structs of the text are `DEFINED`, a parameter is its annotation, every other name is `LOCAL`, and an
attribute of any of them a field. What is Warp's or Python's stays, in one spelling.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import xxhash

from warpsmith.dataset.near.names import DEFINED, Names

LOCAL, FIELD, TEXT = "local", ".field", "text"
_CONSTANTS = {"True": "truth", "False": "truth"}
_INTEGER = re.compile(r"-?(?:0[xXbBoO]\w+|[0-9_]+[uUlL]*)")


class Scope(dict[str, int]):
    """The codes of the tokens of one function: looked up as in a dictionary, worked out when asked for first.

    `own` is what stands for its parameters and for those of the functions around it. In the body of a struct
    (`is_struct`) an annotated name is a field.
    """

    def __init__(self, names: Names, own: Mapping[str, str] | None = None, *, is_struct: bool = False) -> None:
        super().__init__()
        self.names, self.own, self.is_struct = names, own or {}, is_struct

    def inner(self, parameters: Mapping[str, str]) -> "Scope":
        """Return the scope of a function that is defined in this one."""
        return Scope(self.names, {**self.own, **parameters})

    def __missing__(self, token: str) -> int:
        known = _of_anybody(token)
        self[token] = result = code(self._role(token)) if known is None else known
        return result

    def _role(self, token: str) -> str:
        root = token.partition(".")[0]
        own = self.own.get(root) or (DEFINED if root in self.names.defined else None)
        known = None if own else _CONSTANTS.get(token) or self.names.spelled(token)
        return known or (own or LOCAL) + FIELD * token.count(".")


def number(token: str) -> str:
    """Return what stands for a number of Python or C++: zero of its type."""
    return "0" if _INTEGER.fullmatch(token) else "0.0"


@lru_cache(maxsize=65536)
def code(role: str) -> int:
    """Return the 64 bits that stand for a role in shingles."""
    return xxhash.xxh3_64_intdigest(role.encode())


@lru_cache(maxsize=4096)
def _of_anybody(token: str) -> int | None:
    """Return the code of a token that means the same in every text, which a name may not."""
    if token[0].isidentifier() and token[-1] not in "\"'":
        return None
    if token[-1] in "\"'":
        return code(TEXT)
    if token.lstrip("-.")[:1].isdigit():
        return code(number(token))
    return code(FIELD * token.count(".")) if token[0] == "." and len(token) > 1 else code(token)
