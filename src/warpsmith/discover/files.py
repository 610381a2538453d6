"""The Python files that a name stands for: a path, a module, a package, a distribution. None of them is executed."""

import importlib.metadata
import importlib.util
from collections.abc import Iterable, Sequence
from pathlib import Path

from warpsmith.errors import UsageError


def python_files(target: str | Path) -> list[Path]:
    """Return the Python files of a target, in a fixed order.

    A target is a file, a folder, a module or package by its dotted name, or an installed distribution. What exists as a
    path is taken as a path. Packages above a dotted name are looked up, not imported.

    Raises:
        UsageError: there is no such thing, or it has no Python files.
    """
    name, path = str(target), Path(target)
    if not name:
        raise UsageError("target is empty; name a file, folder, module or package")
    try:
        if path.is_file():
            return [path]
        is_folder = path.is_dir()
        files = _once(_below([path]) if is_folder else _of_module(name) or _of_distribution(name))
    except OSError as error:
        raise UsageError(f"'{target}' cannot be read: {error.strerror}; name another file or package") from None
    if not files and is_folder:
        raise UsageError(f"'{target}' has no Python files in it; name a folder that has")
    if not files:
        raise UsageError(f"'{target}' is no Python file, folder, module or package with sources that can be found here")
    return files


def _once(files: Iterable[Path]) -> list[Path]:
    """Leave out files that earlier ones are links to, or the other way round."""
    found: dict[Path, Path] = {}
    for path in files:
        found.setdefault(path.resolve(), path)
    return list(found.values())


def _of_module(name: str) -> list[Path]:
    first, *rest = name.split(".")
    if not all(part.isidentifier() for part in (first, *rest)):
        return []
    places = _top(first)
    for part in rest:
        places = _inside([place for place in places if place.is_dir()], part)
    return [path for place in places for path in ([place] if place.is_file() else _below([place]))]


def _top(name: str) -> list[Path]:
    """Return the file of a module, or the folders of a package, that stands in no other package."""
    try:
        spec = importlib.util.find_spec(name)
    except ValueError:  # a module of this process that does not know where it came from
        return []
    if spec is None:
        return []
    if spec.submodule_search_locations is not None:
        return [Path(location) for location in spec.submodule_search_locations]
    return [Path(spec.origin)] if spec.origin and spec.origin.endswith(".py") else []


def _inside(folders: Sequence[Path], part: str) -> list[Path]:
    """Return what a name means in a package, in Python's order, though nothing is imported."""
    for folder in folders:
        if (folder / part / "__init__.py").is_file():
            return [folder / part]
        if (folder / f"{part}.py").is_file():
            return [folder / f"{part}.py"]
    return [folder / part for folder in folders if (folder / part).is_dir()]


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
