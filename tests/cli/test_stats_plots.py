"""`stats --plots`, on a set made by hand."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.dataset.manifests import finished_set
from warpsmith.cli import main


def stats(folder: Path, *options: str | Path) -> Result:
    words = ["stats", str(folder), "--recount", *map(str, options)]
    return CliRunner().invoke(main, words, env={"COLUMNS": "100", "TERM": "dumb"})


@pytest.fixture
def made(tmp_path: Path) -> Path:
    finished_set(tmp_path / "set")
    return tmp_path / "set"


def test_figures_are_written_and_said(made: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    result = stats(made, "--plots", tmp_path / "figures", "--plot-format", "svg", "--plot-format", "png")
    assert result.exit_code == 0, result.output
    names = sorted(path.name for path in (tmp_path / "figures").iterdir())
    assert result.output.splitlines()[-1] == f"  {len(names)} figures in {tmp_path / 'figures'}"
    assert {"categories.svg", "categories.png", "lengths.svg", "people.svg"} <= set(names)
    assert "against.svg" not in names
    assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == before


def test_figures_beside_json_and_comparisons(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "kernels.py"
    path.write_text("import warp\n@warp.kernel\ndef f(x: warp.array[float]):\n    x[0] = warp.sin(x[1])\n")
    result = stats(made, "--plots", tmp_path / "figures", "--against", path, "--json", "-")
    assert result.exit_code == 0
    assert result.output.startswith("{")
    assert result.output.endswith("}\n")
    assert "kernels.py" in (tmp_path / "figures" / "against.svg").read_text()


def test_without_matplotlib_nothing_is_written(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = stats(made, "--plots", tmp_path / "figures")
    assert result.exit_code == 2
    assert result.output == "warpsmith: figures need matplotlib, which is not installed; install warpsmith[plots]\n"
    assert not (tmp_path / "figures").exists()
    assert stats(made).exit_code == 0


def test_a_folder_that_cannot_be_written(made: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = stats(made, "--plots", tmp_path / "file")
    assert result.exit_code == 2
    assert "name another folder" in result.output
    assert len(result.output.splitlines()) == 1


def test_an_unknown_format(made: Path, tmp_path: Path) -> None:
    result = stats(made, "--plots", tmp_path / "figures", "--plot-format", "gif")
    assert result.exit_code == 2
    assert "'gif' is not one of 'svg', 'pdf', 'png'" in result.output
