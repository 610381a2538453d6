"""Closures: kernels and functions that factories make, with the numbers, functions and types that they capture."""

from warpsmith.synth import inputs
from warpsmith.synth.families import function_factories, kernel_factories
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.idioms import Idiom, write_idioms
from warpsmith.synth.families.numbers import draw_number
from warpsmith.synth.writer import KernelWriter, Style

IDIOMS: tuple[Idiom, ...] = (*kernel_factories.IDIOMS, *function_factories.IDIOMS)


def core(w: KernelWriter) -> list[str]:
    """Read an array or two and write a factory of the kernel, of a function of its, or of both."""
    inputs.array(w, w.precision)
    if w.choices.chance(0.4):
        inputs.array(w, draw_number(w, integers=0.15, vectors=0.35))
    kinds: tuple[tuple[Idiom, ...], ...] = (kernel_factories.IDIOMS, function_factories.IDIOMS)
    if w.choices.chance(0.5):
        kinds = kinds[::-1]
    words = write_idioms(w, kinds[0], most=1)
    if w.room > 12 and w.choices.chance(0.35):
        words += write_idioms(w, kinds[1], most=1)
    return words


FAMILY = Family(
    "closures",
    ("closure", "factory"),
    "kernels and functions made by factories that capture numbers, functions and types",
    ("response", "profile", "filters", "terms", "variants", "activations", "features", "kernels"),
    Style(
        operations=(("arith", 8.0), ("exp", 1.0), ("trig", 1.0), ("minmax", 1.0), ("unary", 0.7), ("vec", 2.0)),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1,
            "for-constant": 0.4,
            "for-runtime": 0.4,
            "function-call": 0.2,
        },
        floats=(10.0, 2.0, 1.0, 0.0),
    ),
    core,
)
