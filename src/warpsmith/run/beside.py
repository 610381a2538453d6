"""What stands beside the records of a set: statistics, card, Croissant file, and at the very last the manifest."""

from collections.abc import Iterator
from typing import Any

from warpsmith.dataset.card import card, find_sample
from warpsmith.dataset.croissant import croissant
from warpsmith.dataset.layout import CARD, CROISSANT, MANIFEST, STATISTICS
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.reading import format_of
from warpsmith.dataset.statistics import SetStatistics, read_statistics, recounted
from warpsmith.dataset.store import Store
from warpsmith.errors import DatasetError
from warpsmith.run.command import commands_of


def write_beside(store: Store, manifest: Manifest, statistics: SetStatistics) -> None:
    """Write all of it; the files of the records must be there."""
    store.write(STATISTICS, statistics.encode())
    store.write(CARD, _card(store, manifest, statistics))
    store.write(CROISSANT, croissant(manifest, statistics.statistics.licenses))
    store.write(MANIFEST, manifest.encode())


def mend_beside(store: Store, manifest: Manifest) -> list[str]:
    """Write again what is missing or damaged beside a finished set, and return the names of it.

    A card that is there is left alone: people put words of their own into it.
    """
    mended = []
    statistics = _statistics(store)
    if statistics is None:
        statistics = recounted(_rows(store, manifest))
        store.write(STATISTICS, statistics.encode())
        mended.append(STATISTICS)
    if not store.exists(CARD):
        store.write(CARD, _card(store, manifest, statistics))
        mended.append(CARD)
    wanted = croissant(manifest, statistics.statistics.licenses)
    if not store.exists(CROISSANT) or store.fetch(CROISSANT).read_bytes() != wanted:
        store.write(CROISSANT, wanted)
        mended.append(CROISSANT)
    return mended


def _card(store: Store, manifest: Manifest, statistics: SetStatistics) -> bytes:
    return card(manifest, statistics, commands_of(manifest), find_sample(store, manifest)).encode()


def _statistics(store: Store) -> SetStatistics | None:
    try:
        return read_statistics(store.fetch(STATISTICS).parent)
    except DatasetError:
        return None


def _rows(store: Store, manifest: Manifest) -> Iterator[dict[str, Any]]:
    form = format_of(manifest)
    for entry in manifest.files:
        yield from form.rows(store.fetch(entry.path))
        store.release([entry.path])
