"""The command as a user starts it, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

COMMAND = str(Path(sys.executable).with_name("warpsmith"))


def start(*arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
    """Start a command in a process group of its own and return the process."""
    environment = {**os.environ, "COLUMNS": "100", **options.pop("environment", {})}
    words = [COMMAND, *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    return subprocess.Popen(words, env=environment, **{**pipes, **options})


def run(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    process = start(*arguments, **options)
    stdout, stderr = process.communicate(timeout=300)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


def content(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file in a folder, hidden ones included."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
