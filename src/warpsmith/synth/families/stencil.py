"""Stencils on grids of one to three dimensions: diffusion, advection, waves, filters of images, cellular automata."""

from warpsmith.synth.families.family import Family
from warpsmith.synth.families.repertoire import play, season
from warpsmith.synth.families.stencil_images import IMAGES
from warpsmith.synth.families.stencil_lines import LINES
from warpsmith.synth.families.stencil_planes import PLANES
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Read the neighbours of the thread's cell."""
    words = play(w, (*LINES, *PLANES, *IMAGES), share=0.7)
    season(w)
    return words


FAMILY = Family(
    "stencil",
    ("stencils", "image_filter", "grid_update"),
    "Laplacians, diffusion, advection, waves, image filters and cellular automata on grids",
    ("diffusion", "laplacian", "advection", "wave", "filter", "heat", "grid", "cells"),
    Style(
        operations=(("arith", 10.0), ("minmax", 1.0), ("exp", 1.0), ("unary", 0.8), ("trig", 0.6), ("blend", 0.5)),
        forms={
            "assignment": 4,
            "augmented-assignment": 2.5,
            "select": 1,
            "branch": 1,
            "for-constant": 0.3,
            "for-runtime": 0.3,
            "function-call": 0.4,
        },
        dimensions=(5, 9, 3, 0.0),
        floats=(10, 2.5, 0.6, 0.0),
    ),
    core,
)
