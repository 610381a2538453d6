"""Kernels from elsewhere, to keep a set clear of them: of an earlier set, or of code that is read, not imported."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.reading import format_of
from warpsmith.discover.sources import Found, PassedOver, definitions, nothing_found

_Part = Found[ast.FunctionDef] | Found[ast.ClassDef]


class Foreign(NamedTuple):
    """A kernel from elsewhere: its fingerprint, and a text of it that stands for itself."""

    fingerprint: str
    source: str


def kernels_of_set_file(folder: Path, file: str) -> Iterator[Foreign]:
    """Yield the kernels in a file of a finished data set; raises DatasetError where there is none."""
    form = format_of(read_manifest(folder))
    for row in form.rows(folder / file, ["python_source", "fingerprint"]):
        yield Foreign(row["fingerprint"], row["python_source"])


def kernels_of_code(target: str | Path, passed_over: list[PassedOver] | None = None) -> Iterator[Foreign]:
    """Yield the kernels of a file, folder, module, package or distribution, in the order of its files and lines.

    The text of a kernel has the functions and structs of its file that it names, and those that these name. What
    cannot be read is put into `passed_over`.

    Raises:
        UsageError: there is no such target, or it has no kernels.
    """
    passed_over = [] if passed_over is None else passed_over
    found = False
    for file in definitions(target, passed_over):
        parts: dict[str, _Part] = {struct.name: struct for struct in file.structs}
        parts.update((function.name, function) for function in file.functions)
        for kernel in file.kernels:
            try:
                source = _assembled(kernel, parts)
                yield Foreign(fingerprint(source), source)
                found = True
            except SyntaxError as error:  # lines of a string may stand left of a function that is not at the top
                passed_over.append(PassedOver(kernel.path, f"line {kernel.line}: '{kernel.name}' {error.msg}"))
    if not found:
        raise nothing_found("target", str(target), passed_over)


def _assembled(kernel: Found[ast.FunctionDef], parts: dict[str, _Part]) -> str:
    """Return a text with the kernel and all that it reaches by name in its file."""
    reached: dict[str, _Part] = {}
    waiting: list[_Part] = [kernel]
    while waiting:
        for name in _names(waiting.pop().node):
            if name in parts and name not in reached and parts[name].node is not kernel.node:
                reached[name] = parts[name]
                waiting.append(parts[name])
    imports = [f"import warp as {alias}\n" for alias in kernel.aliases]
    ordered = sorted(reached.values(), key=lambda part: part.line)
    return "\n\n".join(["".join(imports), *(part.source for part in [*ordered, kernel])])


def _names(node: ast.AST) -> Iterator[str]:
    return (part.id for part in ast.walk(node) if isinstance(part, ast.Name))
