"""`warpsmith export` as a user calls it."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from tests.cli.commands import content, run
from tests.views.sets import VERIFIED, real_rows, set_of, small_row
from warpsmith.cli import main
from warpsmith.run.job import run_job
from warpsmith.views.options import FORM_NAMES, FORMATS
from warpsmith.views.table import VIEWS


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set that `generate` wrote, unverified."""
    folder = tmp_path_factory.mktemp("generated")
    run_job({"count": 24, "shard_size": 12, "level": "1-2", "verify": "none"}, folder, workers=0)
    return folder


@pytest.fixture(scope="module")
def verified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four real records with verdicts, and one that was not checked."""
    rows = [*real_rows(), small_row(1)]
    return set_of(tmp_path_factory.mktemp("verified") / "set", {"train": rows[1:], "test": rows[:1]})


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in arguments], env={"COLUMNS": "200", "TERM": "dumb"})


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_a_set_that_was_generated(generated: Path, tmp_path: Path, view: str) -> None:
    result = call("export", generated, "--view", view, "-o", tmp_path / "out", "--unverified", "--as", "prompt")
    assert result.exit_code == 0, result.output
    rows: list[dict[str, Any]] = [
        row for path in (tmp_path / "out" / "data").iterdir() for row in pq.read_table(path).to_pylist()
    ]
    assert len(rows) == 24
    assert all(row["prompt"].endswith("\n\n") and row["completion"].strip() for row in rows)


def test_an_unverified_set_gives_nothing(generated: Path, tmp_path: Path) -> None:
    result = run("export", generated, "--view", "python->cpp", "-o", tmp_path / "out")
    assert (result.returncode, result.stdout) == (2, "")
    assert "compiles_cpu not checked (24)" in result.stderr
    assert f"run `warpsmith verify {generated}`, or add `--unverified`" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()


def test_summary_and_note(verified: Path, tmp_path: Path) -> None:
    result = run("export", verified, "--view", "forward→backward", "--target", "cuda", "-o", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    said = " ".join(result.stdout.split())
    assert "view forward-to-backward, cuda, as chat" in said
    assert "splits train 3, test 1" in said
    assert "left out compiles_cuda not checked 1" in said
    assert f"1 records were not checked for what this view claims: run `warpsmith verify {verified}`" in result.stderr
    assert "5 of 5 kernels" in result.stderr
    summary = json.loads((tmp_path / "out" / "export.json").read_text())
    assert summary["configuration"]["variant"] == "cuda"
    assert summary["left_out"] == {"compiles_cuda not checked": 1}


def test_the_same_bytes_in_every_process(verified: Path, tmp_path: Path) -> None:
    for name, seed in (("a", "1"), ("b", "2")):
        words = ("export", verified, "--view", "cpp-to-cuda", "--part", "whole", "-o", tmp_path / name)
        assert run(*words, environment={"PYTHONHASHSEED": seed}).returncode == 0
    assert content(tmp_path / "a") == content(tmp_path / "b")


@pytest.mark.parametrize("form", FORM_NAMES)
@pytest.mark.parametrize("kind", FORMATS)
def test_forms_and_files(verified: Path, tmp_path: Path, form: str, kind: str) -> None:
    words = ("--as", form, "--format", kind, "--splits", "train", "--limit", "2", "--comments", "strip")
    result = call("export", verified, "--view", "python-to-cuda", "-o", tmp_path / "out", *words)
    assert result.exit_code == 0, result.output
    assert [path.name for path in (tmp_path / "out" / "data").iterdir()] == [f"train-00000-of-00001.{kind}"]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--view", "rust"), "view is 'rust'; use python-to-cpp"),
        (("--view", "python-to-cpp", "--as", "csv"), "form is 'csv'; use chat, prompt, text"),
        (("--view", "python-to-cpp", "--part", "no"), "part is 'no'; use forward, backward, whole"),
        (("--view", "cuda-to-python", "--target", "cpp"), "has no choice of it; leave it out"),
        (("--view", "python-to-cpp", "--max-tokens", "9"), "add `--tokenizer FILE`"),
        (("--view", "python-to-cpp", "--splits", "dev"), "split 'dev' is not in the set; use train, test"),
        (("--view", "python-to-cpp", "--limit", "0"), "limit is 0"),
        ((), "Missing option '--view'"),
    ],
)
def test_bad_input(
    verified: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], line: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", str(verified), "-o", str(tmp_path / "out"), *words])
    streams = capsys.readouterr()
    assert (ended.value.code, streams.out) == (2, "")
    assert line in streams.err
    assert streams.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_the_help_names_every_view() -> None:
    said = " ".join(call("export", "--help").output.split())
    assert all(view in said for view in VIEWS)


def test_a_text_of_a_stranger_is_data(tmp_path: Path) -> None:
    row = small_row(1, **{**VERIFIED, "kernel_name": "[bold]{name}", "description": "</script> ``` {part}"})
    source = set_of(tmp_path / "set", {"train": [row]})
    assert call("export", source, "--view", "description-to-python", "-o", tmp_path / "out").exit_code == 0
    (found,) = pq.read_table(tmp_path / "out" / "data").to_pylist()
    assert "[bold]{name}" in found["messages"][0]["content"]
    assert "\n\n</script> ``` {part}\n\n" in found["messages"][0]["content"]
