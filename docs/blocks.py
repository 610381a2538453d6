"""The blocks of the pages: each name is a function that returns Markdown."""

import inspect
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from benchmarks import gradients
from docs import kernels
from warpsmith.extract import extract_kernel
from warpsmith.record import COLUMNS, KernelCode, TargetCode

SHOWN = ("saxpy", "step", "row_sums", "tile_total")


@cache
def code_of(name: str) -> KernelCode:
    """Return the generated code of a kernel of `docs/kernels.py`."""
    return extract_kernel(getattr(kernels, name))


def both(name: str) -> tuple[TargetCode, TargetCode]:
    """Return the code of a kernel for the CPU and for CUDA."""
    code = code_of(name)
    assert code.cpu is not None
    assert code.cuda is not None
    return code.cpu, code.cuda


def fenced(language: str, text: str) -> str:
    """Return a fenced code block."""
    return f"```{language}\n{text.strip()}\n```"


def python(*names: str) -> str:
    """Return the Python text of kernels, functions and structs of `docs/kernels.py`."""
    things: list[Any] = [getattr(kernels, name) for name in names]
    sources = (inspect.getsource(getattr(thing, "func", None) or thing.cls) for thing in things)
    return fenced("python", "\n\n\n".join(source.strip() for source in sources))


def functions(name: str, direction: str) -> str:
    """Return the forward or backward function of a kernel for both targets, one below the other."""
    cpu, cuda = (getattr(code, direction).text for code in both(name))
    return f"CPU:\n\n{fenced('cpp', cpu)}\n\nCUDA:\n\n{fenced('cpp', cuda)}"


def section(name: str, part: str) -> str:
    """Return one section of the CPU code of a kernel."""
    return fenced("cpp", getattr(both(name)[0], part))


def section_sizes() -> str:
    """Return a table of the lines that each section of the shown kernels has."""
    rows = [
        "| Kernel | Target | Structs | Functions | Forward | Backward | Arguments, entry points |",
        "|---|---|" + "---:|" * 5,
    ]
    for name in SHOWN:
        for target, code in zip(("CPU", "CUDA"), both(name), strict=True):
            backward = code.backward.text if code.backward else ""
            parts = (code.structs, code.functions, code.forward.text, backward, code.entry_points)
            rows.append(f"| `{name}` | {target} | " + " | ".join(str(_lines(part)) for part in parts) + " |")
    return "\n".join(rows)


def _lines(text: str) -> int:
    return sum(1 for line in text.splitlines() if line.strip())


def columns() -> str:
    """Return the table of the columns of a record."""
    rows = ["| Column | Type | Null | Meaning |", "|---|---|---|---|"]
    for column in COLUMNS:
        kind = "struct" if column.type == "provenance" else column.type
        rows.append(f"| `{column.name}` | {kind} | {'may be' if column.nullable else 'never'} | {column.meaning} |")
    return "\n".join(rows)


BLOCKS: dict[str, Callable[[], str]] = {
    "gradients": gradients.table,
    "record columns": columns,
    "section sizes": section_sizes,
    "saxpy python": partial(python, "saxpy"),
    "saxpy forward": partial(functions, "saxpy", "forward"),
    "saxpy backward": partial(functions, "saxpy", "backward"),
    "saxpy entry points": partial(section, "saxpy", "entry_points"),
    "step python": partial(python, "Particle", "drag", "step"),
    "step structs": partial(section, "step", "structs"),
    "step functions": partial(section, "step", "functions"),
    "row_sums python": partial(python, "row_sums"),
    "row_sums forward": partial(functions, "row_sums", "forward"),
    "tile_total python": partial(python, "tile_total"),
    "tile_total forward": partial(functions, "tile_total", "forward"),
}
