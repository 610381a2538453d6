"""Components: of vectors, matrices, rotations and transformations, read, written, sliced and put together."""

from warpsmith.synth import inputs
from warpsmith.synth.families import matrix_components, vector_components, vector_walks
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.idioms import Idiom, write_idioms
from warpsmith.synth.writer import KernelWriter, Style

IDIOMS: tuple[Idiom, ...] = (*vector_components.IDIOMS, *vector_walks.IDIOMS, *matrix_components.IDIOMS)


def core(w: KernelWriter) -> list[str]:
    """Write one or two idioms of components, with an array of numbers beside them now and then."""
    if w.choices.chance(0.25):
        inputs.array(w, w.precision)
    return write_idioms(w, IDIOMS)


FAMILY = Family(
    "components",
    ("swizzle", "slices"),
    "components, rows, columns and slices of vectors and matrices, read, written and put together",
    ("components", "entries", "rows", "axes", "coordinates", "channels", "blocks", "columns"),
    Style(
        operations=(
            ("arith", 8.0),
            ("vec", 4.0),
            ("mat", 2.0),
            ("minmax", 1.0),
            ("exp", 0.7),
            ("trig", 0.7),
            ("unary", 0.7),
        ),
        forms={
            "assignment": 5,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1,
            "for-constant": 0.4,
            "for-runtime": 0.3,
            "function-call": 0.5,
        },
        dimensions=(10, 2.5, 0.7, 0.3),
        floats=(10.0, 2.0, 1.0, 0.0),
    ),
    core,
)
