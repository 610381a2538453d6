"""Loops inside loops."""

from warpsmith.synth import inputs
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.numbers import draw_number
from warpsmith.synth.statements import nest
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Read an array or two and accumulate in two nested loops."""
    value_type = draw_number(w, integers=0.2, vectors=0.1)
    inputs.arrays(w, value_type, {1: 4, 2: 1})
    return [nest.FORM.write(w)]


FAMILY = Family(
    "nested_loop",
    (),
    "two or three nested loops",
    ("stencil", "blocks", "grid", "pairs", "tables", "convolution", "patches"),
    Style(
        operations=(("arith", 8.0), ("minmax", 1.0), ("exp", 0.7), ("trig", 0.7), ("vec", 2.0)),
        forms={
            "assignment": 3,
            "augmented-assignment": 2,
            "select": 0.6,
            "branch": 1,
            "for-constant": 1.5,
            "for-runtime": 1.5,
            "nested-for": 1,
        },
        dimensions=(10, 2.5, 0.6, 0.0),
    ),
    core,
)
