"""The Croissant file names the files, the splits and every column."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.dataset.manifests import finished_set
from warpsmith.dataset import croissant as module
from warpsmith.dataset.croissant import croissant
from warpsmith.dataset.formats import FORMATS
from warpsmith.dataset.manifest import Manifest
from warpsmith.record import COLUMNS


def described(manifest: Manifest, *licenses: str) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(croissant(manifest, licenses))
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_every_column_and_every_file_is_there(tmp_path: Path, form: str) -> None:
    manifest = finished_set(tmp_path / "set", form)
    found = described(manifest)
    whole, *files = found["distribution"]
    assert whole["includes"] == [f"data/train-*.{form}"]
    assert [(one["contentUrl"], one["sha256"]) for one in files] == [
        (entry.path, entry.sha256) for entry in (*manifest.files, manifest.index)
    ]
    (records,) = found["recordSet"]
    assert [one["name"] for one in records["field"]] == ["split", *(column.name for column in COLUMNS)]
    assert [one["description"] for one in records["field"][1:]] == [column.meaning for column in COLUMNS]


def test_many_files_are_not_named_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LISTED", 1)
    assert [one["@id"] for one in described(finished_set(tmp_path / "set"))["distribution"]] == [
        "records",
        "index.parquet",
    ]


def test_licences_of_people(tmp_path: Path) -> None:
    manifest = finished_set(tmp_path / "set")
    assert described(manifest)["license"] == "https://spdx.org/licenses/Apache-2.0.html"
    people = msgspec.structs.replace(manifest, configuration={**manifest.configuration, "kind": "corpus"})
    assert described(people, "MIT", "Apache-2.0")["license"] == ["Apache-2.0", "MIT"]
    assert described(people)["license"] == "unknown"
    assert "key" not in described(people)["recordSet"][0]
