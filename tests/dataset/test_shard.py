"""What a shard file has does not depend on how its rows come."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dataset.records import record
from warpsmith.dataset.formats import FORMATS, settle_all
from warpsmith.dataset.layout import Slot
from warpsmith.dataset.manifest import ShardEntry
from warpsmith.dataset.shard import ROW_GROUP, ContentDigest, ShardFile
from warpsmith.record import arrow_schema

COUNT = ROW_GROUP + 30
ROWS = [record(number).row() for number in range(COUNT)]


def batch(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(rows, schema=arrow_schema())


def written(folder: Path, form: str, pieces: list[list[dict[str, Any]] | pa.RecordBatch]) -> ShardEntry:
    (folder / "data").mkdir(parents=True)
    file = ShardFile(folder, Slot(0, 1, 0, COUNT), form)
    for piece in pieces:
        if isinstance(piece, list):
            for row in piece:
                file.append(row)
        else:
            file.extend(piece)
    entry = file.close()
    settle_all(folder, entry.files)
    return entry


@pytest.mark.parametrize("form", FORMATS)
def test_rows_and_batches_are_the_same(tmp_path: Path, form: str) -> None:
    one_by_one = written(tmp_path / "rows", form, [ROWS])
    assert one_by_one.rows == COUNT
    whole = batch(ROWS)
    cuts: dict[str, list[list[dict[str, Any]] | pa.RecordBatch]] = {
        "batch": [whole],
        "sliced": [whole.slice(0, 7), whole.slice(7, 500), whole.slice(507)],
        "mixed": [ROWS[:3], whole.slice(3, 510), ROWS[513:]],
        "empty": [whole.slice(0, 0), whole],
    }
    for name, pieces in cuts.items():
        assert written(tmp_path / name, form, pieces) == one_by_one


texts = st.lists(st.one_of(st.none(), st.text(max_size=4)), min_size=1, max_size=6)


@settings(max_examples=50)
@given(texts, texts)
def test_equal_digests_are_of_equal_texts(left: list[str | None], right: list[str | None]) -> None:
    def digest(values: list[str | None], cut: int = 0) -> str:
        rows = batch([{**ROWS[0], "cuda": value} for value in values])
        content = ContentDigest()
        for piece in (rows.slice(0, cut), rows.slice(cut)):
            content.add(piece)
        return content.hexdigest()

    assert digest(left) == digest(left, len(left) // 2)
    folded = [[value or "" for value in values] for values in (left, right)]
    assert (digest(left) == digest(right)) == (folded[0] == folded[1])
