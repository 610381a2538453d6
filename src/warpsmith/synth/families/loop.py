"""Kernels that accumulate in a loop over constant or run-time ranges, or until a bound is reached."""

from warpsmith.synth import inputs
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.numbers import draw_number
from warpsmith.synth.statements import loop
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Read one or two arrays and accumulate in a loop."""
    value_type = draw_number(w, integers=0.25, vectors=0.15)
    inputs.arrays(w, value_type, {1: 3, 2: 1})
    write = w.choices.weighted((loop.write_constant, loop.write_runtime, loop.write_while), (4, 4, 2))
    return [write(w)]


FAMILY = Family(
    "loop",
    (),
    "sums, extremes and decays accumulated in for and while loops",
    ("series", "totals", "neighbors", "window", "steps", "iterations", "history"),
    Style(
        operations=(("arith", 8.0), ("minmax", 1.0), ("exp", 1.0), ("trig", 1.0), ("unary", 0.5), ("vec", 2.0)),
        forms={
            "assignment": 3,
            "augmented-assignment": 2,
            "select": 0.8,
            "branch": 1,
            "for-constant": 1.5,
            "for-runtime": 1.5,
            "while": 0.7,
            "function-call": 0.4,
        },
        dimensions=(10, 2.5, 0.6, 0.0),
    ),
    core,
)
