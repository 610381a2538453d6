"""Signed distance fields: shapes, how they are joined and bent, normals, ray marching, shadows and shading."""

from warpsmith.synth.families.family import Family
from warpsmith.synth.families.repertoire import play, season
from warpsmith.synth.families.sdf_rays import RAYS
from warpsmith.synth.families.sdf_shapes import SHAPES
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Measure distances to shapes, or march along rays to them."""
    words = play(w, (*SHAPES, *RAYS), share=0.7)
    season(w, 0.1, 0.5)
    return words


FAMILY = Family(
    "sdf",
    ("distance_fields", "ray_marching"),
    "signed distances to shapes, unions and bends of them, normals, ray marching and shading",
    ("distances", "surface", "shapes", "scene", "rays", "shading", "field"),
    Style(
        operations=(
            ("arith", 8.0),
            ("vec", 4.0),
            ("minmax", 1.2),
            ("exp", 1.0),
            ("trig", 1.0),
            ("blend", 0.8),
            ("special", 1.5),
        ),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1,
            "for-constant": 0.4,
            "for-runtime": 0.4,
            "function-call": 0.6,
        },
        dimensions=(10, 4, 2, 0.2),
        floats=(10, 1.5, 0.4, 0.0),
    ),
    core,
)
