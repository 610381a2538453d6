"""warpsmith's own road: from ready sources to a file, and from nothing to a shard as a worker of `generate` does it."""

import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Self

import warp as wp

from warpsmith._version import __version__
from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.dataset.layout import Slot
from warpsmith.dataset.shard import ShardFile
from warpsmith.dataset.store import Store
from warpsmith.errors import ExtractionError
from warpsmith.extract import extract_source
from warpsmith.record import KernelSource, Record, Rejection, Verdict
from warpsmith.run.config import make_config
from warpsmith.run.counters import Tally
from warpsmith.run.shards import DrawTask, draw
from warpsmith.run.state import WorkFolder
from warpsmith.run.worker import spare_the_collector


@cache
def begin_like_a_worker() -> None:
    """Set the process up as a worker of `generate` sets itself up, once."""
    spare_the_collector()


def write_sources(sources: Sequence[KernelSource]) -> int:
    """Extract some kernels, both targets, both directions, into one Parquet file that is thrown away."""
    begin_like_a_worker()
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder)
        (output / "data").mkdir()
        shard = ShardFile(output, Slot(0, 1, 0, len(sources)), "parquet")
        for source in sources:
            code = extract_source(source)
            if isinstance(code, Rejection):
                raise ExtractionError(code.message)
            shape = fingerprint(source.python_source)
            shard.append(Record(source, code, shape, Verdict(), wp.__version__, __version__).row())
        shard.close()
    return len(sources)


class Shards:
    """The shards of a job in a folder that is thrown away; each is what one task of a worker makes."""

    def __init__(self, count: int, shard_size: int, seed: int = 0) -> None:
        begin_like_a_worker()
        self._folder = Path(tempfile.mkdtemp())
        self._config = make_config({"count": count, "shard_size": shard_size, "seed": seed, "verify": "none"})
        self._store = Store(self._folder)
        WorkFolder(self._store).make()

    def make(self, number: int) -> None:
        """Draw, extract and write one shard, and remove its files."""
        note = draw(DrawTask(config=self._config, store=self._store, shard=number), Tally())
        self._store.remove(entry.path for entry in note.files)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder)
