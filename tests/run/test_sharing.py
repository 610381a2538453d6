"""A folder that a node does not see is found out by the mark in it."""

from pathlib import Path

import pytest

from warpsmith.errors import UsageError
from warpsmith.run.sharing import leave_mark, require_mark


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warpsmith.run.sharing.PATIENCE_SECONDS", 0.0)


def test_a_mark_that_is_there(tmp_path: Path) -> None:
    require_mark(leave_mark(tmp_path, tmp_path / "mark"))


@pytest.mark.parametrize("there", [None, "another"])
def test_a_folder_without_the_mark_is_another_one(tmp_path: Path, there: str | None) -> None:
    mark = leave_mark(tmp_path, tmp_path / "mark")
    mark.path.write_text(there) if there else mark.path.unlink()
    with pytest.raises(UsageError, match=rf"^output '{tmp_path}' is not shared with node \S+; use a folder that is$"):
        require_mark(mark)
