"""Rows to make views of, and finished sets of them, without Warp and without the generator.

`records.jsonl` has four records of a real set, without launch recipes, line maps and lists of what they use: a kernel
with a constant, one with a struct and a function, one of a factory, one with a native snippet.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.dataset.manifests import VERSIONS, write_manifest
from tests.dataset.records import record
from warpsmith.dataset.formats import FileEntry, settle_all
from warpsmith.dataset.layout import Slot
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.shard import ShardFile

VERIFIED = {
    "compiles_cpu": True,
    "compiles_cuda": True,
    "runs": True,
    "finite": True,
    "gradient": "match",
    "gradient_error": 1e-6,
}


def real_rows() -> list[dict[str, Any]]:
    """Return the rows of `records.jsonl`, verified."""
    lines = (Path(__file__).parent / "records.jsonl").read_text(encoding="utf-8").splitlines()
    return [{**json.loads(line), **VERIFIED} for line in lines]


def small_row(index: int, **columns: Any) -> dict[str, Any]:
    """Return a row that is written by hand, with its verdicts null, and with some columns set."""
    return {**record(index).row(), **columns}


def set_of(folder: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]], form: str = "parquet") -> Path:
    """Write a finished set with the rows of some splits, one shard each."""
    (folder / "data").mkdir(parents=True)
    shards = []
    for split, of_split in rows.items():
        file = ShardFile(folder, Slot(0, 1, 0, len(of_split), split), form)
        for row in of_split:
            file.append(row)
        shards.append(file.close())
        settle_all(folder, shards[-1].files)
    count = sum(map(len, rows.values()))
    manifest = Manifest(
        configuration={"format": form, "device": "both", "seed": 7},
        versions=VERSIONS,
        rows=count,
        splits={split: len(of_split) for split, of_split in rows.items()},
        clusters=count,
        index=FileEntry("index.parquet", count, 0, ""),
        categories={},
        levels={},
        rejected=0,
        duplicates_replaced=0,
        preambles={},
        shards=tuple(shards),
    )
    write_manifest(folder, manifest)
    return folder
