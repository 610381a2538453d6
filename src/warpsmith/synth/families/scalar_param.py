"""Arrays combined with parameters that are the same for all threads, as in axpy."""

from warpsmith.synth import inputs
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.numbers import draw_number
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Read one or two arrays and one to three parameters."""
    value_type = draw_number(w, integers=0.25, vectors=0.15)
    inputs.arrays(w, value_type, {1: 1, 2: 2})
    for _ in range(w.choices.weighted((1, 2, 3), (3, 2, 1))):
        inputs.parameter(w, value_type)
    return []


FAMILY = Family(
    "scalar_param",
    ("scalar_array",),
    "arrays scaled, shifted and mixed by parameters, as in axpy",
    ("axpy", "field", "signal", "samples", "weights", "values", "levels"),
    Style(
        operations=(("arith", 10.0), ("minmax", 1.5), ("blend", 0.6), ("unary", 0.5)),
        forms={"assignment": 6, "augmented-assignment": 4, "select": 0.7, "function-call": 0.5},
        dimensions=(9, 3, 1, 0.4),
    ),
    core,
)
