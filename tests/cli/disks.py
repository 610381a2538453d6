"""Disks that can be filled, and users whom permissions stop: a test that cannot have them here is skipped."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[Path]:
    """Mount a file system in memory, for instance with ``size=1m``, and take it away again."""
    folder.mkdir()
    if _mount("-t", "tmpfs", "-o", options, "none", str(folder)):
        pytest.skip("a small disk needs the right to mount one")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def enlarge(disk: Path) -> None:
    """Give a small disk as much room as anybody needs."""
    assert not _mount("-o", "remount,size=100m,nr_inodes=10k", str(disk))


def _mount(*words: str) -> int:
    try:
        return subprocess.run(["mount", *words], capture_output=True, check=False).returncode
    except FileNotFoundError:
        return 127


def obedient(folder: Path) -> dict[str, Any]:
    """Return the options that start a process which permissions stop; root is stopped by them without two rights."""
    options: dict[str, Any] = {} if os.getuid() else {"preexec_fn": _give_up_rights}
    locked = folder / "locked"
    locked.mkdir(mode=0o500)
    words = [sys.executable, "-c", f"open({str(locked / 'file')!r}, 'w')"]
    if not subprocess.run(words, capture_output=True, check=False, **options).returncode:
        pytest.skip("permissions stop nobody here")
    return options


def _give_up_rights() -> None:
    for right in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
        ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, right)
