"""Which records a page shows: all of a set of ten thousand, of a larger one as many, spread evenly over its files."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.reading import format_of


class Shown(NamedTuple):
    """A record to be shown: its number in the set, its split and its row."""

    number: int
    split: str
    row: dict[str, Any]


def sample(folder: Path, manifest: Manifest, most: int) -> Iterator[Shown]:
    """Yield at most so many records, in the order of the set: the first of each file, as many as its share.

    The records of a file are in the order of their drawing, in which categories and levels take turns, so its first
    are as good a sample as any, and the rest of the file need not be read.
    """
    form = format_of(manifest)
    first = 0
    for shard in manifest.shards:
        for entry in shard.files:
            share = _share(first + entry.rows, manifest.rows, most) - _share(first, manifest.rows, most)
            for place, row in enumerate(islice(form.rows(folder / entry.path), share) if share else ()):
                yield Shown(first + place, shard.split, row)
            first += entry.rows


def _share(before: int, rows: int, most: int) -> int:
    """Return how many of the records up to a number are shown."""
    return before if rows <= most else before * most // rows
