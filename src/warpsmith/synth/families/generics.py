"""Generic functions: of any type, vector or array, overloaded; generic kernels; expressions of `wp.static`."""

from warpsmith.synth import inputs
from warpsmith.synth.families import generic_functions, static_idioms
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.idioms import Idiom, write_idioms
from warpsmith.synth.writer import KernelWriter, Style

IDIOMS: tuple[Idiom, ...] = (*generic_functions.IDIOMS, *static_idioms.IDIOMS)


def core(w: KernelWriter) -> list[str]:
    """Read an array and write one or two idioms of generic functions and static expressions."""
    inputs.array(w, w.precision)
    return write_idioms(w, IDIOMS)


FAMILY = Family(
    "generics",
    ("generic", "static"),
    "functions of any type, overloads, generic kernels and expressions that wp.static evaluates",
    ("values", "blends", "mixtures", "measures", "norms", "quantities", "samples", "terms"),
    Style(
        operations=(("arith", 8.0), ("vec", 3.0), ("exp", 1.0), ("trig", 1.0), ("minmax", 1.0), ("unary", 0.7)),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1,
            "for-constant": 0.4,
            "for-runtime": 0.4,
            "function-call": 0.3,
        },
        floats=(10.0, 2.5, 1.5, 0.0),
    ),
    core,
)
