"""The blocks of docs/views.md: what every view shows, asks for and claims, and an example of each."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from warpsmith.extract import extract_source
from warpsmith.record import KernelCode, Record, Verdict
from warpsmith.synth import generate_kernel
from warpsmith.views.columns import columns_of
from warpsmith.views.entry import LeftOut, pair_of
from warpsmith.views.table import VIEWS
from warpsmith.views.view import Claim, Piece

EXAMPLE = ("loop", 5, 1)
HEAD, TAIL = 14, 6


@cache
def record() -> dict[str, Any]:
    """Return the record of the examples, the one that the README shows."""
    source = generate_kernel(*EXAMPLE)
    code = extract_source(source)
    assert isinstance(code, KernelCode)
    verdict = Verdict(compiles_cpu=True, compiles_cuda=True, runs=True, finite=True, gradient="match")
    return Record(source, code, "", verdict, "", "").row()


def table() -> str:
    """Return a table of all views and their variants."""
    rows = ["| View | Variant | The prompt shows | The completion is | A record enters if |", "|---|---|---|---|---|"]
    for view in VIEWS.values():
        for number, (variant, task) in enumerate(view.tasks.items()):
            option = f"`--{view.choice} {variant}`" if view.choice else ""
            default = ", the default" if view.choice and number == 0 else ""
            name = f"`{view.name}`" if number == 0 else ""
            claims = "<br>".join(_claim(claim) for claim in task.claims)
            given = "<br>".join(_piece(piece) for piece in task.given)
            rows.append(f"| {name} | {option}{default} | {given} | {_piece(task.answer)} | {claims} |")
    return "\n".join(rows)


def _claim(claim: Claim) -> str:
    return f"`{claim.column}` is {str(claim.value).lower()}"


def _piece(piece: Piece) -> str:
    if piece.label == "The text to complete":
        return "`python_source` without the bodies"
    if piece.label.endswith("before the kernel"):
        return f"`{piece.columns[0]}` up to the kernel"
    if len(piece.columns) == 2:
        return f"`{piece.columns[0]}` up to the end of `{piece.columns[1]}`"
    return f"`{piece.columns[0]}`"


def columns() -> str:
    """Return the table of the columns that every export has beside those of its form."""
    rows = ["| Column | Type | Meaning |", "|---|---|---|"]
    rows += [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in columns_of(tokens=True)]
    return "\n".join(rows)


def example(name: str) -> str:
    """Return the prompt and the completion that a view makes of the record of the examples, cut short."""
    task = next(iter(VIEWS[name].tasks.values()))
    pair = pair_of(task, record(), task.comments, unverified=False)
    assert not isinstance(pair, LeftOut)
    prompt, completion = (_short(text.splitlines()) for text in pair)
    return f"Prompt:\n\n````text\n{prompt}\n````\n\nCompletion:\n\n````text\n{completion}\n````"


def _short(lines: Sequence[str]) -> str:
    if len(lines) <= HEAD + TAIL + 12:
        return "\n".join(lines)
    left_out = len(lines) - HEAD - TAIL
    return "\n".join([*lines[:HEAD], f"… {left_out} lines …", *lines[-TAIL:]])
