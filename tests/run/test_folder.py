"""A folder is written into only where that harms nobody."""

from pathlib import Path

import pytest

from warpsmith.errors import UsageError
from warpsmith.run.folder import claimed
from warpsmith.run.job import run_job


def enter(folder: Path, *, resume: bool = False, overwrite: bool = False) -> None:
    with claimed(folder, resume=resume, overwrite=overwrite):
        pass


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    run_job({"count": 1, "verify": "none"}, tmp_path / "set", workers=0)
    return tmp_path / "set"


def test_a_new_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    enter(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is a file"):
        enter(tmp_path / "file")
    with pytest.raises(UsageError, match="cannot be made: Not a directory"):
        enter(tmp_path / "file" / "set")


def test_a_place_where_nothing_can_be_made_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot be made"):
        enter(Path("/proc/warpsmith"))


def test_what_is_not_writable_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)  # permission bits mean nothing to root
    with pytest.raises(UsageError, match="not writable"):
        enter(tmp_path)


def test_a_folder_with_something_in_it_is_refused(finished: Path) -> None:
    with pytest.raises(UsageError, match="not empty; add `--resume` or `--overwrite`"):
        enter(finished)


def test_both_ways_at_once_are_refused(finished: Path) -> None:
    with pytest.raises(UsageError, match="exclude each other"):
        enter(finished, resume=True, overwrite=True)


def test_overwrite_removes_a_set(finished: Path) -> None:
    enter(finished, overwrite=True)
    assert not list(finished.iterdir())


@pytest.mark.parametrize(
    "foreign", ["notes.txt", "data/mine.parquet", "data/train-00000-of-00001.parquet.bak", ".git/config", "data/sub/x"]
)
def test_overwrite_removes_nothing_of_others(finished: Path, foreign: str) -> None:
    path = finished / foreign
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    before = sorted(finished.rglob("*"))
    with pytest.raises(UsageError, match=f"holds '{foreign.split('/', maxsplit=1)[0]}"):
        enter(finished, overwrite=True)
    assert sorted(finished.rglob("*")) == before


def test_overwrite_leaves_a_card_of_others_and_links_alone(finished: Path, tmp_path: Path) -> None:
    (finished / "README.md").write_text("my own words")
    with pytest.raises(UsageError, match=r"README\.md"):
        enter(finished, overwrite=True)
    (finished / "README.md").unlink()
    (finished / "croissant.json").write_text("{}")
    with pytest.raises(UsageError, match=r"croissant\.json"):
        enter(finished, overwrite=True)
    (finished / "croissant.json").unlink()
    (tmp_path / "elsewhere").mkdir()
    (finished / "rejected").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="rejected"):
        enter(finished, overwrite=True)


def test_resume_into_what_is_no_set_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(UsageError, match="no data set to resume"):
        enter(tmp_path, resume=True)


def test_only_one_run_at_a_time(tmp_path: Path) -> None:
    with claimed(tmp_path, resume=False, overwrite=False), pytest.raises(UsageError, match="another run"):
        enter(tmp_path)
    enter(tmp_path)


def test_half_written_files_go(finished: Path) -> None:
    part = finished / "data" / ".train-00000-of-00001.parquet.part"
    part.touch()
    enter(finished, resume=True)
    assert not part.exists()
