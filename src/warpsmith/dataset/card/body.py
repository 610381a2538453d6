"""The text of a card below its header; `card.md.jinja` has the words, this file what stands in them."""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from warpsmith.dataset.card.limits import limits
from warpsmith.dataset.card.sample import Sample
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.statistics import VERDICTS, SetStatistics
from warpsmith.record import COLUMNS

if TYPE_CHECKING:
    from jinja2 import Environment

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

_LICENCES = {
    "generate": "Apache-2.0: warpsmith wrote the kernels, the code generator of Warp the code beside them, and both "
    "are under that licence.",
    "people": "Each kernel is under the licence of the code that it was found in: `provenance.license` of its row. "
    "Null means that none was found, and is no permission. The code that Warp generates of a kernel follows it.",
}


class SplitSize(NamedTuple):
    """How much there is of a split."""

    name: str
    kernels: int
    files: int
    bytes: int


def body(manifest: Manifest, statistics: SetStatistics, commands: str, sample: Sample | None) -> str:
    """Return the text of a card below its header."""
    kind = manifest.configuration.get("kind", "generate")
    counted = statistics.statistics
    return (
        _environment()
        .get_template("card.md.jinja")
        .render(
            manifest=manifest,
            targets={"cpu": "C++", "cuda": "CUDA", "both": "C++ and CUDA"}[manifest.configuration["device"]],
            authors=_WRITTEN[kind][0],
            promise=_WRITTEN[kind][1],
            commands=commands,
            versions=", ".join(f"{name} {version}" for name, version in manifest.versions.items()),
            notes=_notes(manifest.configuration),
            splits=_split_sizes(manifest),
            coverage=statistics.coverage,
            verdicts={name: _verdict(counted.verdicts.get(name, {}), manifest.rows) for name in VERDICTS},
            license=_LICENCES["generate" if kind == "generate" else "people"],
            licenses=sorted(counted.licenses.items(), key=lambda one: (-one[1], one[0])),
            sample=sample,
            limits=limits(manifest),
            columns=COLUMNS,
        )
    )


def _notes(configuration: Mapping[str, Any]) -> list[str]:
    """Say what of a command does not stand in the manifest as it was typed."""
    notes = []
    if isinstance(configuration.get("profile"), Mapping):
        notes.append("`profile.json` stands for the learned profile that is `configuration.profile` of the manifest.")
    if configuration.get("against") or configuration.get("exclude"):
        notes.append(
            "What is named behind `--against` and `--exclude` was at hand then; the manifest has the number of its "
            "kernels and a hash of them."
        )
    if configuration.get("kind") == "capture":
        notes.append("The arguments of the program are not recorded.")
    if "kind" in configuration:
        notes.append("The kernels are those of the versions that `provenance` names.")
    return notes


def _split_sizes(manifest: Manifest) -> list[SplitSize]:
    sizes = []
    for name, rows in manifest.splits.items():
        files = [file for shard in manifest.shards if shard.split == name for file in shard.files]
        sizes.append(SplitSize(name, rows, len(files), sum(file.bytes for file in files)))
    return sizes


def _verdict(counts: Mapping[str, int], rows: int) -> str:
    """Return how often each value of a column of verdicts occurs, the most frequent first."""
    unchecked = rows - sum(counts.values())
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    words = [f"{value} {times:,}" for value, times in ordered]
    return ", ".join([*words, *([f"not checked {unchecked:,}"] if unchecked else [])])


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("warpsmith.dataset.card", "."),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(words=_words, fenced=_fenced, count=lambda number: f"{number:,}", share=_share)
    return environment


def _words(text: str) -> str:
    """Return a text of anybody's as one line that Markdown shows as it is, in a table too."""
    line = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\`*\[\]|#~])", r"\\\1", line)


def _fenced(text: str, language: str) -> str:
    """Return a text in a fence that nothing in it can end."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.strip()}\n{fence}"


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({part / whole:.1%})" if whole else "0"
