"""The pieces of records that views show and ask for."""

import re
from typing import Literal

from warpsmith.views.skeleton import skeleton
from warpsmith.views.view import Piece, Row

Code = Literal["cpp", "cuda"]
CODES: tuple[Code, ...] = ("cpp", "cuda")
MADE_FOR: dict[Code, str] = {"cpp": "C++ for the CPU", "cuda": "CUDA"}

_SUMMED = re.compile(r"(?:^|\. )Then (?:name|store|stop|skip|branch|loop|use|make|take) ")


def _description(row: Row) -> str | None:
    """Return what a kernel does, unless the end of it is only counted: "Then name 2 values and store a value."."""
    description: str = row["description"]
    return None if _SUMMED.search(description) else description


PYTHON = Piece("Python", "python", ("python_source",), lambda row: row["python_source"])
DESCRIPTION = Piece("", "text", ("description",), _description, missing="no description that tells every step")
SKELETON = Piece(
    "The text to complete",
    "python",
    ("python_source",),
    lambda row: skeleton(row["python_source"]),
    missing="no text that can be parsed",
)


def forward(code: Code) -> Piece:
    """Return the forward function alone."""
    column = f"{code}_forward"
    return Piece(f"{MADE_FOR[code]}, the forward function", code, (column,), lambda row: row[column])


def backward(code: Code) -> Piece:
    """Return the adjoint function alone."""
    column = f"{code}_backward"
    return Piece(f"{MADE_FOR[code]}, the adjoint function", code, (column,), lambda row: row[column])


def whole(code: Code) -> Piece:
    """Return the module without the preamble: structs, functions, forward, adjoint, entry points."""
    return Piece(f"{MADE_FOR[code]}, the module", code, (code,), lambda row: row[code])


def part(code: Code, name: str) -> Piece:
    """Return the forward function, the adjoint or the module, by the name that the option `--part` has for it."""
    return {"forward": forward, "backward": backward, "whole": whole}[name](code)


def before(code: Code) -> Piece:
    """Return what the forward function refers to: all that stands before it in the module, which may be nothing."""

    def text(row: Row) -> str | None:
        cut = _cut(row, code)
        return None if cut is None else row[code][: cut[0]]

    return Piece(f"{MADE_FOR[code]}, what stands before the kernel", code, (code, f"{code}_forward"), text)


def up_to_forward(code: Code) -> Piece:
    """Return the module up to the end of the forward function: structs, functions and the kernel, not its adjoint."""

    def text(row: Row) -> str | None:
        cut = _cut(row, code)
        return None if cut is None else row[code][: cut[1]]

    return Piece(MADE_FOR[code], code, (code, f"{code}_forward"), text)


def _cut(row: Row, code: Code) -> tuple[int, int] | None:
    """Return where the forward function begins and ends in the module, or None where there is no such code."""
    module, function = row[code], row[f"{code}_forward"]
    if module is None or function is None or (start := module.find(function)) < 0:
        return None
    return start, start + len(function)
