"""Local arrays: windows, tables, stacks, rings, histograms and sequences that a thread keeps in `wp.zeros`."""

from warpsmith.synth import inputs
from warpsmith.synth.families import local_sequences, local_tables
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.idioms import Idiom, write_idioms
from warpsmith.synth.writer import KernelWriter, Style

IDIOMS: tuple[Idiom, ...] = (*local_sequences.IDIOMS, *local_tables.IDIOMS)


def core(w: KernelWriter) -> list[str]:
    """Write one or two idioms of local arrays, with an array of numbers beside them now and then."""
    if w.choices.chance(0.3):
        inputs.array(w, w.precision)
    return write_idioms(w, IDIOMS)


FAMILY = Family(
    "local_arrays",
    ("local_array", "stack"),
    "arrays that a thread keeps for itself: windows, stacks, rings, tables, histograms",
    ("windows", "stacks", "tables", "histograms", "medians", "sequences", "buffers", "paths"),
    Style(
        operations=(("arith", 8.0), ("vec", 2.0), ("exp", 0.8), ("trig", 0.8), ("minmax", 1.0), ("unary", 0.7)),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1,
            "for-constant": 0.4,
            "for-runtime": 0.3,
            "function-call": 0.4,
        },
        dimensions=(10, 2.5, 0.6, 0.0),
        floats=(10.0, 2.0, 1.0, 0.0),
    ),
    core,
)
