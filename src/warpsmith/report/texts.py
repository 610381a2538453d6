"""Records as a page has them: texts as numbers of lines, for C++ and CUDA have most of their lines in common."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """A part of a target's text, and for each of its lines the line of Python that it comes from (0: none).

    It stands in the text from line `first` (counted from 0) on, or has `lines` of its own where it does not.
    """

    origins: list[int]
    first: int = 0
    lines: list[int] | None = None


class Code(msgspec.Struct, frozen=True):
    """The text of one target, as numbers of lines; a part that was not generated is None."""

    lines: list[int]
    forward: Part | None
    backward: Part | None


class Texts(msgspec.Struct, frozen=True):
    """The texts of a record, as numbers of lines; what a record has not is None."""

    python: list[int]
    cpp: Code | None
    cuda: Code | None
    ptx: list[int] | None


class LineTable:
    """Lines, each of which stands once; a number is a place in `lines`."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def lines(self) -> list[str]:
        """The lines by their numbers."""
        return list(self._numbers)

    def add(self, text: str) -> list[int]:
        """Return the numbers of a text's lines."""
        return [self._numbers.setdefault(line, len(self._numbers)) for line in _lines(text)]


def texts_of(row: Mapping[str, Any], table: LineTable) -> Texts:
    """Return the texts of a row (the columns of `warpsmith.record.COLUMNS`), their lines in the table."""
    ptx = row["ptx"]
    return Texts(
        table.add(row["python_source"]), _code(row, "cpp", table), _code(row, "cuda", table), ptx and table.add(ptx)
    )


def _code(row: Mapping[str, Any], target: str, table: LineTable) -> Code | None:
    if row[target] is None:
        return None
    forward, backward = (_part(row, target, side, table) for side in ("forward", "backward"))
    return Code(table.add(row[target]), forward, backward)


def _part(row: Mapping[str, Any], target: str, side: str, table: LineTable) -> Part | None:
    text: str | None = row[f"{target}_{side}"]
    if text is None:
        return None
    origins = _as_long(row[f"{target}_{side}_lines"] or [], len(_lines(text)))
    whole = row[target]
    place = whole.find(text)
    if place < 0 or (place and whole[place - 1] != "\n"):
        return Part(origins, lines=table.add(text))
    return Part(origins, first=whole.count("\n", 0, place))


def _as_long(origins: Sequence[int], length: int) -> list[int]:
    return [*origins[:length], *[0] * (length - len(origins))]


def _lines(text: str) -> list[str]:
    """Return the lines of a text; only a newline ends one, as in the line maps of a record."""
    return text.removesuffix("\n").split("\n")
