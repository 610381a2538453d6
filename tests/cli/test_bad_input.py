"""Bad input gets one clear line and exit code 2, never a traceback."""

from pathlib import Path

import pytest

from tests.cli.commands import run
from warpsmith.cli import main

BAD = {
    "category": (("-c", "mth"), "category 'mth' is unknown; did you mean 'math'?"),
    "count": (("-n", "0"), "count is 0"),
    "count word": (("-n", "many"), "'many' is not a valid integer"),
    "seed": (("-s", "-1"), "seed is -1"),
    "level": (("--level", "7"), "level '7'"),
    "format": (("--format", "csv"), "format is 'csv'; use parquet, jsonl, json"),
    "two formats": (("--format", "json", "--jsonl"), "format is 'json' and jsonl"),
    "device": (("-d", "tpu"), "device is 'tpu'; use both, cpu, cuda"),
    "workers": (("--workers", "0"), "workers is 0"),
    "engine": (("--engine", "slurm"), "engine is 'slurm'; use local or ray"),
    "address": (("--address", "head:6379"), "address is 'head:6379' and the engine is local; add `--engine ray`"),
    "shard size": (("--shard-size", "0"), "shard_size is 0"),
    "weights": (("-c", "math=-2"), "weights are numbers from 0 up"),
    "both": (("--resume", "--overwrite"), "exclude each other"),
    "option": (("--cuont", "3"), "No such option"),
    "log": (("--log", "/proc/none/log"), "log '/proc/none/log' cannot be written"),
    "unwritable": (("-o", "/proc/none"), "output '/proc/none' cannot be made"),
    "long output": (("-o", "a" * 300), "cannot be made: File name too long; name another folder"),
    "no profile": (("--profile", ""), "profile is empty; name one of mix"),
    "config": (("--config", "/none.toml"), "'/none.toml' cannot be read"),
}


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Run the command line in this process; return the exit code and the one line that it said."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err.count("\n") == 1
    assert isinstance(ended.value.code, int)
    return ended.value.code, streams.err


@pytest.mark.parametrize("what", BAD)
def test_generate(capsys: pytest.CaptureFixture[str], tmp_path: Path, what: str) -> None:
    arguments, line = BAD[what]
    code, error = said(capsys, "generate", "-o", str(tmp_path / "set"), *arguments)
    assert code == 2
    assert line in error
    assert not list(tmp_path.rglob("*.parquet"))


def test_output_missing_a_file_or_full(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert said(capsys, "generate")[0] == 2
    assert "is a file" in said(capsys, "generate", "-o", str(file))[1]
    assert "Not a directory" in said(capsys, "generate", "-o", str(file / "set"))[1]
    assert "not empty" in said(capsys, "generate", "-o", str(tmp_path))[1]
    assert f"holds '{file.name}'" in said(capsys, "generate", "-o", str(tmp_path), "--overwrite")[1]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("cuont = 3", "unknown key 'cuont'; did you mean 'count'?"),
        ("count = = 3", "not valid TOML"),
        ("count = 'x'", "count is 'x'"),
        ("categories = 3", "categories is 3"),
        ("level = 1.5", "level '1.5'"),
        ("log = 5", "log is 5; use a path"),
        ("workers = 'two'", "workers is 'two'"),
    ],
)
def test_configuration_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str, line: str) -> None:
    path = tmp_path / "job.toml"
    path.write_text(content)
    code, error = said(capsys, "generate", "-o", str(tmp_path / "set"), "--config", str(path))
    assert code == 2
    assert line in error


@pytest.mark.parametrize("command", ["validate", "stats", "show"])
def test_a_folder_that_is_no_set(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str) -> None:
    code, error = said(capsys, command, str(tmp_path))
    assert code == 2
    assert "no manifest.json" in error
    (tmp_path / "file").touch()
    code, error = said(capsys, command, str(tmp_path / "file"))
    assert code == 2
    assert "file: this is no folder; name the folder of a data set" in error
    code, error = said(capsys, command, str(tmp_path / "none"))
    assert code == 2
    assert "none: there is no such folder; name the folder of a data set" in error


def test_an_unknown_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "genrate") == (2, "warpsmith: No such command 'genrate'.\n")


def test_what_nobody_expected_is_one_line_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr("warpsmith.run.job.run_job", lambda *_, **__: 1 // 0)
    code, error = said(capsys, "generate", "-o", str(tmp_path / "set"))
    assert code == 1
    assert "internal error: ZeroDivisionError" in error
    (log,) = tmp_path.glob("*.log")
    assert str(log) in error
    assert "Traceback" in log.read_text()


def test_in_a_process_of_its_own(tmp_path: Path) -> None:
    result = run("generate", "-n", "3", "-c", "vectr", "-o", tmp_path / "set")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("warpsmith: category 'vectr' is unknown; did you mean 'vector'?")
