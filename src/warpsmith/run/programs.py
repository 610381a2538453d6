"""A program's kernels to a data set: it is run in a process of its own, as its user would run it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.store import Store
from warpsmith.errors import DatasetError, UsageError
from warpsmith.run.collecting import collect
from warpsmith.run.folder import claimed
from warpsmith.run.people import PeopleConfig
from warpsmith.run.state import WorkFolder
from warpsmith.run.yields import Yield


class Ran(NamedTuple):
    """What came of a program: how it ended, and the set of its kernels, if there were any."""

    code: int
    manifest: Manifest | None


def capture_program(
    config: PeopleConfig, script: Path, arguments: Sequence[str], folder: Path, *, overwrite: bool = False
) -> Ran:
    """Run a program, whose streams are those of this process, and fill a folder with the kernels that it built.

    Raises:
        UsageError: there is no such program, or the folder cannot be used.
        DatasetError: the disk takes no more.
    """
    if not script.is_file():
        raise UsageError(f"script '{script}' is no file; name a Python program")
    try:
        with (
            claimed(folder, resume=False, overwrite=overwrite),
            tempfile.TemporaryDirectory(prefix="warpsmith-") as room,
        ):
            spool = Path(room) / "kernels.jsonl"
            module = [sys.executable, "-m", "warpsmith.run.recorder"]
            ended = subprocess.run([*module, str(spool), config.device, str(script), *arguments], check=False)
            lines = _lines(spool)
            if not any(line.row is not None for line in lines):
                return Ran(ended.returncode, None)
            manifest = collect(folder, config, lines)
            WorkFolder(Store(folder)).remove()
            return Ran(ended.returncode, manifest)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise DatasetError(f"{folder}: {reason}; mend that and start again with `--overwrite`") from error


def _lines(spool: Path) -> list[Yield]:
    if not spool.exists():
        return []
    return list(_decoded(spool.read_bytes().splitlines()))


def _decoded(lines: Iterable[bytes]) -> Iterable[Yield]:
    return (msgspec.json.decode(line, type=Yield) for line in lines)
