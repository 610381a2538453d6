"""Custom gradients: functions whose adjoint or replay is written by hand, and gradients that a kernel asks for."""

from warpsmith.synth import inputs
from warpsmith.synth.families import gradient_idioms, replay_idioms
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.idioms import Idiom, write_idioms
from warpsmith.synth.writer import KernelWriter, Style

IDIOMS: tuple[Idiom, ...] = (*gradient_idioms.IDIOMS, *replay_idioms.IDIOMS)


def core(w: KernelWriter) -> list[str]:
    """Read an array or two and write one or two functions with gradients of their own."""
    inputs.arrays(w, w.precision, {1: 7, 2: 3})
    return write_idioms(w, IDIOMS)


FAMILY = Family(
    "custom_gradients",
    ("custom_gradient", "func_grad"),
    "functions with gradients written by hand, replayed functions, gradients inside a kernel",
    ("losses", "activations", "penalties", "potentials", "residuals", "energies", "gates", "norms"),
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
        floats=(10.0, 2.5, 1.0, 0.0),
    ),
    core,
)
