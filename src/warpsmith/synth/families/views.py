"""Views: rows, columns and windows of arrays, arrays handed to functions, shapes, other layouts of the same memory."""

from warpsmith.synth import inputs
from warpsmith.synth.families import view_idioms, view_layouts
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.idioms import Idiom, write_idioms
from warpsmith.synth.writer import KernelWriter, Style

IDIOMS: tuple[Idiom, ...] = (*view_idioms.IDIOMS, *view_layouts.IDIOMS)


def core(w: KernelWriter) -> list[str]:
    """Write one or two idioms of views, with an array of numbers beside them now and then."""
    if w.choices.chance(0.3):
        inputs.array(w, w.precision)
    return write_idioms(w, IDIOMS)


FAMILY = Family(
    "views",
    ("view", "multidimensional"),
    "rows, columns, windows and other views of arrays of several dimensions, and their shapes",
    ("rows", "columns", "blocks", "windows", "slices", "planes", "tables", "channels"),
    Style(
        operations=(("arith", 8.0), ("vec", 2.0), ("exp", 0.8), ("trig", 0.8), ("minmax", 1.0), ("unary", 0.7)),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1,
            "for-constant": 0.3,
            "for-runtime": 0.4,
            "function-call": 0.5,
        },
        dimensions=(10, 4, 1, 0.0),
        floats=(10.0, 2.0, 1.0, 0.3),
    ),
    core,
)
