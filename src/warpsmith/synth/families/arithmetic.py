"""Elementwise arithmetic on arrays of numbers of every width."""

from warpsmith.synth import inputs
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.numbers import draw_number
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Read two or three arrays of one type."""
    value_type = draw_number(w, integers=0.4, vectors=0.1)
    inputs.arrays(w, value_type, {2: 3, 3: 1})
    return []


FAMILY = Family(
    "arithmetic",
    ("elementwise",),
    "elementwise sums, differences, products and quotients of arrays",
    ("values", "elements", "sums", "ratios", "terms", "differences", "products"),
    Style(
        operations=(("arith", 10.0), ("bits", 1.0), ("minmax", 0.6), ("unary", 0.5)),
        forms={"assignment": 6, "augmented-assignment": 4, "function-call": 0.5},
        dimensions=(8, 3, 1.5, 0.7),
        floats=(8, 2.5, 1.2, 0.5),
    ),
    core,
)
