"""Factorisations of small matrices: Warp's own, and Cholesky, LU, Gram-Schmidt and iterations by hand."""

from warpsmith.synth import inputs
from warpsmith.synth.families.factorization_builtins import BUILTINS
from warpsmith.synth.families.factorization_by_hand import BY_HAND
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.repertoire import play, season
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Take a matrix apart, invert it, or solve a system with it."""
    words = play(w, (*BUILTINS, *BY_HAND), share=0.7)
    season(w, 0.1, 0.5)
    if w.choices.chance(0.3):
        inputs.parameter(w, w.precision)
    return words


FAMILY = Family(
    "factorization",
    ("decomposition", "linear_solve"),
    "singular values, eigenvalues, QR, Cholesky, LU, inverses and polar decompositions of small matrices",
    ("factors", "systems", "eigenvalues", "decomposition", "inverse", "stretch", "solution"),
    Style(
        operations=(("arith", 6.0), ("mat", 5.0), ("vec", 4.0), ("minmax", 0.6), ("unary", 0.5), ("special", 1.5)),
        forms={
            "assignment": 5,
            "augmented-assignment": 2.5,
            "select": 0.6,
            "branch": 0.6,
            "for-constant": 0.3,
            "for-runtime": 0.3,
            "function-call": 0.5,
        },
        dimensions=(10, 2, 0.5, 0.2),
        floats=(10, 2.5, 0.0, 0.0),
    ),
    core,
)
