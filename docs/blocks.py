"""The blocks of the pages: each name is a function that returns Markdown."""

import inspect
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from click.testing import CliRunner

from benchmarks import browsing, forms, gradients, holdout, memory, near_duplicates, report, startup, verifying
from benchmarks.scaling import figures
from docs import catalog, kernels, profiles, views
from warpsmith.cli import main
from warpsmith.dataset.card import statements
from warpsmith.extract import extract_kernel, extract_source
from warpsmith.record import COLUMNS, SCHEMA_CHANGES, KernelCode, TargetCode
from warpsmith.synth import generate_kernel
from warpsmith.views.table import VIEWS

SHOWN_RECORD = ("loop", 5, 1)
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


def record_side_by_side() -> str:
    """Return a generated kernel beside the statements of its C++ forward function, and its description."""
    source = generate_kernel(*SHOWN_RECORD)
    code = extract_source(source)
    assert isinstance(code, KernelCode)
    assert code.cpu is not None
    cells = (fenced("python", source.python_source), fenced("cpp", statements(code.cpu.forward.text)))
    table = "\n".join(f'<td valign="top">\n\n{cell}\n\n</td>' for cell in cells)
    heads = "<th>python_source</th><th>cpp_forward, its statements</th>"
    return f"> {source.description}\n\n<table>\n<tr>{heads}</tr>\n<tr>\n{table}\n</tr>\n</table>"


def headline() -> str:
    """Return the throughput in one sentence."""
    kept = report.saved()
    naive, one, two = (result.median for result in kept.contest)
    return (
        f"On two cores of an {kept.machine.split(',')[0]} it takes {two:.0f} kernels a second from source to disk, "
        f"{two / naive:.1f} times a naive pipeline\n({one / naive:.1f} times with one worker; verification is not in "
        f"this), and holds its memory: {memory.saved().split(' (')[0]}\n"
        "([how this was measured](docs/benchmarks.md))."
    )


def columns() -> str:
    """Return the table of the columns of a record."""
    rows = ["| Column | Type | Null | Meaning |", "|---|---|---|---|"]
    for column in COLUMNS:
        kind = "struct" if column.type == "provenance" else column.type
        rows.append(f"| `{column.name}` | `{kind}` | {'may be' if column.nullable else 'never'} | {column.meaning} |")
    return "\n".join(rows)


def schema_versions() -> str:
    """Return what each version of the schema of records brought, the newest first."""
    rows = [f"| {version} | {brought} |" for version, brought in sorted(SCHEMA_CHANGES.items(), reverse=True)]
    return "\n".join(["| Schema | Brought |", "|---|---|", *rows])


def command_help(*path: str) -> str:
    """Return the help text of a command as it is printed on a terminal of 100 columns."""
    result = CliRunner().invoke(main, [*path, "--help"], prog_name="warpsmith", terminal_width=100)
    assert result.exit_code == 0
    return fenced("text", result.output)


BLOCKS: dict[str, Callable[[], str]] = {
    "gradients": gradients.table,
    "headline": headline,
    "throughput": lambda: report.tables(report.saved()),
    "memory": memory.saved,
    "scale": figures.saved,
    "startup": startup.saved,
    "browsing": browsing.saved,
    "record side by side": record_side_by_side,
    "record columns": columns,
    "schema versions": schema_versions,
    "section sizes": section_sizes,
    "builtins counts": catalog.counts,
    "builtins types": catalog.types,
    "builtins left out": catalog.left_out,
    "builtins faults": catalog.faults,
    "help": command_help,
    "help generate": partial(command_help, "generate"),
    "help verify": partial(command_help, "verify"),
    "help validate": partial(command_help, "validate"),
    "help stats": partial(command_help, "stats"),
    "help show": partial(command_help, "show"),
    "help report": partial(command_help, "report"),
    "help explore": partial(command_help, "explore"),
    "help export": partial(command_help, "export"),
    "help profile learn": partial(command_help, "profile", "learn"),
    "help profile show": partial(command_help, "profile", "show"),
    "profile tables": profiles.tables,
    "views": views.table,
    "view columns": views.columns,
    **{f"example {name}": partial(views.example, name) for name in VIEWS},
    "forms": forms.saved,
    "verifying": verifying.saved,
    "holdout": holdout.saved,
    "near": near_duplicates.saved,
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
