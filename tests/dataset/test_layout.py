"""What is ours in a folder, and what is not."""

from pathlib import Path

import pytest

from warpsmith.dataset.layout import Slot, foreign_file, leftovers

OURS = (
    "README.md",
    "croissant.json",
    "manifest.json",
    "stats.json",
    "data/train-00000-of-00002.parquet",
    "data/train-00001-of-00002.jsonl",
    "data/train-00000012.json",
    "index.parquet",
    "data/.train-00001-of-00002.parquet.part",
    "rejected/train-00000-of-00002.jsonl",
    ".warpsmith/job.json",
    ".warpsmith/shards/00001-0.json",
    ".warpsmith/finished/test-00001.rows",
    ".manifest.json.part",
)


def fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("made by warpsmith")


def test_everything_that_we_write_is_ours(tmp_path: Path) -> None:
    fill(tmp_path, *OURS)
    assert foreign_file(tmp_path) is None
    assert [path.name for path in leftovers(tmp_path)] == [".manifest.json.part", ".train-00001-of-00002.parquet.part"]


@pytest.mark.parametrize(
    "name",
    [
        "a.txt",
        "data/a.parquet",
        "data/00000012.json",
        "data/train-0-of-1.parquet",
        "manifest.json.bak",
        "rejected/a.json",
        ".git/x",
    ],
)
def test_everything_else_is_not(tmp_path: Path, name: str) -> None:
    fill(tmp_path, *OURS, name)
    assert foreign_file(tmp_path) in (name, name.split("/", maxsplit=1)[0])


def test_numbers_of_a_slot() -> None:
    slot = Slot(2, 3, first=20, rows=5)
    assert (slot.stem, list(slot.indices)) == ("train-00002-of-00003", [20, 21, 22, 23, 24])
