"""Constants: of the module, plain or by `wp.constant`, enumerations, configurations, tables, flags, numbers of Warp."""

from warpsmith.synth import inputs
from warpsmith.synth.families import constant_idioms
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.idioms import write_idioms
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Read an array or two and write one or two idioms of constants."""
    inputs.arrays(w, w.precision, {1: 7, 2: 3})
    return write_idioms(w, constant_idioms.IDIOMS)


FAMILY = Family(
    "constants",
    ("constant", "enum"),
    "constants of the module, enumerations, configurations, tables and flags",
    ("settings", "states", "units", "modes", "levels", "materials", "signals", "tables"),
    Style(
        operations=(("arith", 8.0), ("vec", 2.0), ("exp", 1.0), ("trig", 1.0), ("minmax", 1.0), ("unary", 0.7)),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1,
            "for-constant": 0.4,
            "for-runtime": 0.4,
            "function-call": 0.5,
        },
        floats=(10.0, 1.5, 1.0, 0.0),
    ),
    core,
)
