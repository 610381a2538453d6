"""The card of a data set: a README.md whose header tells `datasets.load_dataset` where the files are."""

from collections.abc import Mapping
from typing import Any

from warpsmith.dataset.manifest import Manifest
from warpsmith.record import COLUMNS

_PEOPLE = (
    "`self_contained` rows have a text that defines the kernel alone, proved by executing it and comparing the code."
)
_WRITTEN = {
    "generate": (
        "written by a program",
        "No two kernels have the same shape: names and numbers aside, every syntax tree is different.",
    ),
    "extract": ("written by people and found in their files", _PEOPLE),
    "capture": ("written by people and recorded while a program ran", _PEOPLE),
    "corpus": ("written by people and found in open packages", _PEOPLE),
}
"""What a set has, by how it was made: who wrote the kernels, and what holds for them all."""

_SPLITS = (
    "Near-duplicates (`cluster`) are never in two splits: what a model is tested on, it has not seen in other words."
)


def card(manifest: Manifest) -> str:
    """Return the text of a set's card; it says what is in the manifest and nothing else."""
    kind = manifest.configuration.get("kind", "generate")
    targets = {"cpu": "C++", "cuda": "CUDA", "both": "C++ and CUDA"}[manifest.configuration["device"]]
    columns = [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in COLUMNS]
    counts = [f"| {name} | {rows:,} |" for name, rows in manifest.categories.items()]
    return "\n".join(
        [
            *_header(manifest),
            "# Warp kernels and the code that Warp makes of them",
            "",
            f"{manifest.rows:,} kernels for [NVIDIA Warp](https://github.com/NVIDIA/warp), {_WRITTEN[kind][0]},",
            f"with the {targets} that Warp {manifest.versions['warp']} generates from each, forward and adjoint.",
            _WRITTEN[kind][1],
            "Every row went through Warp's code generator. A null in a column about checks means: not checked.",
            "",
            f"Made by warpsmith {manifest.versions['warpsmith']}, {_made_from(manifest.configuration)};",
            "the whole configuration and the hash of every file are in `manifest.json`.",
            "",
            "| split | kernels |",
            "|---|---|",
            *(f"| {name} | {rows:,} |" for name, rows in manifest.splits.items()),
            "",
            f"{_SPLITS} There are {manifest.clusters:,} clusters.",
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


def _made_from(configuration: Mapping[str, Any]) -> str:
    if "seed" in configuration:
        return f"seed {configuration['seed']}"
    return f"from {', '.join(configuration['targets'])}"


def _header(manifest: Manifest) -> list[str]:
    return [
        "---",
        "configs:",
        "- config_name: default",
        "  data_files:",
        *(line for split in manifest.splits for line in _data_files(split, manifest.configuration["format"])),
        "tags:",
        "- code",
        "- cuda",
        "- warp",
        "---",
        "",
    ]


def _data_files(split: str, form: str) -> list[str]:
    return [f"  - split: {split}", f"    path: data/{split}-*.{form}"]
