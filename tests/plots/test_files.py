"""Figures in a folder."""

from pathlib import Path

import pytest

from tests.plots.sets import single
from warpsmith.errors import UsageError
from warpsmith.plots import FIGURES, write_figures
from warpsmith.plots import files as writing

FEW = FIGURES[:2]


@pytest.fixture(autouse=True)
def _only_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "FIGURES", FEW)


def test_files_have_the_names_of_figures(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "figures"
    paths = write_figures(folder, single(), ("svg", "pdf", "png"))
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in paths)
    assert {path.name for path in paths} == {f"{f.name}.{form}" for f in FEW for form in ("svg", "pdf", "png")}
    beginnings = {path.suffix: path.read_bytes()[:5] for path in paths}
    assert beginnings == {".svg": b"<?xml", ".pdf": b"%PDF-", ".png": b"\x89PNG\r"}


def test_earlier_figures_are_replaced_and_others_stay(tmp_path: Path) -> None:
    first = {path: path.read_bytes() for path in write_figures(tmp_path, single(), ("svg", "pdf", "png"))}
    for path in first:
        path.write_bytes(b"warpsmith, but older")
    (tmp_path / "mine.svg").write_text("mine")
    write_figures(tmp_path, single(), ("svg", "pdf", "png"))
    assert {path: path.read_bytes() for path in first} == first
    assert (tmp_path / "mine.svg").read_text() == "mine"


def test_somebody_elses_file_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "levels.svg").write_text("<svg/>")
    with pytest.raises(UsageError, match=r"levels.svg' is there and no figure of warpsmith; name another folder"):
        write_figures(tmp_path, single())
    assert [path.name for path in tmp_path.iterdir()] == ["levels.svg"]
    assert (tmp_path / "levels.svg").read_text() == "<svg/>"


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "inside"):
        with pytest.raises(UsageError, match=r"^plots: '.*' cannot be written: .*; name another folder$"):
            write_figures(folder, single())


def test_a_folder_with_the_name_of_a_figure(tmp_path: Path) -> None:
    (tmp_path / "levels.svg").mkdir()
    with pytest.raises(UsageError, match="Is a directory; name another folder"):
        write_figures(tmp_path, single())
