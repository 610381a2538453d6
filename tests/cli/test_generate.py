"""`warpsmith generate` from outside: the same bytes whatever happens, and a clean end whatever was asked."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.cli.commands import content, run, start

JOB = ("generate", "-n", "96", "--shard-size", "8", "--level", "3-5", "-s", "3", "--verify", "none")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The bytes of a run with one worker that nothing happened to."""
    folder = tmp_path_factory.mktemp("undisturbed") / "set"
    result = run(*JOB, "-o", folder, "--workers", "1", environment={"PYTHONHASHSEED": "1"})
    assert result.returncode == 0, result.stderr
    return content(folder)


def test_what_is_written(undisturbed: dict[str, bytes]) -> None:
    shards = [f"data/train-{number:05d}-of-00012.parquet" for number in range(12)]
    others = [f"data/{split}-00000-of-00001.parquet" for split in ("validation", "test")]
    assert sorted(undisturbed) == sorted(
        ["README.md", "croissant.json", "index.parquet", "manifest.json", "stats.json", *shards, *others]
    )


def test_workers_and_hash_seed_do_not_matter(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    result = run(*JOB, "-o", tmp_path, "--workers", "2", environment={"PYTHONHASHSEED": "2"})
    assert result.returncode == 0, result.stderr
    assert content(tmp_path) == undisturbed


def test_streams_say_what_was_made_and_nothing_of_warp(tmp_path: Path) -> None:
    result = run("generate", "-n", "3", "-o", tmp_path / "set", "--log", tmp_path / "log", "--verify", "none")
    assert "3, no two of the same shape" in result.stdout
    assert str(tmp_path / "set") in result.stdout
    assert "3 of 3 kernels" in result.stderr
    assert "Warp" not in result.stdout + result.stderr
    assert "Warp" in (tmp_path / "log").read_text()


def until_shards(folder: Path, wanted: int) -> None:
    """Wait until so many shards of a job are complete."""
    deadline = time.monotonic() + 120
    while len(list(folder.glob(".warpsmith/shards/*.json"))) < wanted:
        assert time.monotonic() < deadline, "no shard was ever finished"
        time.sleep(0.01)


def members(group: int) -> Iterator[psutil.Process]:
    """Yield the processes of a process group that are not dead."""
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                yield process
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue


@pytest.mark.parametrize("moment", [1, 4])
def test_killed_and_resumed(undisturbed: dict[str, bytes], tmp_path: Path, moment: int) -> None:
    process = start(*JOB, "-o", tmp_path, "--workers", "2")
    until_shards(tmp_path, moment)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert not (tmp_path / "manifest.json").exists()
    result = run("generate", "--resume", "-o", tmp_path, "--workers", "2")
    assert result.returncode == 0, result.stderr
    assert content(tmp_path) == undisturbed


def test_a_dead_worker_is_replaced(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    process = start(*JOB, "-o", tmp_path, "--workers", "2")
    until_shards(tmp_path, 1)
    workers = [child for child in psutil.Process(process.pid).children() if "spawn_main" in " ".join(child.cmdline())]
    workers[0].kill()
    _, stderr = process.communicate(timeout=300)
    assert process.returncode == 0, stderr
    assert content(tmp_path) == undisturbed


def test_no_worker_outlives_the_command(tmp_path: Path) -> None:
    process = start(*JOB, "-o", tmp_path, "--workers", "2")
    until_shards(tmp_path, 1)
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 30
    while list(members(process.pid)):
        assert time.monotonic() < deadline, "workers are still there"
        time.sleep(0.02)


def until_begun(folder: Path) -> None:
    """Wait until a job has written down what it is; its workers are only starting then."""
    deadline = time.monotonic() + 60
    while not (folder / ".warpsmith" / "job.json").exists():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_interrupted_by_ctrl_c(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    folder, code, stderr = _interrupted(tmp_path)
    assert code == 130
    assert stderr.splitlines()[-1] == f"warpsmith: interrupted; finish with: warpsmith generate --resume -o {folder}"
    assert "Traceback" not in stderr
    assert run("generate", "--resume", "-o", folder).returncode == 0
    assert content(folder) == undisturbed


def _interrupted(tmp_path: Path) -> tuple[Path, int, str]:
    """Interrupt a job; on a busy machine it may be done before the signal comes, so try again then, and earlier."""
    for attempt in range(8):
        folder = tmp_path / str(attempt)
        process = start(*JOB, "-o", folder, "--workers", "2")
        if attempt % 2:
            until_begun(folder)
        else:
            until_shards(folder, 1)
        os.killpg(process.pid, signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
        if process.returncode:
            return folder, process.returncode, stderr
    raise AssertionError("eight jobs were done before they could be interrupted")


def test_a_damaged_shard_is_named_and_made_again(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in undisturbed.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    damaged = tmp_path / "data" / "train-00005-of-00012.parquet"
    damaged.write_bytes(damaged.read_bytes()[:1000])
    result = run("generate", "--resume", "-o", tmp_path)
    assert result.returncode == 0
    assert "damaged: data/train-00005-of-00012.parquet; making it again" in result.stderr
    assert content(tmp_path) == undisturbed


def test_a_second_run_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    process = start(*JOB, "-o", tmp_path, "--workers", "1")
    until_shards(tmp_path, 1)
    os.killpg(process.pid, signal.SIGSTOP)
    result = run("generate", "--resume", "-o", tmp_path)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert result.returncode == 2
    assert "another run" in result.stderr


def test_files_too_large_for_the_disk(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    """A limit on the size of files stands for a disk that is full: writing fails in the middle of a shard."""
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)); "
        "from warpsmith.cli import main; main()"
    )
    words = [sys.executable, "-c", script, *JOB, "-o", str(tmp_path), "--workers", "1"]
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "what is complete stays valid, finish with `--resume`" in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr
    assert run("generate", "--resume", "-o", tmp_path).returncode == 0
    assert content(tmp_path) == undisturbed


def test_formats_devices_and_a_configuration_file(tmp_path: Path) -> None:
    config = tmp_path / "job.toml"
    config.write_text(
        f'count = 9\njsonl = true\ndevice = "cuda"\nverify = "none"\noutput = "{tmp_path / "set"}"\n'
        'categories = "trig"\n'
    )
    result = run("generate", "--config", config, "-n", "2")
    assert result.returncode == 0, result.stderr
    assert [path.name for path in (tmp_path / "set" / "data").iterdir()] == ["train-00000-of-00001.jsonl"]
    result = run("generate", "--config", config, "-n", "2", "--overwrite", "-c", "loop")
    assert "loop" in result.stdout


def test_ptx(tmp_path: Path) -> None:
    result = run(
        "generate",
        "-n",
        "1",
        "-c",
        "arithmetic",
        "--level",
        "1",
        "--ptx",
        "--format",
        "json",
        "-o",
        tmp_path,
        "--verify",
        "none",
    )
    assert result.returncode == 0, result.stderr
    assert ".visible .entry" in (tmp_path / "data" / "train-00000000.json").read_text()
