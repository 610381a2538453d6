"""Small numerical methods: roots, steps in time, quadrature, interpolation, series and recurrences."""

from warpsmith.synth.families.family import Family
from warpsmith.synth.families.numerics_roots import ROOTS
from warpsmith.synth.families.numerics_series import SERIES
from warpsmith.synth.families.numerics_steps import STEPS
from warpsmith.synth.families.repertoire import play, season
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Apply a numerical method to what the inputs say."""
    words = play(w, (*ROOTS, *STEPS, *SERIES))
    season(w)
    return words


FAMILY = Family(
    "numerics",
    ("numerical", "solvers"),
    "root finding, time stepping, quadrature, interpolation, series and recurrences",
    ("roots", "integral", "solution", "steps", "interpolation", "series", "iteration"),
    Style(
        operations=(
            ("arith", 8.0),
            ("minmax", 1.0),
            ("exp", 1.5),
            ("trig", 1.5),
            ("unary", 0.8),
            ("blend", 0.6),
            ("special", 2.0),
        ),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 0.8,
            "branch": 0.8,
            "for-constant": 0.5,
            "for-runtime": 0.5,
            "function-call": 0.6,
        },
        dimensions=(10, 2.5, 0.6, 0.3),
        floats=(10, 3.0, 0.6, 0.0),
    ),
    core,
)
