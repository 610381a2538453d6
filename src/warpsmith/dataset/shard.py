"""One shard on its way to the disk: its rows are written, counted and hashed in one pass."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import xxhash

from warpsmith.dataset.formats import FORMATS, FileEntry
from warpsmith.dataset.layout import Slot
from warpsmith.dataset.statistics import Statistics
from warpsmith.manner.measures import Measures

_TEXTS = ("python_source", "cpp", "cuda", "ptx")


class Summary(msgspec.Struct):
    """What is known of a written shard without reading it again."""

    files: tuple[FileEntry, ...]
    content: str
    fingerprints: list[str]
    statistics: Statistics


class ShardFile:
    """Takes the rows of one shard in order; nothing has its final name before `settle_all` gives it."""

    def __init__(self, folder: Path, slot: Slot, form: str) -> None:
        self._writer = FORMATS[form].writer(folder, slot.stem, slot.indices)
        self._content = xxhash.xxh3_128()
        self._fingerprints: list[str] = []
        self._statistics = Statistics()

    def append(self, row: Mapping[str, Any], measures: Measures | None = None) -> None:
        """Write the next row and count it; `measures` are those of its `python_source`, where they are at hand."""
        self._writer.append(row)
        self._statistics.add(row, measures)
        self._fingerprints.append(row["fingerprint"])
        for name in _TEXTS:
            text = row[name] or ""
            self._content.update(f"{len(text)}:{text}".encode())

    def close(self) -> Summary:
        """Finish the files, which still stand aside, and say what is in them."""
        return Summary(self._writer.close(), self._content.hexdigest(), self._fingerprints, self._statistics)
