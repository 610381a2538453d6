"""The sets that near-duplicates are measured on: texts as `generate` draws them, copies of them, and many keys."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.near_copies import disguised, edited
from benchmarks.near_pass import SHARD
from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.dataset.near.keys import KeysFile
from warpsmith.dataset.near.shingles import Hashes, Shingles
from warpsmith.dataset.near.sketch import Sketch, bands_of
from warpsmith.run.config import JobConfig
from warpsmith.run.plan import Plan
from warpsmith.seeds import stream
from warpsmith.synth import SeededChoices, write_ordered


def texts(count: int, seed: int = 0) -> Iterator[str]:
    """Yield texts of the default mix, no two of the same shape."""
    plan, known = Plan(JobConfig(count=count, seed=seed)), set[str]()
    for index in range(count):
        for attempt in range(1000):
            draft = write_ordered(SeededChoices(stream("near", seed, index, attempt)), plan.order(index))
            if (shape := fingerprint(draft.tree)) not in known:
                known.add(shape)
                yield draft.source.python_source
                break


def with_edited_copies(originals: Sequence[str]) -> list[str]:
    """Return texts, and of each a copy in other words with one to six statements changed, or up to 30%."""
    copies = []
    for place, text in enumerate(originals):
        draws = stream("copy", place)
        count = 1 + int(draws.random() * (6 if place % 2 else max(1.0, 0.3 * text.count("\n"))))
        copies.append(edited(disguised(text, draws), originals, count, draws))
    return [*originals, *copies]


class InMemory:
    """The keys of a set in memory."""

    def __init__(self, sketches: Sequence[Sketch]) -> None:
        self._shingles = [sketch.shingles for sketch in sketches]
        self._bands = np.array([sketch.bands for sketch in sketches])
        self.count = len(sketches)

    def band(self, number: int) -> Hashes:
        """Return one band of every record."""
        return np.ascontiguousarray(self._bands[:, number])

    def shingles(self, number: int) -> Shingles:
        """Return the shingles of one record."""
        return self._shingles[number]


def write_altered(folder: Path, sketches: Sequence[Sketch], count: int) -> None:
    """Write the keys of so many kernels: of those given, and of copies in which 5 to 85% of the shingles are others."""
    draws = np.random.default_rng(1)
    for first in range(0, count, SHARD):
        file = KeysFile()
        for number in range(first, min(first + SHARD, count)):
            sketch = sketches[number % len(sketches)]
            if number >= len(sketches):
                sketch = _altered(sketch, draws)
            file.append(f"{number:032x}", sketch)
        file.write(folder / f"{first:09d}.arrow")


def _altered(sketch: Sketch, draws: np.random.Generator) -> Sketch:
    others = draws.integers(0, 2**32, len(sketch.shingles), dtype=np.uint32)
    is_other = draws.random(len(others)) < draws.uniform(0.05, 0.85)
    shingles = np.unique(np.where(is_other, others, sketch.shingles))
    return Sketch(shingles, bands_of(shingles))


class Pairs(NamedTuple):
    """Pairs of kernels, the smaller number first, and their Jaccard similarities."""

    ones: NDArray[np.int64]
    others: NDArray[np.int64]
    similarities: NDArray[np.float64]


def all_pairs(shingles: Sequence[Shingles], least: float) -> Pairs:
    """Compare all kernels with all, by the lists of those that have each shingle, and return what is similar."""
    sizes = np.array([len(each) for each in shingles])
    hashes, numbers = np.concatenate(shingles), np.repeat(np.arange(len(sizes)), sizes)
    order = np.argsort(hashes, kind="stable")
    ends = [0, *(np.flatnonzero(np.diff(hashes[order])) + 1).tolist(), len(hashes)]
    having = {int(hashes[order[begin]]): numbers[order[begin:end]] for begin, end in pairwise(ends)}
    found = [_similar_to(one, each, having, sizes, least) for one, each in enumerate(shingles)]
    return Pairs(*map(np.concatenate, zip(*found, strict=True)))


def _similar_to(
    one: int, shingles: Shingles, having: dict[int, NDArray[np.int64]], sizes: NDArray[np.int64], least: float
) -> Pairs:
    lists = chain.from_iterable([having[shingle]] for shingle in shingles.tolist())
    shared = np.bincount(np.concatenate(list(lists)), minlength=len(sizes))
    similarities = shared / (sizes + sizes[one] - shared)
    others = np.flatnonzero(similarities >= least)
    others = others[others > one]
    return Pairs(np.full(len(others), one), others, similarities[others])
