"""Geometry of points, rays, planes, triangles and solids: distances, intersections, closest points, overlaps."""

from warpsmith.synth import inputs
from warpsmith.synth.families.drawing import make_room
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.pieces import Subject, play_some
from warpsmith.synth.types import FLOAT32, FLOAT64
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Write one to three pieces of geometry, the later ones on what the earlier ones gave."""
    scalar = FLOAT64 if w.precision is FLOAT64 else FLOAT32
    if w.choices.chance(0.15):
        inputs.array(w, scalar, bind=False)
    words = play_some(w, Subject("geometry", scalar.name, scalar), {1: 5, 2: 3, 3: 1})
    w.features.add("geometry")
    make_room(w)
    return words


FAMILY = Family(
    "geometry",
    ("intersection",),
    "intersections, closest points and distances of points, rays, planes, triangles and solids",
    ("geometry", "triangles", "intersections", "distances", "edges", "rays", "contacts", "shapes"),
    Style(
        operations=(("arith", 6.0), ("vec", 5.0), ("minmax", 0.7), ("exp", 0.8), ("trig", 0.6), ("unary", 0.5)),
        forms={
            "assignment": 5,
            "augmented-assignment": 2,
            "select": 1.2,
            "branch": 1.2,
            "function-call": 0.5,
            "atomic": 0.2,
        },
        dimensions=(10, 2, 0.5, 0.1),
        floats=(10, 2.5, 0, 0),
    ),
    core,
)
