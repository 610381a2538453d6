"""A finished set made by hand, without Warp."""

from pathlib import Path
from typing import Any

from tests.dataset.records import record
from warpsmith.dataset.formats import settle_all
from warpsmith.dataset.layout import Slot
from warpsmith.dataset.manifest import Manifest, ShardEntry
from warpsmith.dataset.shard import ShardFile

VERSIONS = {"warpsmith": "0.1.0", "warp": "1.19.0", "pyarrow": "26.0.1"}


def finished_set(folder: Path, form: str = "parquet", shards: int = 2, rows: int = 3) -> Manifest:
    """Write shards of records by hand, and the manifest."""
    (folder / "data").mkdir(parents=True)
    entries = []
    for number in range(shards):
        slot = Slot(number, shards, number * rows, rows)
        file = ShardFile(folder, slot, form)
        for index in slot.indices:
            file.append(record(index).row())
        summary = file.close()
        settle_all(folder, summary.files)
        entries.append(ShardEntry(summary.files, summary.content))
    details: dict[str, Any] = {"rejected": 0, "duplicates_replaced": 0, "preambles": {"cpp": "// c", "cuda": "// u"}}
    manifest = Manifest(
        configuration={"format": form, "device": "both", "seed": 7},
        versions=VERSIONS,
        rows=shards * rows,
        categories={"loop": 3, "math": 3},
        levels={1: 2, 2: 1, 3: 1, 4: 1, 5: 1},
        shards=tuple(entries),
        **details,
    )
    manifest.write(folder)
    return manifest
