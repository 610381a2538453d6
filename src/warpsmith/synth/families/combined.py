"""Everything together: structs, user functions, branches, loops and atomics, as in a simulation step."""

from warpsmith.synth import inputs
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.form import draw
from warpsmith.synth.statements import function
from warpsmith.synth.types import ValueType
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Read structs, call a function of theirs, and branch or loop over the result."""
    others: tuple[ValueType, ...] = (draw_vector(w), w.precision, w.integer)
    fields = [w.precision, *(w.choices.weighted(others, (4, 3, 1)) for _ in range(w.choices.integer(1, 2)))]
    if w.choices.chance(0.7):
        inputs.struct_array(w, tuple(fields))
    else:
        inputs.array(w, fields[-1])
        inputs.struct_parameter(w, tuple(fields[:2]))
    words = [function.FORM.write(w)]
    form = draw(w, {"branch": 2, "for-constant": 1.5, "for-runtime": 1.5, "while": 0.5, "select": 1}, 40)
    return [*words, *([form.write(w)] if form else [])]


FAMILY = Family(
    "combined",
    ("compound",),
    "structs, user functions, branches, loops and atomics together",
    ("particles", "bodies", "contacts", "simulation", "agents", "system", "elements"),
    Style(
        operations=(
            ("arith", 8.0),
            ("vec", 4.0),
            ("exp", 1.0),
            ("trig", 1.0),
            ("minmax", 1.0),
            ("unary", 0.5),
            ("mat", 0.3),
        ),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1.5,
            "for-constant": 0.8,
            "for-runtime": 0.8,
            "while": 0.3,
            "atomic": 0.6,
            "early-return": 0.5,
            "function-call": 1,
        },
        dimensions=(10, 2, 0.5, 0.0),
    ),
    core,
)
