"""A record drawn: Python on the left, generated code on the right, joined by line numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

SIDE_BY_SIDE = 130
_THEME = "ansi_dark"


def print_record(row: Mapping[str, Any], part: str) -> None:
    """Print one part of a row's generated code (``cpp_forward``, ``cuda``, ...) beside its Python."""
    console = Console()
    python = row["python_source"].rstrip("\n")
    left = _listing(python, "python", range(1, python.count("\n") + 2))
    code = row[part].rstrip("\n")
    right = _listing(code, "cuda" if part.startswith("cuda") else "cpp", row.get(f"{part}_lines"))
    console.print(_heading(row))
    if console.width < SIDE_BY_SIDE:
        console.print(Rule("Python", align="left"), left, Rule(part, align="left"), right)
        return
    table = Table.grid(expand=True, padding=(0, 2))
    table.add_column("Python", ratio=2)
    table.add_column(part, ratio=3)
    table.add_row(Rule("Python", align="left"), Rule(part, align="left"))
    table.add_row(left, right)
    console.print(table)


def _heading(row: Mapping[str, Any]) -> RenderableType:
    where = row["provenance"]["index"]
    number = "" if where is None else f"  record {where}"
    title = Text.assemble(
        (row["kernel_name"], "bold"), f"  {row['category']}, level {row['level']}  {row['id']}{number}"
    )
    return Padding(Text("\n").join([title, Text(row["description"])]), (0, 0, 1, 0))


def _listing(code: str, language: str, numbers: Sequence[int] | None) -> Table:
    """Return highlighted lines, each with its number before it; 0 is no number."""
    highlighted = Syntax("", language, theme=_THEME, background_color="default").highlight(code).split("\n")
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for position, line in enumerate(highlighted[: code.count("\n") + 1]):
        number = numbers[position] if numbers and position < len(numbers) else 0
        table.add_row(str(number or ""), line)
    return table
