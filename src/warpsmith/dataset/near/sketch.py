"""MinHash: few numbers of a kernel by which near ones are found without a comparison with every other.

`rensa` draws `BANDS` * `ROWS` minima over the shingles. Two kernels have one in common with the probability of their
Jaccard similarity, and a band of `ROWS` of them with its power; whoever shares a band is compared exactly.
"""

from typing import NamedTuple

import numpy as np
import xxhash
from rensa import RMinHash

from warpsmith.dataset.near.shingles import Hashes, Shingles, shingles

BANDS, ROWS = 20, 7
_SEED = 1


class Sketch(NamedTuple):
    """The shingles of a kernel, and a hash of every band of its minima, shape ``(BANDS,)``."""

    shingles: Shingles
    bands: Hashes


def sketch(source: str) -> Sketch:
    """Return the sketch of a text that is valid Python."""
    hashes = shingles(source)
    return Sketch(hashes, bands_of(hashes))


def bands_of(hashes: Shingles) -> Hashes:
    """Return the hashes of the bands of shingles, of which there must be at least one."""
    ends = np.array([0, len(hashes)], dtype=np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(hashes.astype(np.uint64), ends, BANDS * ROWS, _SEED)
    minima = np.array(matrix.to_rows()[0], dtype="<u4").tobytes()
    width = ROWS * 4
    bands = [xxhash.xxh3_64_intdigest(minima[place : place + width]) for place in range(0, len(minima), width)]
    return np.array(bands, dtype=np.uint64)
