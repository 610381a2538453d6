"""What is written comes back, and nothing has its name before it is complete."""

from pathlib import Path
from typing import Any

import pytest

from tests.dataset.records import record
from warpsmith.dataset.formats import FORMATS, settle_all
from warpsmith.dataset.layout import Slot
from warpsmith.dataset.shard import ShardFile
from warpsmith.errors import DatasetError

SLOT = Slot(1, 3, first=4, rows=6)
ROWS = [record(index).row() for index in SLOT.indices]


def write(folder: Path, form: str, rows: list[dict[str, Any]]) -> list[Path]:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    file = ShardFile(folder, SLOT, form)
    for row in rows:
        file.append(row)
    entries = file.close().files
    assert not [path for path in (folder / "data").iterdir() if not path.name.startswith(".")]
    settle_all(folder, entries)
    assert all(entry.is_intact(folder) for entry in entries)
    assert sum(entry.rows for entry in entries) == len(rows)
    return [folder / entry.path for entry in entries]


@pytest.mark.parametrize("form", FORMATS)
def test_rows_come_back(tmp_path: Path, form: str) -> None:
    paths = write(tmp_path, form, ROWS)
    assert [row for path in paths for row in FORMATS[form].rows(path)] == ROWS
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == [path.name for path in paths]


@pytest.mark.parametrize("form", FORMATS)
def test_what_came_back_is_written_with_the_same_bytes(tmp_path: Path, form: str) -> None:
    first = write(tmp_path / "a", form, ROWS)
    again = write(tmp_path / "b", form, [row for path in first for row in FORMATS[form].rows(path)])
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


@pytest.mark.parametrize("form", FORMATS)
def test_a_truncated_file_is_named(tmp_path: Path, form: str) -> None:
    path = write(tmp_path, form, ROWS)[-1]
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DatasetError, match=path.name):
        list(FORMATS[form].rows(path))


def test_row_groups_are_fixed(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    (path,) = write(tmp_path, "parquet", [record(index).row() for index in range(501)])
    file = pq.ParquetFile(path)
    assert [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)] == [500, 1]
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_names_follow_the_shard() -> None:
    assert SLOT.stem == "train-00001-of-00003"
