"""A manifest says what the files are, and comes back as it was."""

from importlib.metadata import version
from pathlib import Path

import pytest

from tests.dataset.manifests import finished_set
from warpsmith.dataset.card import header
from warpsmith.dataset.formats import FORMATS
from warpsmith.dataset.manifest import read_manifest, versions
from warpsmith.errors import DatasetError


def test_comes_back(tmp_path: Path) -> None:
    manifest = finished_set(tmp_path / "set")
    assert read_manifest(tmp_path / "set") == manifest
    assert [entry.rows for entry in manifest.files] == [3, 3]
    assert all(entry.is_intact(tmp_path / "set") for entry in manifest.files)


def test_content_is_the_same_in_every_format(tmp_path: Path) -> None:
    contents = {tuple(s.content for s in finished_set(tmp_path / form, form).shards) for form in FORMATS}
    assert len(contents) == 1


def test_a_missing_or_damaged_manifest_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"no manifest\.json"):
        read_manifest(tmp_path)
    (tmp_path / "manifest.json").write_text('{"rows": "many"}')
    with pytest.raises(DatasetError, match=r"manifest\.json: damaged"):
        read_manifest(tmp_path)


def test_versions_are_those_that_are_installed() -> None:
    assert versions()["warp"] == version("warp-lang")


@pytest.mark.parametrize("form", FORMATS)
def test_the_card_says_where_the_files_are(tmp_path: Path, form: str) -> None:
    pattern = f"data/train-*.{form}"
    manifest = finished_set(tmp_path / "set", form)
    assert f'path: "{pattern}"\n' in header(manifest)
    matched = sorted(path.relative_to(tmp_path / "set").as_posix() for path in (tmp_path / "set").glob(pattern))
    assert matched == [entry.path for entry in manifest.files]
