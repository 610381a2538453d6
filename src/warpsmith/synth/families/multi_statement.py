"""Sequences of statements that build on one another."""

from warpsmith.synth import inputs
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.numbers import draw_number
from warpsmith.synth.statements import assign
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Read two arrays and compute two intermediate values."""
    value_type = draw_number(w, integers=0.2, vectors=0.25)
    for _ in range(2):
        inputs.array(w, value_type)
    if w.choices.chance(0.4):
        inputs.parameter(w, w.precision)
    return [assign.write(w), assign.write(w)]


FAMILY = Family(
    "multi_statement",
    (),
    "several intermediate values that build on one another",
    ("pipeline", "stages", "state", "features", "steps", "terms", "quantities"),
    Style(
        operations=(
            ("arith", 7.0),
            ("vec", 4.0),
            ("exp", 1.5),
            ("trig", 1.5),
            ("minmax", 1.0),
            ("unary", 0.6),
            ("blend", 0.5),
            ("round", 0.3),
        ),
        forms={"assignment": 7, "augmented-assignment": 3, "select": 1, "function-call": 0.6},
        dimensions=(10, 3, 1, 0.4),
    ),
    core,
)
