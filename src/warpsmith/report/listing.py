"""The list of a page: of each record what it is searched, filtered and shown by, column by column."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

_CHECKS = ("compiles_cpu", "compiles_cuda", "runs", "finite")
_GRADIENTS = ("match", "mismatch", "nondifferentiable")
UNCHECKED = "unchecked"


class Words:
    """Strings that stand often, each once; a number is a place in `known`."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def known(self) -> list[str]:
        """The strings by their numbers."""
        return list(self._numbers)

    def add(self, word: str) -> int:
        """Return the number of a string."""
        return self._numbers.setdefault(word, len(self._numbers))


class Listing:
    """Columns of records that are added one by one; `encode` gives the JSON that the page reads."""

    def __init__(self) -> None:
        self._columns: dict[str, list[Any]] = {}
        self._words = {name: Words() for name in ("category", "split", "builtins", "verdicts", "origin")}

    def add(self, row: Mapping[str, Any], split: str, number: int) -> None:
        """Add a record: its row, its split and its number in the set."""
        provenance = row["provenance"]
        values = {
            "number": number,
            "id": row["id"],
            "name": row["kernel_name"],
            "description": row["description"],
            "level": row["level"],
            "lines": row["python_source"].rstrip("\n").count("\n") + 1,
            "category": self._words["category"].add(row["category"]),
            "split": self._words["split"].add(split),
            "origin": self._words["origin"].add(_origin(provenance)),
            "builtins": [self._words["builtins"].add(name) for name in row["builtins"]],
            "verdicts": [self._words["verdicts"].add(verdict) for verdict in verdicts(row)],
        }
        for name, value in values.items():
            self._columns.setdefault(name, []).append(value)

    def encode(self) -> bytes:
        """Return the columns, and the words that numbers in them stand for."""
        words = {name: words.known for name, words in self._words.items()}
        return msgspec.json.encode({"columns": self._columns, "words": words})


def verdicts(row: Mapping[str, Any]) -> list[str]:
    """Return what was proved of a record as words: ``runs``, ``runs: no``; what was not checked is not among them."""
    checks = [name if row[name] else f"{name}: no" for name in _CHECKS if row[name] is not None]
    gradient = row["gradient"]
    return [*checks, *([f"gradient: {gradient}"] if gradient in _GRADIENTS else [])] or [UNCHECKED]


def _origin(provenance: Mapping[str, Any]) -> str:
    """Return the package or file that a kernel comes from; what warpsmith wrote comes from nowhere."""
    named: Sequence[str | None] = (provenance["package"], provenance["path"])
    return next((name for name in named if name), "")
