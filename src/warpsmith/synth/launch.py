"""The recipe of a launch: dimensions and, for each argument, how it is made so that the kernel stays in its domain.

Written as JSON into the record's `launch` column:

``{"dim": [64], "seed": 7, "arguments": [{"name": "x", "kind": "array", "dtype": "float32", "shape": [64],
"low": -2.0, "high": 2.0}, {"name": "n", "kind": "scalar", "dtype": "int32", "value": 64}, …]}``

Arrays are filled with uniform random numbers from `low` to `high` (integers: both included), outputs with zeros
(``"low": 0, "high": 0``). An argument of kind ``struct`` and an array with ``fields`` list their fields the same way.
"""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple


class Filling(NamedTuple):
    """What a value is filled with: uniform from `low` to `high`."""

    dtype: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ArrayArgument:
    """An array of numbers, vectors or matrices."""

    name: str
    shape: tuple[int, ...]
    filling: Filling

    def recipe(self) -> dict[str, Any]:
        """Return the argument as the recipe writes it."""
        return {"name": self.name, "kind": "array", "shape": list(self.shape), **self.filling._asdict()}


@dataclass(frozen=True, slots=True)
class ScalarArgument:
    """A value that is the same for all threads: a number, or a vector or matrix given by its components."""

    name: str
    dtype: str
    value: float | int | bool | tuple[float, ...]

    def recipe(self) -> dict[str, Any]:
        """Return the argument as the recipe writes it."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {"name": self.name, "kind": "scalar", "dtype": self.dtype, "value": value}


@dataclass(frozen=True, slots=True)
class StructArgument:
    """A struct (`shape` is empty) or an array of structs."""

    name: str
    struct: str
    shape: tuple[int, ...]
    fields: tuple[tuple[str, Filling], ...]

    def recipe(self) -> dict[str, Any]:
        """Return the argument as the recipe writes it."""
        kind = "array" if self.shape else "struct"
        fields = {name: filling._asdict() for name, filling in self.fields}
        return {"name": self.name, "kind": kind, "struct": self.struct, "shape": list(self.shape), "fields": fields}


Argument = ArrayArgument | ScalarArgument | StructArgument


def recipe(dim: tuple[int, ...], seed: int, arguments: tuple[Argument, ...]) -> str:
    """Return the recipe of a launch as JSON."""
    content = {"dim": list(dim), "seed": seed, "arguments": [argument.recipe() for argument in arguments]}
    return json.dumps(content, separators=(",", ":"))
