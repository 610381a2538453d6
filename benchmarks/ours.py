"""The road of a kernel through warpsmith, from a ready source to a row on disk, as a worker of `generate` goes it."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import warp as wp

from warpsmith._version import __version__
from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.dataset.layout import Slot
from warpsmith.dataset.shard import ShardFile
from warpsmith.errors import ExtractionError
from warpsmith.extract import extract_source
from warpsmith.record import KernelSource, Record, Rejection, Verdict


def write_shard(sources: Sequence[KernelSource], output: Path, number: int = 0) -> int:
    """Extract some kernels, both targets, both directions, into one Parquet file; return how many."""
    (output / "data").mkdir(parents=True, exist_ok=True)
    shard = ShardFile(output, Slot(number, number + 1, 0, len(sources)), "parquet")
    for source in sources:
        code = extract_source(source)
        if isinstance(code, Rejection):
            raise ExtractionError(code.message)
        shape = fingerprint(source.python_source)
        shard.append(Record(source, code, shape, Verdict(), wp.__version__, __version__).row())
    shard.close()
    return len(sources)


def write_one_shard(sources: Sequence[KernelSource]) -> int:
    """Do the same into a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as output:
        return write_shard(sources, Path(output))
