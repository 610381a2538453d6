"""Tiles that a block loads, works on element by element and stores."""

from warpsmith.synth.families.family import Family
from warpsmith.synth.families.tiles import STYLE_OPERATIONS, TILE_FORMS, draw_element, draw_shape, start
from warpsmith.synth.tiling.closing import close
from warpsmith.synth.tiling.memory import load
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Load one to three tiles of one shape."""
    start(w)
    kind, shape = draw_element(w), draw_shape(w)
    words = []
    for place in range(w.choices.weighted((1, 2, 3), (3, 4, 1))):
        everywhere = place > 0 and w.choices.chance(0.2)
        words.append(load(w, kind, shape, everywhere=everywhere).words)
    return words


FAMILY = Family(
    "tile_elementwise",
    ("tiles",),
    "tiles loaded by a block, worked on element by element, stored",
    ("tiles", "blocks", "patches", "panels", "chunks", "activations", "residuals"),
    Style(
        operations=STYLE_OPERATIONS,
        forms={
            "tile-arithmetic": 4,
            "tile-map": 4,
            "tile-function": 3,
            "tile-in-place": 2,
            "tile-load": 1,
            "tile-make": 1,
            "tile-astype": 0.4,
            "tile-broadcast": 0.3,
            "tile-reduction": 0.3,
            "tile-parameter": 0.5,
        },
        dimensions=(8, 5, 1, 0),
        floats=(10, 2, 1, 0),
    ),
    core,
    TILE_FORMS,
    close,
)
