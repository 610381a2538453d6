"""Native snippets: functions whose body and adjoint are C++ that is valid on both targets."""

from warpsmith.synth import inputs
from warpsmith.synth.families import snippet_idioms, snippet_texts
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.idioms import Idiom, write_idioms
from warpsmith.synth.writer import KernelWriter, Style

IDIOMS: tuple[Idiom, ...] = (*snippet_idioms.IDIOMS, *snippet_texts.IDIOMS)


def core(w: KernelWriter) -> list[str]:
    """Read an array or two and write one or two functions in C++."""
    inputs.arrays(w, w.precision, {1: 7, 2: 3})
    return write_idioms(w, IDIOMS)


FAMILY = Family(
    "native_snippets",
    ("native", "func_native"),
    "functions written in C++ by wp.func_native, with adjoint and replay snippets",
    ("responses", "hashes", "kernels", "fast_math", "signals", "blends", "series", "norms"),
    Style(
        operations=(("arith", 8.0), ("vec", 2.0), ("exp", 1.0), ("trig", 1.0), ("minmax", 0.7), ("unary", 0.7)),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 0.8,
            "branch": 0.8,
            "for-constant": 0.4,
            "for-runtime": 0.4,
            "function-call": 0.3,
        },
        floats=(10.0, 2.5, 0.7, 0.0),
    ),
    core,
)
