"""The index says of every record which draw made it, its split and its cluster."""

from pathlib import Path

import pyarrow as pa
import pytest

from warpsmith.dataset.atomic import settle
from warpsmith.dataset.index import Index, index_part, write_index
from warpsmith.errors import DatasetError

SPLITS = [["train", "test", "train"], ["train", "train", "test"], ["test"]]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """Seven records in three drawn shards."""
    parts = [
        index_part([number] * len(splits), splits, [f"{number:032x}"] * len(splits))
        for number, splits in enumerate(SPLITS)
    ]
    return opened(tmp_path, parts)


def opened(folder: Path, parts: list[pa.Table]) -> Index:
    entry = write_index(folder, iter(parts))
    settle([folder / entry.path])
    assert entry.is_intact(folder)
    return Index(folder / entry.path)


def test_counts_by_split(index: Index) -> None:
    assert (len(index), index.parts, [index.rows(number) for number in range(3)]) == (7, 3, [3, 3, 1])
    assert index.counts("train") == [2, 2, 0]
    assert index.counts("test") == [1, 1, 1]
    assert index.counts("validation") == [0, 0, 0]


@pytest.mark.parametrize(
    ("split", "span", "numbers"),
    [("train", (0, 3), [0, 2]), ("train", (3, 6), [3, 4]), ("test", (0, 7), [1, 5, 6]), ("test", (2, 6), [5])],
)
def test_records_of_a_span(index: Index, split: str, span: tuple[int, int], numbers: list[int]) -> None:
    records = list(index.records(split, span))
    assert [record["number"] for record in records] == numbers
    assert [record["attempt"] for record in records] == [number // 3 for number in numbers]
    assert [record["cluster"] for record in records] == [f"{number // 3:032x}" for number in numbers]


def test_records_that_are_gone_have_no_split(index: Index, tmp_path: Path) -> None:
    (tmp_path / "later").mkdir()
    later = opened(tmp_path / "later", list(index.without({0, 5, 6})))
    assert [record["number"] for split in ("train", "test") for record in later.records(split, (0, 7))] == [2, 3, 4, 1]
    assert len(later) == 7


def test_a_damaged_index_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "index.parquet").write_bytes(b"nonsense")
    with pytest.raises(DatasetError, match=r"index\.parquet: not a readable index"):
        Index(tmp_path / "index.parquet")
