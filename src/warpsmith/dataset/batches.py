"""Batches of records as Arrow has them: put together, and chosen from."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_arrow: Any = pa  # the stubs are behind the library
_compute: Any = pc


def joined(batches: Sequence[pa.RecordBatch]) -> pa.RecordBatch:
    """Return the rows of some batches, at least one, in a batch of their own."""
    batch: pa.RecordBatch = batches[0] if len(batches) == 1 else _arrow.concat_batches(batches)
    return batch


def where(batch: pa.RecordBatch, values: Any, wanted: str) -> pa.RecordBatch:
    """Return the rows whose values, an array as long as the batch, are the one that is wanted."""
    return batch.filter(_compute.equal(values, wanted))


def count(values: Any, wanted: str) -> int:
    """Return how often a value stands in a column."""
    return _compute.sum(_compute.equal(values, wanted)).as_py() or 0


def text_of(batch: pa.RecordBatch, name: str) -> Any:
    """Return a column of texts in which there is an empty one for each null."""
    return _compute.fill_null(batch.column(name), "")
