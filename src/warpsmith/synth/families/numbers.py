"""Draws of types that several families share."""

from warpsmith.synth.types import FLOAT32, Matrix, Scalar, ValueType, Vector, matrix, vector
from warpsmith.synth.writer import KernelWriter


def draw_number(w: KernelWriter, integers: float = 0.2, vectors: float = 0.0) -> ValueType:
    """Draw a scalar type of the kernel, or a vector of it: `integers` and `vectors` are probabilities."""
    scalar = w.integer if w.choices.chance(integers) else w.precision
    if w.choices.chance(vectors):
        return draw_vector(w, scalar)
    return scalar


def draw_vector(w: KernelWriter, scalar: Scalar | None = None) -> Vector:
    """Draw a vector type; bfloat16 has no named vectors in Warp, so float32 stands in."""
    scalar = scalar or w.precision
    element = FLOAT32 if scalar.name == "bfloat16" else scalar
    return vector(w.choices.weighted((3, 2, 4), (5, 3, 2)), element)


def draw_matrix(w: KernelWriter) -> Matrix:
    """Draw a square matrix type of the kernel's precision."""
    element = FLOAT32 if w.precision.name == "bfloat16" else w.precision
    return matrix(w.choices.weighted((3, 2, 4), (4, 4, 2)), element)
