"""A set in an object store is the set of a folder, object by object."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import fsspec
import pytest

from warpsmith.dataset.objects import ObjectStore, store_at
from warpsmith.dataset.store import Store
from warpsmith.errors import PrerequisiteError, UsageError


@pytest.fixture
def store() -> Iterator[ObjectStore]:
    """A place in fsspec's memory, which is one for the whole process."""
    with closing(store_at(f"memory://{uuid4()}/sets/run")) as opened:
        assert isinstance(opened, ObjectStore)
        yield opened


def test_an_object_is_there_whole_or_not_at_all(store: ObjectStore) -> None:
    (store.folder / "data").mkdir()
    part = store.folder / "data" / ".a.part"
    part.write_bytes(b"half")
    assert not store.exists("data/a")
    assert store.names() == []
    store.settle(["data/a"])
    assert not part.exists()
    assert store.names() == ["data/a"]
    assert store.fetch("data/a").read_bytes() == b"half"


def test_what_is_written_comes_back_and_goes(store: ObjectStore) -> None:
    store.write("manifest.json", b"{}")
    store.write("manifest.json", b"[1]")
    assert store.fetch("manifest.json").read_bytes() == b"[1]"
    assert not store.fetch("nothing").exists()
    store.remove(["manifest.json", "nothing"])
    assert not store.exists("manifest.json")
    assert not store.fetch("manifest.json").exists()


def test_a_folder_goes_with_all_that_is_in_it(store: ObjectStore) -> None:
    for name in ("work", "work/below", "kept"):
        (store.folder / name).mkdir(exist_ok=True)
        store.write(f"{name}/a", b"a")
    store.remove_folder("work")
    assert store.names() == ["kept/a"]
    assert not (store.folder / "work").exists()


def test_the_scratch_space_goes(store: ObjectStore) -> None:
    assert store.folder.is_dir()
    store.close()
    assert not store.folder.exists()


def test_folders_have_addresses_too(tmp_path: Path) -> None:
    assert store_at(tmp_path) == store_at(str(tmp_path)) == store_at(f"file://{tmp_path}") == Store(tmp_path)
    assert store_at(tmp_path).address == str(tmp_path)


@pytest.mark.parametrize("uri", ["nowhere://bucket/run", "s3://"])
def test_a_place_where_nothing_can_be_kept_is_one_line(uri: str) -> None:
    with pytest.raises((UsageError, PrerequisiteError), match=re.escape(f"output '{uri}'")) as error:
        store_at(uri)
    assert "\n" not in str(error.value)


def test_without_fsspec_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fsspec
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(PrerequisiteError, match="install fsspec"):
        store_at("nowhere://bucket/run")
