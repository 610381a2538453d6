"""Small vectors: dot and cross products, lengths, directions, componentwise products."""

from warpsmith.synth import inputs
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.types import scalar_of
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Read one to three arrays of vectors, and now and then a scalar for each."""
    vector = draw_vector(w, w.integer if w.choices.chance(0.12) else None)
    inputs.arrays(w, vector, {1: 1, 2: 4, 3: 1})
    if w.choices.chance(0.35):
        inputs.array(w, scalar_of(vector))
    if w.choices.chance(0.3):
        inputs.parameter(w, vector if w.choices.chance(0.5) else scalar_of(vector))
    return []


FAMILY = Family(
    "vector",
    (),
    "dot and cross products, lengths and directions of small vectors",
    ("vectors", "forces", "normals", "velocities", "offsets", "directions", "projections"),
    Style(
        operations=(("vec", 10.0), ("arith", 4.0), ("minmax", 0.4), ("exp", 0.5)),
        forms={"assignment": 6, "augmented-assignment": 3, "select": 0.5, "function-call": 0.6},
        dimensions=(10, 2, 0.7, 0.3),
    ),
    core,
)
