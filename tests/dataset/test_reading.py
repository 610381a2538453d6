"""A row is found by its number or by its id."""

from pathlib import Path

import msgspec
import pytest

from tests.dataset.manifests import finished_set
from tests.dataset.records import record
from warpsmith.dataset.formats import FORMATS
from warpsmith.dataset.reading import all_rows, find_row
from warpsmith.errors import DatasetError, UsageError

IDS = [record(index).source.id for index in range(6)]


@pytest.mark.parametrize("form", FORMATS)
def test_rows_are_found(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "set"
    manifest = finished_set(folder, form)
    rows = list(all_rows(folder, manifest))
    assert [row["id"] for row in rows] == IDS
    assert [find_row(folder, manifest, str(number)) for number in range(6)] == rows
    assert [find_row(folder, manifest, row_id[:12].upper()) for row_id in IDS] == rows


def test_what_is_not_there_is_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    manifest = finished_set(folder)
    with pytest.raises(UsageError, match=r"record 'zzz' is not in .*from 0 to 5"):
        find_row(folder, manifest, "zzz")
    with pytest.raises(UsageError, match="more than one"):
        find_row(folder, manifest, "")


def test_a_format_of_the_future_is_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    manifest = msgspec.structs.replace(finished_set(folder), configuration={"format": "lance"})
    with pytest.raises(DatasetError, match="format 'lance'"):
        list(all_rows(folder, manifest))
