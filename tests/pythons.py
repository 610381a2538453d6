"""The other versions of Python that are here, with what warpsmith needs to run: `make pythons` makes them.

Each has a folder ``.venv-3.X`` with the pins of the lock file; what only development needs is left out.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parent.parent
MINORS = (11, 12, 13)
_PIN = re.compile(r"^([\w.-]+)==(\S+) \\$", re.MULTILINE)
_BLOCK = re.compile(r"^([\w.-]+)==.*\n(?:    .*\n)*", re.MULTILINE)
_WANTED_BY = re.compile(r"^    #(?: via|  ) (.+)$", re.MULTILINE)


def others() -> dict[str, Path]:
    """Return the interpreters of other versions that have what warpsmith needs, as the lock file pins it for all."""
    pins = _PIN.findall(needed((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    script = f"from importlib.metadata import version; print(*map(version, {[name for name, _ in pins]!r}))"
    wanted = " ".join(pin for _, pin in pins)
    found = {}
    for minor in _other_minors():
        candidates = chain([ROOT / f".venv-3.{minor}" / "bin" / "python"], _on_path(minor))
        if python := next((python for python in candidates if _says(python, script) == wanted), None):
            found[f"3.{minor}"] = python
    return found


def needed(lock: str) -> str:
    """Return the part of a lock file that warpsmith needs to run, by the comments that say who wants what."""
    blocks = [(block[1], set(_WANTED_BY.findall(block[0])), block[0]) for block in _BLOCK.finditer(lock)]
    names = {"warpsmith (pyproject.toml)"}
    while more := {name for name, wanted_by, _ in blocks if wanted_by & names} - names:
        names |= more
    return "".join(text for name, _, text in blocks if name in names)


def make(minor: int, python: Path) -> None:
    """Make the folder of a version; where it is up to date, do nothing."""
    folder = ROOT / f".venv-3.{minor}"
    wanted, done = folder / "wanted.txt", folder / "installed.txt"
    lock = needed((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    if done.is_file() and done.read_text(encoding="utf-8") == lock:
        return
    sys.stdout.write(f"making {folder.name} with {python} ...\n")
    subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
    wanted.write_text(lock, encoding="utf-8")
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--requirement", str(wanted)], check=True)
    wanted.rename(done)


def main() -> None:
    """Make all that can be made, and say what is not here."""
    for minor in _other_minors():
        python = next(_on_path(minor), None)
        if python is None:
            sys.stdout.write(f"python3.{minor} is not here\n")
        else:
            make(minor, python)


def _other_minors() -> list[int]:
    return [minor for minor in MINORS if (3, minor) != sys.version_info[:2]]


def _on_path(minor: int) -> Iterator[Path]:
    """Yield the interpreters of a version: that of the path, if it is one, and those that pyenv keeps beside it."""
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    on_path = shutil.which(f"python3.{minor}")
    for python in [*([Path(on_path)] if on_path else []), *sorted(kept.glob(f"3.{minor}.*/bin/python"))]:
        if _says(python, "import ensurepip, sys, venv; print(sys.version_info[1])") == str(minor):
            yield python


def _says(python: Path, script: str) -> str:
    """Return what an interpreter prints; nothing where it is none, as the stand-ins that pyenv puts on the path."""
    if not python.exists():
        return ""
    result = subprocess.run([python, "-c", script], capture_output=True, text=True, check=False)
    return result.stdout.strip() if not result.returncode else ""


if __name__ == "__main__":
    main()
