"""Mathematical functions of one or two numbers: trigonometry, exponentials, roots, rounding."""

from warpsmith.synth import inputs
from warpsmith.synth.families.family import Family
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Read one or two arrays of floating-point numbers and take a function of one."""
    inputs.arrays(w, w.precision, {1: 2, 2: 1})
    if w.choices.chance(0.3):
        inputs.parameter(w, w.precision)
    return []


FAMILY = Family(
    "math",
    ("unary", "trig"),
    "trigonometric, exponential, power and rounding functions of array elements",
    ("waves", "curves", "phases", "responses", "envelope", "amplitude", "spectrum"),
    Style(
        operations=(
            ("trig", 6.0),
            ("exp", 6.0),
            ("round", 2.0),
            ("unary", 1.5),
            ("blend", 1.0),
            ("arith", 2.5),
            ("minmax", 0.7),
        ),
        forms={"assignment": 6, "augmented-assignment": 2, "select": 0.6, "function-call": 0.7},
        floats=(8, 2.5, 1.0, 0.5),
    ),
    core,
)
