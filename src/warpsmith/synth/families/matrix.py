"""Small matrices: products with matrices and vectors, transposes, traces, determinants, outer products."""

from warpsmith.synth import inputs
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.numbers import draw_matrix
from warpsmith.synth.types import vector
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Read one or two arrays of matrices, most times with vectors to multiply."""
    element = draw_matrix(w)
    inputs.arrays(w, element, {1: 2, 2: 1})
    if w.choices.chance(0.65):
        inputs.array(w, vector(element.size, element.scalar))
    if w.choices.chance(0.25):
        inputs.parameter(w, element if w.choices.chance(0.4) else element.scalar)
    return []


FAMILY = Family(
    "matrix",
    (),
    "products, transposes, traces and determinants of small matrices",
    ("matrices", "frames", "tensors", "stresses", "rotations", "strain", "transforms"),
    Style(
        operations=(("mat", 10.0), ("arith", 6.0), ("vec", 2.0)),
        forms={"assignment": 6, "augmented-assignment": 3, "select": 0.3, "function-call": 0.6},
        dimensions=(10, 2, 0.5, 0.2),
        floats=(10, 2.5, 1.0, 0.0),
    ),
    core,
)
