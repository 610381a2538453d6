"""A finished set made by hand, without Warp."""

from pathlib import Path
from typing import Any

from tests.dataset.records import record
from warpsmith.dataset.croissant import croissant
from warpsmith.dataset.formats import settle_all
from warpsmith.dataset.index import index_part, write_index
from warpsmith.dataset.layout import CROISSANT, MANIFEST, Slot
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.shard import ShardFile

VERSIONS = {"warpsmith": "0.1.0", "warp": "1.19.0", "pyarrow": "26.0.1"}


def finished_set(folder: Path, form: str = "parquet", shards: int = 2, rows: int = 3, **columns: Any) -> Manifest:
    """Write shards of records by hand, with these values of some columns in every row, and the manifest."""
    (folder / "data").mkdir(parents=True)
    entries = []
    for shard in range(shards):
        slot = Slot(shard, shards, shard * rows, rows)
        file = ShardFile(folder, slot, form)
        for number in slot.indices:
            file.append(record(number).row() | columns)
        entries.append(file.close())
        settle_all(folder, entries[-1].files)
    count = shards * rows
    index = write_index(folder, iter([index_part([0] * count, ["train"] * count, ["0" * 32] * count)]))
    settle_all(folder, [index])
    details: dict[str, Any] = {"rejected": 0, "duplicates_replaced": 0, "preambles": {"cpp": "// c", "cuda": "// u"}}
    manifest = Manifest(
        configuration={"format": form, "device": "both", "seed": 7},
        versions=VERSIONS,
        rows=count,
        splits={"train": count},
        clusters=1,
        index=index,
        categories={"loop": 3, "math": 3},
        levels={1: 2, 2: 1, 3: 1, 4: 1, 5: 1},
        shards=tuple(entries),
        **details,
    )
    write_manifest(folder, manifest)
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a manifest over the one that is there, and the Croissant file that belongs to it where there is one."""
    (folder / MANIFEST).write_bytes(manifest.encode())
    if (folder / CROISSANT).exists():
        (folder / CROISSANT).write_bytes(croissant(manifest, ()))
