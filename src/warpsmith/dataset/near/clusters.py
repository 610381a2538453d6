"""Clusters of near-duplicates: kernels that are linked by pairs of at least `THRESHOLD`, found band by band.

Kernels that share a band are compared exactly, unless they are in one cluster already. So no pair is put together
that is not near, and one is overlooked only if its kernels share no band, or stand far apart among very many that do.
"""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from warpsmith.dataset.near.forest import Forest
from warpsmith.dataset.near.jaccard import THRESHOLD, similarities
from warpsmith.dataset.near.shingles import Hashes, Shingles
from warpsmith.dataset.near.sketch import BANDS

WINDOW = 1024
"""Of more kernels than this that share a band, those are compared that are as near by the number of shingles."""


class KeysOfSet(Protocol):
    """The keys of all records of a set, whatever files they come from."""

    @property
    def count(self) -> int:
        """How many records there are."""

    def band(self, number: int) -> Hashes:
        """Return one band of every record, shape ``(count,)``."""

    def shingles(self, number: int) -> Shingles:
        """Return the shingles of one record."""


def clusters(keys: KeysOfSet, threshold: float = THRESHOLD) -> NDArray[np.int64]:
    """Return for every record the number of the first record of its cluster, shape ``(count,)``: itself when alone."""
    forest = Forest(keys.count)
    for number in range(BANDS):
        for members in _alike(keys.band(number), forest.leaders()):
            for window in _windows(members, keys):
                _link(window, keys, forest, threshold)
    return forest.leaders()


def _alike(band: Hashes, leaders: NDArray[np.int64]) -> Iterator[list[int]]:
    """Yield the records with equal hashes, in their order, where they are not all in one cluster."""
    order = np.argsort(band, kind="stable")
    if not len(order):
        return
    begins = np.flatnonzero(np.append(True, band[order[1:]] != band[order[:-1]]))
    ends = np.append(begins[1:], len(order))
    lowest, highest = (f.reduceat(leaders[order], begins) for f in (np.minimum, np.maximum))
    for run in np.flatnonzero(lowest != highest):
        yield order[begins[run] : ends[run]].tolist()


def _windows(members: list[int], keys: KeysOfSet) -> Iterator[list[int]]:
    """Yield records that share a band as they are compared: together, or by size in windows that overlap by half."""
    if len(members) > WINDOW:
        members = sorted(members, key=lambda member: (len(keys.shingles(member)), member))
    for first in range(0, max(1, len(members) - WINDOW // 2), WINDOW // 2):
        yield members[first : first + WINDOW]


def _link(members: list[int], keys: KeysOfSet, forest: Forest, threshold: float) -> None:
    """Join the near ones of records that share a band."""
    texts = {member: keys.shingles(member) for member in members}
    for place, one in enumerate(members[:-1]):
        leader = forest.leader(one)
        others = [other for other in members[place + 1 :] if forest.leader(other) != leader]
        near = similarities(texts[one], [texts[other] for other in others]) >= threshold
        for index in np.flatnonzero(near):
            forest.join(one, others[index])
