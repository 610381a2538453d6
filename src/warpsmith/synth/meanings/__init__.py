"""What the registry of Warp does not know of a builtin: its meaning in words, its domain, its range, how it is written.

The overloads themselves come from the catalog. A group of builtins is
one file here; adding a builtin is one line in the table of its group.
"""

from warpsmith.synth.meanings.meaning import Meaning
from warpsmith.synth.meanings.operators import OPERATORS
from warpsmith.synth.meanings.ranges import first
from warpsmith.synth.meanings.rotations import ROTATIONS
from warpsmith.synth.meanings.scalars import SCALAR_MATH
from warpsmith.synth.meanings.specials import SPECIALS
from warpsmith.synth.meanings.vectors import VECTOR_MATH

MEANINGS: dict[str, Meaning] = {**OPERATORS, **SCALAR_MATH, **VECTOR_MATH, **ROTATIONS, **SPECIALS}

# overloads of another arity that mean something else
_OTHER_ARITY: dict[tuple[str, int], Meaning] = {
    ("min", 1): Meaning("minmax", "the smallest component of {0}", "low", first),
    ("max", 1): Meaning("minmax", "the largest component of {0}", "high", first),
}


def meaning_of(builtin: str, arity: int) -> Meaning | None:
    """Return what a builtin means with so many arguments; None where it has no meaning here yet."""
    return _OTHER_ARITY.get((builtin, arity)) or MEANINGS.get(builtin)
