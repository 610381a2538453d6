"""Which split a record goes to: whole clusters, so that no test kernel has a near-duplicate in training."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from warpsmith.dataset.near.shingles import Hashes, mixed


def assigned(leaders: NDArray[np.int64], shares: Mapping[str, int], hashes: Hashes) -> NDArray[np.uint8]:
    """Return for every record the place of its split among `shares`, shape ``(count,)``.

    `leaders` are the numbers of the first records of the clusters, as `clusters` gives them. `hashes` are the first
    halves of the fingerprints; that of the leader decides when it is the turn of a cluster. At its turn a cluster
    goes to the first of the smaller splits that has room for all of it, and where none has to the largest. A smaller
    split has room for its share, rounded down.
    """
    sizes = np.bincount(leaders, minlength=len(leaders))
    firsts = np.flatnonzero(sizes)
    turns = firsts[np.argsort(mixed(hashes[firsts]), kind="stable")]
    largest, room = _rooms(len(leaders), shares)
    splits = np.full(len(leaders), largest, dtype=np.uint8)
    for first in turns.tolist():
        if not any(room.values()):
            break
        for split, left in room.items():
            if sizes[first] <= left:
                splits[first] = split
                room[split] -= int(sizes[first])
                break
    return splits[leaders]


def _rooms(count: int, shares: Mapping[str, int]) -> tuple[int, dict[int, int]]:
    """Return the place of the largest split, and how many records every other one takes."""
    weights = list(shares.values())
    largest = weights.index(max(weights))
    rooms = {place: count * weight // sum(weights) for place, weight in enumerate(weights) if place != largest}
    return largest, rooms
