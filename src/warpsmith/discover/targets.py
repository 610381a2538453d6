"""What is to be extracted: files, one kernel of a file, modules and packages, each as modules to be imported."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from warpsmith.discover.files import python_files
from warpsmith.discover.licences import distribution_of
from warpsmith.errors import UsageError
from warpsmith.record import Provenance, ProvenanceKind


@dataclass(frozen=True, slots=True)
class ModuleTarget:
    """One module to import, and what is known of it before that.

    `path` is the file, `name` what it is imported as, from `root` where it is not installed. `shown` is what stands in
    records instead of the path; `kernel` is the only one that is wanted, if any.
    """

    name: str
    path: Path
    shown: str
    kind: ProvenanceKind
    root: Path | None = None
    kernel: str | None = None

    @property
    def is_in_package(self) -> bool:
        """Whether there is a package around the module, or it is one."""
        return "." in self.name or self.path.name == "__init__.py"

    @property
    def package(self) -> str:
        """The name of the package around everything, or of the module itself."""
        return self.name.partition(".")[0]

    def provenance(self, line: int | None = None) -> Provenance:
        """Return the provenance of what stands on a line of the file."""
        found = distribution_of(self.package) if self.kind == "package" else None
        if found is None:
            return Provenance(self.kind, path=self.shown, line=line)
        return Provenance(self.kind, found.name, found.version, found.license, self.shown, line)


def module_targets(targets: Iterable[str]) -> list[ModuleTarget]:
    """Return the modules of targets, in order, each file once.

    Raises:
        UsageError: there is no such file, module or package.
    """
    found: dict[tuple[Path, str | None], ModuleTarget] = {}
    for target in targets:
        for one in _of_target(target):
            found.setdefault((one.path.resolve(), one.kernel), one)
    return list(found.values())


def _of_target(target: str) -> list[ModuleTarget]:
    if not target:
        raise UsageError("target is empty; name a file, folder, module or package")
    path, kernel = Path(target), None
    if not _exists(path) and ":" in target:
        name, _, kernel = target.rpartition(":")
        path = Path(name)
        if not _exists(path) or path.is_dir():
            raise UsageError(f"target '{target}': there is no file '{name}'; name a Python file before the colon")
        if not kernel.isidentifier():
            raise UsageError(f"target '{target}': '{kernel}' is no name of a kernel; write file.py:kernel")
    if _exists(path) and not path.is_dir():
        return [_of_file(path, kernel)]
    if path.is_dir():
        return [_of_file(file, None) for file in python_files(path)]
    return [_installed(file) for file in python_files(target)]


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _of_file(path: Path, kernel: str | None) -> ModuleTarget:
    """Return a file as a module; one that stands in a package is that package's."""
    root, parts = path.resolve().parent, [path.stem]
    while (root / "__init__.py").is_file():
        parts.insert(0, root.name)
        root = root.parent
    name = ".".join(part for part in parts if part != "__init__") or path.stem
    return ModuleTarget(name, path.resolve(), os.fspath(path), "file", root, kernel)


def _installed(path: Path) -> ModuleTarget:
    """Return a file of an installed package as a module, named from where Python looks for packages."""
    resolved = path.resolve()
    root = _import_root(resolved)
    parts = list(resolved.relative_to(root).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    return ModuleTarget(".".join(parts), resolved, resolved.relative_to(root).as_posix(), "package")


def _import_root(path: Path) -> Path:
    places = sorted({Path(entry or ".").resolve() for entry in sys.path}, key=lambda place: -len(place.parts))
    return next((place for place in places if path.is_relative_to(place)), path.parent)
