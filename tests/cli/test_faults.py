"""Disks that are full, rights that are lost, clocks that are wrong, runs that meet: one line, and nothing is lost."""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import content, run, start
from tests.cli.disks import enlarge, obedient, small_disk

_WORDS = "generate -n 24 --shard-size 6 -c vector --level 1-2 -s 3 --verify none --workers 1 --format json"
JOB = tuple(_WORDS.split())
LOST = "what is complete stays valid, finish with `--resume`"


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The bytes of a run that nothing happened to."""
    folder = tmp_path_factory.mktemp("undisturbed") / "set"
    result = run(*JOB, "-o", folder)
    assert result.returncode == 0, result.stderr
    return content(folder)


def stopped(folder: Path, kernels: int, **options: Any) -> subprocess.Popen[str]:
    """Begin a job and have it stand still when so many kernels are made; one that was done before that begins again."""
    said = folder.with_name("said")
    for _ in range(8):
        with said.open("w") as stream:
            process = start(*JOB, "--overwrite", "-o", folder, stderr=stream, **options)
        while process.poll() is None and f"{kernels} of 24 kernels" not in said.read_text():
            time.sleep(0.005)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGSTOP)
            if not (folder / "manifest.json").exists():
                return process
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    raise AssertionError(f"eight jobs were done before they could be stopped: {said.read_text()}")


def continued(process: subprocess.Popen[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Let a job that stands still go on to its end."""
    os.killpg(process.pid, signal.SIGCONT)
    stdout, _ = process.communicate(timeout=300)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, folder.with_name("said").read_text())


def failed_in_one_line(result: subprocess.CompletedProcess[str], line: str) -> None:
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert result.stderr.splitlines()[-1].startswith("warpsmith: ")
    assert line in result.stderr.splitlines()[-1]


def finished(folder: Path, expected: dict[str, bytes]) -> None:
    """Finish a job and compare every byte."""
    result = run(*JOB, "--resume", "-o", folder)
    assert result.returncode == 0, result.stderr
    assert content(folder) == expected


@pytest.mark.parametrize("options", ["size=4k", "size=160k", "size=4m,nr_inodes=36"])
def test_a_full_disk(undisturbed: dict[str, bytes], tmp_path: Path, options: str) -> None:
    """It is full at once, in the middle of a shard, or has no room for the name of one more file."""
    with small_disk(tmp_path / "disk", options) as disk:
        failed_in_one_line(run(*JOB, "-o", disk / "set"), f"No space left on device; {LOST}")
        enlarge(disk)
        finished(disk / "set", undisturbed)


def test_a_disk_that_is_full_at_the_end(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    """There is room for the kernels, but not for what is written when all are made."""
    with small_disk(tmp_path / "disk", "size=100m") as disk:
        process = stopped(disk / "set", 24)
        with (disk / "ballast").open("wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize)
        failed_in_one_line(continued(process, disk / "set"), f"No space left on device; {LOST}")
        (disk / "ballast").unlink()
        finished(disk / "set", undisturbed)


def test_a_full_disk_of_temporary_files_is_no_fault_of_a_kernel(tmp_path: Path) -> None:
    words = ("generate", "-n", "2", "-c", "math", "--verify", "compile", "-d", "cpu", "--workers", "1")
    with small_disk(tmp_path / "disk", "size=3m") as disk:
        result = run(*words, "-o", tmp_path / "set", environment={"TMPDIR": str(disk)})
        assert result.returncode == 1
        line = f"{disk}: No space left on device; make room for temporary files, or name another folder in TMPDIR"
        assert line in result.stderr.splitlines()[-1]
    result = run(*words, "-o", tmp_path / "set", "--resume")
    assert result.returncode == 0, result.stderr
    assert not (tmp_path / "set" / "rejected").exists()


@pytest.mark.parametrize("kernels", [6, 24])
def test_rights_that_are_lost_on_the_way(undisturbed: dict[str, bytes], tmp_path: Path, kernels: int) -> None:
    folder = tmp_path / "set"
    process = stopped(folder, kernels, **obedient(tmp_path))
    rooms = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for path in rooms:
        path.chmod(0o500)
    result = continued(process, folder)
    for path in rooms:
        path.chmod(0o755)
    failed_in_one_line(result, f"Permission denied; {LOST}")
    finished(folder, undisturbed)


@pytest.mark.parametrize("years", [-40, 60])
def test_clocks_that_are_wrong(undisturbed: dict[str, bytes], tmp_path: Path, years: int) -> None:
    """Files are of other times than the processes that meet them, and these go by another clock."""
    folder, seconds = tmp_path / "set", years * 31_556_952
    process = stopped(folder, 12)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    for number, path in enumerate([folder, *sorted(folder.rglob("*"))]):
        os.utime(path, (time.time() + seconds - number, time.time() + seconds - number))
    (tmp_path / "sitecustomize.py").write_text(f"import time\nnow = time.time\ntime.time = lambda: now() - {seconds}\n")
    clock = {"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    result = run(*JOB, "--resume", "-o", folder, environment=clock)
    assert result.returncode == 0, result.stderr
    assert content(folder) == undisturbed


def test_a_second_run_is_refused_and_does_no_harm(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    process = stopped(tmp_path / "set", 6)
    refused = [run(*JOB, *words, "-o", tmp_path / "set") for words in ((), ("--resume",), ("--overwrite",))]
    result = continued(process, tmp_path / "set")
    for other in refused:
        assert (other.stdout, other.stderr.count("\n")) == ("", 1)
        failed_in_one_line(other, "is being written into by another run; wait for it or end it")
    assert result.returncode == 0, result.stderr
    assert content(tmp_path / "set") == undisturbed


def test_runs_that_start_at_once(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "set"
    processes = [start(*JOB, "--resume", "-o", folder) for _ in range(3)]
    said = [process.communicate(timeout=300)[1] for process in processes]
    codes = [process.returncode for process in processes]
    assert set(codes) <= {0, 2}, said
    assert 0 in codes
    assert all("by another run" in stderr for code, stderr in zip(codes, said, strict=True) if code)
    assert content(folder) == undisturbed


def test_the_lock_of_a_dead_run_holds_nobody_up(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    """Its leader alone is killed, and the next run is there before the workers can have gone."""
    process = stopped(tmp_path / "set", 6)
    process.kill()
    finished(tmp_path / "set", undisturbed)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def test_a_lock_file_of_another_program_is_kept(tmp_path: Path) -> None:
    """What is not of warpsmith is neither taken for a lock nor removed."""
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / ".lock").touch()
    result = run(*JOB, "--overwrite", "-o", tmp_path / "set")
    failed_in_one_line(result, "holds '.lock', which is not of warpsmith")
    assert [path.name for path in (tmp_path / "set").iterdir()] == [".lock"]
