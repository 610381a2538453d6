"""Warp's front end, only faster: not a byte of what it generates changes, and a test holds it to that.

Warp spends most of a build on finding out again what it knew for the last statement. Five things are taken over:

- `calls`: a call of a builtin with the same argument types is resolved once, and after that only written down;
- `bodies`: the body of a function is written without asking for each line what it is;
- `ctypes`: the C++ name of a type is worked out once;
- `matching`: types are told, and overloads ruled out, by what is plain about them;
- `lookups`: names, annotations and sources of functions are found without searching.

All of it stands in for Warp's own inside `accelerated` only.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from warpsmith.bridge import matching
from warpsmith.bridge.fast import bodies, calls, ctypes, lookups
from warpsmith.bridge.swap import Swap

_active = 0


@contextmanager
def accelerated() -> Iterator[None]:
    """Make Warp fast inside a ``with`` block. Blocks may be nested; a worker may keep one open for all its life."""
    global _active  # noqa: PLW0603 - how deep the blocks are nested is a fact about the process, as what they replace is
    swap = Swap()
    _active += 1
    try:
        if _active == 1:
            for part in (ctypes, lookups, matching, bodies, calls):
                part.install(swap)
        yield
    finally:
        _active -= 1
        swap.restore()
