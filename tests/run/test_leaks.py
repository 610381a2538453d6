"""No split separates a kernel from its near-copies: names, numbers and the order of statements do not hide one."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from benchmarks.near_copies import disguised
from tests.dataset.manifests import write_manifest
from tests.dataset.near.texts import synthetic
from tests.dataset.records import record
from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.reading import all_rows
from warpsmith.record import source_id
from warpsmith.run.collecting import collect
from warpsmith.run.people import PeopleConfig
from warpsmith.run.validation import validate
from warpsmith.run.yields import Yield

KERNELS, COPIES = 1000, 200


def row(number: int, source: str) -> dict[str, Any]:
    """Return a record of a text that nobody has to execute: it says that it is bound to where it stood."""
    known = {"id": source_id(source), "python_source": source, "fingerprint": fingerprint(source)}
    return record(number).row() | known | {"self_contained": False, "bound_by": "a test"}


def planted(draws: random.Random) -> Iterator[tuple[int, str]]:
    """Yield kernels and, anywhere among them, near-copies of some, with the numbers of their originals."""
    originals = list(enumerate(synthetic(KERNELS)))
    copies = [(number, disguised(text, draws)) for number, text in originals[:: KERNELS // COPIES]]
    mixed = [(draws.random(), number, text) for number, text in [*originals, *copies]]
    return ((number, text) for _, number, text in sorted(mixed))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("set")
    yields = (Yield(row(number, text), {}) for number, text in planted(random.Random(7)))
    splits = {"train": 2, "validation": 1, "test": 1}
    collect(folder, PeopleConfig(targets=("planted",), splits=splits), yields)
    return folder


def test_copies_stand_where_their_originals_stand(folder: Path) -> None:
    manifest = read_manifest(folder)
    assert manifest.rows == KERNELS + COPIES
    assert all(rows > KERNELS // 5 for rows in manifest.splits.values())
    places: dict[int, set[tuple[str, str]]] = {}
    for shard in manifest.shards:
        one = msgspec.structs.replace(manifest, shards=(shard,))
        for found in all_rows(folder, one):
            places.setdefault(found["provenance"]["index"], set()).add((shard.split, found["cluster"]))
    assert len(places) == KERNELS
    assert [number for number, where in places.items() if len(where) > 1] == []


def test_a_leak_is_found(folder: Path) -> None:
    manifest = read_manifest(folder)
    assert "splits" not in {finding.check for finding in validate(folder, workers=0).findings}
    first, second = (shard for shard in manifest.shards if shard.split == "train")
    relabelled = (first, msgspec.structs.replace(second, split="test"), *manifest.shards[2:])
    write_manifest(folder, msgspec.structs.replace(manifest, shards=relabelled))
    found = [finding for finding in validate(folder, workers=0).findings if finding.check == "splits"]
    write_manifest(folder, manifest)
    assert found
    assert "stand in train and test" in found[0].message
