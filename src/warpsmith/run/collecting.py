"""Records of people's kernels into the files of a data set, with everything that stands beside them."""

from collections import Counter
from collections.abc import Iterable
from functools import reduce
from operator import add
from pathlib import Path
from typing import Literal

import msgspec

from warpsmith.dataset.atomic import write_atomically
from warpsmith.dataset.card import card
from warpsmith.dataset.formats import settle_all
from warpsmith.dataset.layout import CARD, STATISTICS, Slot
from warpsmith.dataset.manifest import Manifest, ShardEntry, versions
from warpsmith.dataset.rejected import write_rejections
from warpsmith.dataset.shard import ShardFile, Summary
from warpsmith.dataset.statistics import Statistics, of_set
from warpsmith.record import TARGETS, Depth, Mismatch, Rejection, Target
from warpsmith.run.config import Device
from warpsmith.run.yields import Yield

_SHARD = 1000


class PeopleConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a set of people's kernels was made: from what, by extracting or capturing."""

    kind: Literal["extract", "capture", "corpus"] = "extract"
    targets: tuple[str, ...]
    device: Device = "both"
    format: Literal["parquet", "jsonl", "json"] = "parquet"
    license_allow: tuple[str, ...] | None = None
    verify: Depth = "none"
    mismatch: Mismatch = "keep"

    @property
    def wanted(self) -> tuple[Target, ...]:
        """The targets that code is generated for."""
        return TARGETS if self.device == "both" else (self.device,)


class Collected(msgspec.Struct):
    """What has been written so far, and what was rejected."""

    summaries: list[Summary]
    rejections: list[Rejection]


def collect(folder: Path, config: PeopleConfig, yields: Iterable[Yield], count: int) -> Manifest:
    """Write records, in their order, to shards, and what stands beside them, the manifest last; return it.

    `count` is how many records there are. The preamble that most of the records have is that of the set; one that has
    another has what is more in it at the beginning of its text.
    """
    of = max(1, -(-count // _SHARD))
    collected = Collected([], [])
    preambles: dict[str, str] = {}
    file: ShardFile | None = None
    rows = 0
    for one in yields:
        if one.rejection is not None:
            collected.rejections.append(one.rejection)
        if one.row is None:
            continue
        if file is None:
            file = ShardFile(folder, Slot(len(collected.summaries), of, rows, min(_SHARD, count - rows)), config.format)
        file.append(one.row | _own_preambles(one, preambles))
        rows += 1
        if rows % _SHARD == 0 or rows == count:
            collected.summaries.append(file.close())
            settle_all(folder, collected.summaries[-1].files)
            file = None
    return _finished(folder, config, collected, preambles)


def _own_preambles(one: Yield, preambles: dict[str, str]) -> dict[str, str]:
    """Return the texts of a record whose preamble is not that of the set."""
    assert one.row is not None
    texts = {}
    for column, own in one.preambles.items():
        common = preambles.setdefault(column, own)
        if own != common:
            texts[column] = _more(own, common) + one.row[column]
    return texts


def _more(own: str, common: str) -> str:
    """Return the lines that a preamble has besides those of another."""
    wanted = Counter(common.splitlines())
    more = []
    for line in own.splitlines():
        if wanted[line]:
            wanted[line] -= 1
        else:
            more.append(line)
    return "\n".join(more) + "\n"


def _finished(folder: Path, config: PeopleConfig, collected: Collected, preambles: dict[str, str]) -> Manifest:
    summaries = collected.summaries
    write_rejections(folder, Slot(0, max(1, len(summaries)), 0, 0).stem, collected.rejections)
    statistics = reduce(add, (one.statistics for one in summaries), Statistics())
    shapes = {shape for one in summaries for shape in one.fingerprints}
    manifest = Manifest(
        configuration=msgspec.to_builtins(config),
        versions=versions(),
        rows=statistics.kernels,
        categories=statistics.categories,
        levels=statistics.levels,
        rejected=len(collected.rejections),
        duplicates_replaced=0,
        preambles=preambles,
        shards=tuple(ShardEntry(one.files, one.content) for one in summaries),
    )
    write_atomically(folder / STATISTICS, of_set(len(shapes), statistics).encode())
    write_atomically(folder / CARD, card(manifest).encode())
    manifest.write(folder)
    return manifest
