"""Which shards a set has is a matter of its index alone."""

from hypothesis import given
from hypothesis import strategies as st

from warpsmith.run.final import FinalShard, final_shards


class Counted:
    """An index that knows numbers only: the records of each split in each drawn shard."""

    def __init__(self, counts: dict[str, list[int]]) -> None:
        self._counts = counts
        self.parts = len(next(iter(counts.values())))

    def counts(self, split: str) -> list[int]:
        return self._counts[split]

    def rows(self, number: int) -> int:
        return sum(counts[number] for counts in self._counts.values())


def shards(counts: dict[str, list[int]], size: int) -> list[FinalShard]:
    splits = {"train": 8, "test": 2}
    return final_shards(Counted(counts), splits, size)  # type: ignore[arg-type]


def test_the_largest_split_keeps_the_drawn_shards_and_others_gather_theirs() -> None:
    found = shards({"train": [8, 0, 7], "test": [2, 3, 1]}, 4)
    assert [(one.slot.stem, one.drawn, one.first, one.rows, one.span) for one in found] == [
        ("train-00000-of-00002", (0,), 0, 8, (0, 10)),
        ("train-00001-of-00002", (2,), 8, 7, (13, 21)),
        ("test-00000-of-00002", (0, 1), 0, 5, (0, 13)),
        ("test-00001-of-00002", (2,), 5, 1, (13, 21)),
    ]
    assert [one.is_gathered for one in found] == [False, False, True, True]


def test_a_split_without_records_has_no_shards() -> None:
    assert [one.split for one in shards({"train": [3, 4], "test": [0, 0]}, 4)] == ["train", "train"]


numbers = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12)


@given(numbers, st.integers(1, 12))
def test_every_record_has_one_place(pairs: list[tuple[int, int]], size: int) -> None:
    counts = {"train": [one for one, _ in pairs], "test": [one for _, one in pairs]}
    found = shards(counts, size)
    for split, of_split in counts.items():
        places = [one for one in found if one.split == split]
        drawn = [shard for one in places for shard in one.drawn]
        assert drawn == [shard for shard, count in enumerate(of_split) if count]
        assert [one.first for one in places] == [sum(of_split[: one.drawn[0]]) for one in places]
        assert sum(one.rows for one in places) == sum(of_split)
        assert all(one.rows >= size for one in places[:-1] if one.is_gathered)
