"""The shingles of a kernel's text: hashes of every `LENGTH` folded tokens in a row, as a sorted array.

No shingle crosses the end of a statement, and a shingle that comes again counts again: texts that differ in names,
numbers, comments, layout or the order of their statements and functions have the same shingles.
"""

from array import array
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from warpsmith.dataset.near.folding import folded
from warpsmith.dataset.near.names import DEFINED
from warpsmith.dataset.near.roles import LOCAL, code

Hashes: TypeAlias = NDArray[np.uint64]
Shingles: TypeAlias = NDArray[np.uint32]

LENGTH = 5
_END, _FILLING = code("end of a statement"), code("nothing")
_LOCAL, _DEFINED, _OPENING = (np.uint64(code(role)) for role in (LOCAL, DEFINED, "("))
_COMMA, _EQUALS, _KEYWORD = (np.uint64(code(role)) for role in (",", "=", "keyword"))
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_HALF = np.uint64(32)


def shingles(source: str) -> Shingles:
    """Return the sorted distinct hashes of the shingles of a text that is valid Python; at least one.

    The text is not parsed: parsers of different versions of Python may differ, the expression used here does not.
    """
    return distinct(_windows(_codes(source)))


def _codes(source: str) -> Hashes:
    """Return the codes of a text with an end around each statement, every one at least `LENGTH` long with its ends."""
    flat = array("Q", (_END,))
    for statement in folded(source):
        flat.extend(statement)
        flat.extend([_FILLING] * (LENGTH - 2 - len(statement)))
        flat.append(_END)
    codes = np.frombuffer(flat, dtype=np.uint64)
    _tell_by_neighbours(codes)
    return codes


def _tell_by_neighbours(codes: Hashes) -> None:
    """Fold the names of functions that the text does not have, and those of arguments that are given by name."""
    is_opening = codes == _OPENING
    codes[:-1][(codes[:-1] == _LOCAL) & is_opening[1:]] = _DEFINED
    codes[1:-1][(codes[2:] == _EQUALS) & (is_opening | (codes == _COMMA))[:-2]] = _KEYWORD


def _windows(codes: Hashes) -> Hashes:
    """Return a hash of every `LENGTH` codes in a row that have no end within."""
    count = len(codes) - LENGTH + 1
    if count < 1:
        return codes
    hashes = codes[:count].copy()
    for place in range(1, LENGTH):
        hashes *= _BASE
        hashes += codes[place : place + count]
    ends = np.cumsum(codes == _END)
    return mixed(hashes[ends[LENGTH - 2 : LENGTH - 2 + count] == ends[:count]])


def distinct(hashes: Hashes) -> Shingles:
    """Return sorted hashes in which the first, second and later occurrences of an equal one are told apart."""
    hashes = np.sort(hashes)
    places = np.arange(len(hashes), dtype=np.uint64)
    begins = np.append(np.uint64(1), (hashes[1:] != hashes[:-1]).astype(np.uint64))
    occurrences = places - np.maximum.accumulate(places * begins)
    numbered: Shingles = np.sort((mixed(hashes + occurrences * _BASE) >> _HALF).astype(np.uint32))
    is_new = np.append(True, numbered[1:] != numbered[:-1])
    return np.compress(is_new, numbered)


def mixed(hashes: Hashes) -> Hashes:
    """Return hashes whose bits depend on all bits of those given."""
    hashes = (hashes ^ (hashes >> _HALF)) * _MIX
    return hashes ^ (hashes >> _HALF)
