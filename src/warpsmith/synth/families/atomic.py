"""Reductions and histograms: many threads update shared cells atomically."""

from warpsmith.synth import inputs
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.numbers import draw_number
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Read one or two arrays; the result is shared at the end."""
    value_type = draw_number(w, integers=0.35, vectors=0.15)
    inputs.arrays(w, value_type, {1: 2, 2: 2})
    if w.choices.chance(0.25):
        inputs.parameter(w, value_type)
    w.shares_result = True
    return []


FAMILY = Family(
    "atomic",
    ("reduction",),
    "sums, extremes and histograms shared by atomic operations",
    ("total", "histogram", "sum", "maximum", "energy", "bins", "extent"),
    Style(
        operations=(("arith", 8.0), ("minmax", 1.0), ("exp", 1.0), ("trig", 0.6), ("unary", 1.0), ("vec", 3.0)),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1,
            "early-return": 1,
            "atomic": 1.5,
            "function-call": 0.4,
        },
        dimensions=(10, 3, 1, 0.4),
    ),
    core,
)
