"""The same bytes on every version of Python: those that are found, `make pythons` makes them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import content
from tests.pythons import ROOT, needed, others

FAULTY = """import math

import warp as wp


@wp.kernel
def documented(x: wp.array(dtype=float)):
    \"\"\"Half of it.

        Indented, which Python 3.13 takes from docstrings.
    \"\"\"
    x[wp.tid()] *= 0.5


@wp.kernel
def refused(x: wp.array(dtype=float)):
    x[0] = math.nothing


@wp.kernel
def undefined(x: wp.array(dtype=float)):
    x[0] = nowhere(f"{x[0]}")
"""
_MADE = ("generate", "--shard-size", "40", "--verify", "none", "--workers", "2")
JOBS = {
    "mix": (*_MADE, "-n", "120"),
    "coverage": (*_MADE, "-n", "120", "--profile", "coverage", "--format", "jsonl"),
    "gradients": ("generate", "-n", "6", "-s", "4", "-d", "cpu", "--mismatch", "reject", "--workers", "1"),
    "people": ("extract", "faulty.py", "--format", "json", "--workers", "1"),
}


@pytest.fixture(scope="module")
def interpreters() -> dict[str, Path]:
    """The other interpreters, by their versions."""
    return others()


@pytest.mark.parametrize("job", JOBS)
def test_the_same_bytes_on_every_version(tmp_path: Path, interpreters: dict[str, Path], job: str) -> None:
    if not interpreters:
        pytest.skip("no other Python with what warpsmith needs is here: make pythons")
    (tmp_path / "faulty.py").write_text(FAULTY)
    expected = made(Path(sys.executable), JOBS[job], tmp_path)
    for python in interpreters.values():
        assert made(python, JOBS[job], tmp_path) == expected, f"{python} makes other bytes"


def made(python: Path, job: tuple[str, ...], scratch: Path) -> dict[str, bytes]:
    """Return the files of a data set that an interpreter makes."""
    words = [str(python), "-m", "warpsmith", *job, "--overwrite", "-o", "set"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    result = subprocess.run(words, cwd=scratch, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return content(scratch / "set")


def test_what_is_needed_is_the_lock_without_tools() -> None:
    lock = needed((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert {"click", "msgspec", "numpy", "pyarrow", "rich", "warp-lang", "xxhash"} <= {*_names(lock)}
    assert not {"mypy", "pytest", "ruff"} & {*_names(lock)}
    assert lock.count("--hash=sha256:") >= len(_names(lock))


def _names(lock: str) -> list[str]:
    return re.findall(r"^([\w-]+)==", lock, re.MULTILINE)
