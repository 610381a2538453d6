"""Structs: nested ones, arrays of them, functions that take and return them, fields that are arrays or vectors."""

from warpsmith.synth import inputs
from warpsmith.synth.families import struct_idioms, struct_stores
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.idioms import Idiom, write_idioms
from warpsmith.synth.writer import KernelWriter, Style

IDIOMS: tuple[Idiom, ...] = (*struct_idioms.IDIOMS, *struct_stores.IDIOMS)


def core(w: KernelWriter) -> list[str]:
    """Write one or two idioms of structs, with an array of numbers beside them now and then."""
    if w.choices.chance(0.2):
        inputs.array(w, w.precision)
    return write_idioms(w, IDIOMS)


FAMILY = Family(
    "structs",
    ("struct", "array_of_structs"),
    "nested structs, arrays of structs, functions that take and return them, fields that are arrays",
    ("particles", "bodies", "states", "contacts", "materials", "agents", "records", "cells"),
    Style(
        operations=(
            ("arith", 8.0),
            ("vec", 3.0),
            ("exp", 0.8),
            ("trig", 0.8),
            ("minmax", 1.0),
            ("unary", 0.5),
            ("mat", 0.5),
        ),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1,
            "for-constant": 0.3,
            "for-runtime": 0.4,
            "function-call": 0.4,
        },
        dimensions=(10, 2, 0.5, 0.2),
        floats=(10.0, 2.0, 1.0, 0.0),
    ),
    core,
)
