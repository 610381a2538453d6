"""Which shards a set has: one for each drawn shard in its largest split, and in the others as few as may be."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import msgspec

from warpsmith.dataset.index import Index
from warpsmith.dataset.layout import Slot


class FinalShard(msgspec.Struct, frozen=True, kw_only=True):
    """A shard of the set: its place in its split, and the drawn shards whose records of that split are in it.

    One that is not gathered is of one drawn shard, and written as soon as that is read.
    """

    split: str
    number: int
    of: int
    first: int
    rows: int
    drawn: tuple[int, ...]
    span: tuple[int, int]
    is_gathered: bool

    @property
    def slot(self) -> Slot:
        """The place of the shard."""
        return Slot(self.number, self.of, self.first, self.rows, self.split)


def final_shards(index: Index, splits: Mapping[str, int], size: int) -> list[FinalShard]:
    """Return the shards of a set, split by split; they are a matter of its index alone.

    A shard of a small split holds about `size` records, all of which come from neighbouring drawn shards.
    """
    largest = max(splits, key=lambda name: splits[name])
    return [shard for split in splits for shard in _of_split(index, split, None if split == largest else size)]


def _of_split(index: Index, split: str, size: int | None) -> Iterator[FinalShard]:
    counts = index.counts(split)
    ends = list(accumulate(index.rows(number) for number in range(index.parts)))
    groups = list(_groups(counts, size or 1))
    first = 0
    for number, group in enumerate(groups):
        rows = sum(counts[shard] for shard in group)
        span = (ends[group[0] - 1] if group[0] else 0, ends[group[-1]])
        yield FinalShard(
            split=split,
            number=number,
            of=len(groups),
            first=first,
            rows=rows,
            drawn=tuple(group),
            span=span,
            is_gathered=size is not None,
        )
        first += rows


def _groups(counts: Sequence[int], size: int) -> Iterator[list[int]]:
    """Yield neighbouring shards that hold at least so many records together; those without any are left out."""
    group: list[int] = []
    for shard, count in enumerate(counts):
        if not count:
            continue
        group.append(shard)
        if sum(counts[member] for member in group) >= size:
            yield group
            group = []
    if group:
        yield group
