"""The Python files that a name stands for: a path, a module, a package, a distribution. None of them is executed."""

import importlib.metadata
import importlib.util
from collections.abc import Iterable
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path

from warpsmith.errors import UsageError


def python_files(target: str | Path) -> list[Path]:
    """Return the Python files of a target, in a fixed order.

    A target is a file, a folder, a module or package by its dotted name, or an installed distribution. What exists as a
    path is taken as a path. Packages above a dotted name are looked up, not imported.

    Raises:
        UsageError: there is no such thing, or it has no Python files.
    """
    path = Path(target)
    if path.is_file():
        return [path]
    if path.is_dir():
        files = _below([path])
    else:
        name = str(target)
        files = _of_module(name) or _of_distribution(name)
    if not files:
        raise UsageError(f"'{target}' is no Python file, folder, module or package with sources that can be found here")
    return files


def _of_module(name: str) -> list[Path]:
    spec = _find(name)
    if spec is None:
        return []
    if spec.submodule_search_locations is not None:
        return _below(Path(location) for location in spec.submodule_search_locations)
    origin = Path(spec.origin or "")
    return [origin] if origin.suffix == ".py" and origin.is_file() else []


def _find(name: str) -> ModuleSpec | None:
    """Find a module without importing the packages that it stands in, as `find_spec` would."""
    first, *rest = name.split(".")
    if not all(part.isidentifier() for part in (first, *rest)):
        return None
    try:
        spec = importlib.util.find_spec(first)
    except ValueError:  # a module of this process that does not know where it came from
        return None
    for part in rest:
        if spec is None or spec.submodule_search_locations is None:
            return None
        spec = PathFinder.find_spec(f"{spec.name}.{part}", list(spec.submodule_search_locations))
    return spec


def _of_distribution(name: str) -> list[Path]:
    try:
        entries = importlib.metadata.files(name) or []
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return []
    return sorted(Path(str(entry.locate())) for entry in entries if entry.suffix == ".py")


def _below(folders: Iterable[Path]) -> list[Path]:
    """Return the Python files below some folders, hidden ones left out."""
    return [
        path
        for folder in folders
        for path in sorted(folder.rglob("*.py"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
