"""What stands beside the records has the same bytes wherever it is written, and comes back when it is lost."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from tests.cli.commands import content
from warpsmith.dataset.objects import ObjectStore, store_at
from warpsmith.run.events import Silent
from warpsmith.run.job import run_job

OPTIONS = {"count": 4, "shard_size": 2, "level": 1, "verify": "none"}


class Heard(Silent):
    """Keeps the notes."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, line: str) -> None:
        self.notes.append(line)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run_job(OPTIONS, tmp_path / "set", workers=0)
    return tmp_path / "set"


@pytest.mark.parametrize("name", ["README.md", "croissant.json", "stats.json"])
@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:99])])
def test_what_is_lost_is_made_again(folder: Path, name: str, harm: Callable[[Path], object]) -> None:
    expected = content(folder)
    harm(folder / name)
    if name == "README.md" and (folder / name).exists():
        expected[name] = (folder / name).read_bytes()  # it may have been meant
    heard = Heard()
    run_job(OPTIONS, folder, workers=0, resume=True, reporter=heard)
    assert content(folder) == expected
    assert any(name in line for line in heard.notes) == (name != "README.md" or harm is Path.unlink)


def test_a_whole_set_is_left_as_it_is(folder: Path) -> None:
    (folder / "README.md").write_text((folder / "README.md").read_text() + "\nMy own words.\n")
    expected = content(folder)
    heard = Heard()
    run_job(OPTIONS, folder, workers=0, resume=True, reporter=heard)
    assert content(folder) == expected
    assert heard.notes == [f"{folder} is complete; nothing to do"]


def test_an_object_store_gets_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    with closing(store_at(f"memory://{uuid4()}/set")) as store:
        assert isinstance(store, ObjectStore)
        run_job(OPTIONS, store, workers=0)
        assert sorted(store.names()) == sorted(content(folder))
        for name, expected in content(folder).items():
            assert store.fetch(name).read_bytes() == expected, name
        store.remove(["README.md", "croissant.json"])
        run_job(OPTIONS, store, workers=0, resume=True)
        assert store.fetch("README.md").read_bytes() == (folder / "README.md").read_bytes()
        assert store.fetch("croissant.json").read_bytes() == (folder / "croissant.json").read_bytes()
