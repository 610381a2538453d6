"""`warpsmith report` from the command line: what it writes, and what it refuses."""

import shutil
from pathlib import Path

import pytest

from tests.cli.commands import content, run
from warpsmith.run.job import run_job


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    run_job({"count": 24, "shard_size": 12, "level": "1-2", "verify": "none"}, folder, workers=0)
    return folder


def test_the_same_page_twice(small: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        result = run("report", small, "-o", tmp_path / name)
        assert result.returncode == 0, result.stderr
        assert f"{tmp_path / name}/index.html: 24 of 24 records" in result.stdout
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_a_page_takes_the_place_of_an_earlier_one(small: Path, tmp_path: Path) -> None:
    assert run("report", small, "-o", tmp_path / "page").returncode == 0
    assert run("report", small, "-o", tmp_path / "page", "--records", "5").returncode == 0
    assert run("report", small, "-o", tmp_path / "fresh", "--records", "5").returncode == 0
    assert content(tmp_path / "page") == content(tmp_path / "fresh")


def test_a_page_in_the_set_is_of_the_set(small: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(small, tmp_path / "set"))
    assert run("report", folder).returncode == 0
    assert (folder / "report" / "index.html").is_file()
    assert run("validate", folder, "--workers", "1").returncode == 0
    again = run("generate", "-n", "24", "--verify", "none", "-o", folder, "--overwrite", "--workers", "1")
    assert again.returncode == 0, again.stderr
    assert not (folder / "report").exists()


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_sets_of_any_format(form: str, tmp_path: Path) -> None:
    run_job({"count": 6, "level": "1", "verify": "none", "format": form}, tmp_path / "set", workers=0)
    result = run("report", tmp_path / "set")
    assert result.returncode == 0, result.stderr
    assert "6 of 6 records" in result.stdout


def test_what_cannot_be(small: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    for arguments, words in (
        ([tmp_path / "nowhere"], "there is no such folder"),
        ([small, "--records", "0"], "records is 0; use a number from 1 up"),
        ([small, "-o", tmp_path / "mine"], "holds 'thesis.txt', which is of no report"),
        ([small, "-o", tmp_path / "mine" / "thesis.txt"], "cannot be written"),
    ):
        result = run("report", *arguments)
        assert result.returncode == 2 or "folder" in words, result.stderr
        assert words in " ".join(result.stderr.split())
        assert result.stderr.count("\n") == 1 or "nowhere" in str(arguments)
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
