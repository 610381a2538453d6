"""The card of a data set: a README.md whose header tells `datasets.load_dataset` where the files are."""

from collections.abc import Mapping
from typing import Any

from warpsmith.dataset.manifest import Manifest
from warpsmith.record import COLUMNS

_FILES = {"parquet": "data/train-*.parquet", "jsonl": "data/train-*.jsonl", "json": "data/*.json"}


def card(manifest: Manifest) -> str:
    """Return the text of a set's card; it says what is in the manifest and nothing else."""
    targets = {"cpu": "C++", "cuda": "CUDA", "both": "C++ and CUDA"}[manifest.configuration["device"]]
    columns = [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in COLUMNS]
    counts = [f"| {name} | {rows:,} |" for name, rows in manifest.categories.items()]
    return "\n".join(
        [
            *_header(manifest.configuration),
            "# Warp kernels and the code that Warp makes of them",
            "",
            f"{manifest.rows:,} kernels for [NVIDIA Warp](https://github.com/NVIDIA/warp), written by a program,",
            f"with the {targets} that Warp {manifest.versions['warp']} generates from each, forward and adjoint.",
            "No two kernels have the same shape: names and numbers aside, every syntax tree is different.",
            "Every row went through Warp's code generator. A null in a column about checks means: not checked.",
            "",
            f"Made by warpsmith {manifest.versions['warpsmith']}, seed {manifest.configuration['seed']};",
            "the whole configuration and the hash of every file are in `manifest.json`.",
            "",
            "| category | kernels |",
            "|---|---|",
            *counts,
            "",
            "| column | type | meaning |",
            "|---|---|---|",
            *columns,
            "",
        ]
    )


def _header(configuration: Mapping[str, Any]) -> list[str]:
    return [
        "---",
        "configs:",
        "- config_name: default",
        "  data_files:",
        "  - split: train",
        f"    path: {_FILES[configuration['format']]}",
        "tags:",
        "- code",
        "- cuda",
        "- warp",
        "---",
        "",
    ]
