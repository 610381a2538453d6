"""Names as the profile has them by role, and what is known of the values behind them."""

from warpsmith.synth.grammar.state import Grammar
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import Form
from warpsmith.synth.types import (
    BOOL,
    FLOAT32,
    INT32,
    Matrix,
    Quaternion,
    Scalar,
    Transform,
    ValueType,
    Vector,
    is_float,
    value_types,
)

_FLOAT_RANGES = ((-2.0, 2.0), (0.1, 2.0), (-1.0, 1.0), (0.0, 1.0), (0.5, 4.0), (-3.0, 5.0))
_INTEGER_RANGES = ((1.0, 4.0), (0.0, 3.0), (1.0, 8.0), (0.0, 15.0), (2.0, 6.0))
_SPELLED = {"float": FLOAT32, "int": INT32, "bool": BOOL}
_FALLBACK = {"output": "out", "counter": "k", "function": "evaluate", "constant": "SCALE", "field": "value"}


def known_type(spelling: str) -> ValueType | None:
    """Return the type that a profile names (``float``, ``vec3``), None where values of it are not written."""
    if spelling in _SPELLED:
        return _SPELLED[spelling]
    return value_types().get(spelling) or value_types().get(f"{spelling}f")


def type_name(value_type: ValueType) -> str:
    """Return the name that profiles have for a type."""
    spelling = value_type.spelling
    return spelling.removeprefix("wp.")


def draw_name(g: Grammar, role: str, value_type: ValueType | None = None) -> str:
    """Return a free name that people give to this role, for a value of a type where the role has types."""
    row = g.manner.row("names", f"{role}:{type_name(value_type)}" if value_type is not None else role)
    if not row and value_type is not None:
        row = g.manner.row("names", f"{role}:{'float' if is_float(value_type) else 'int'}")
    wanted = row.draw(g.choices) if row else _FALLBACK.get(role.split(":", maxsplit=1)[0], "value")
    return g.w.names.fresh(wanted)


def kernel_name(g: Grammar) -> str:
    """Return a name for the kernel, of words that people name kernels with."""
    row = g.manner.row("names", "kernel")
    if not row:
        return g.w.names.kernel("values")
    words = dict.fromkeys(row.draw(g.choices) for _ in range(g.choices.integer(2, 3)))
    return g.w.names.fresh("_".join(words))


def noun_of(identifier: str) -> str:
    """Return what a description calls a value by its identifier."""
    return identifier.strip("_").replace("_", " ") or identifier


def draw_range(g: Grammar, value_type: ValueType) -> tuple[Interval, Form]:
    """Return a range for the values of an input, and their form."""
    match value_type:
        case Quaternion():
            return Interval(-1.0, 1.0), "unit"
        case Transform():
            return Interval(-2.0, 2.0), "unit"
        case Scalar(kind="bool"):
            return Interval(0.0, 1.0), "uniform"
        case Scalar(kind="float") | Vector() | Matrix() if is_float(value_type):
            return Interval(*g.choices.weighted(_FLOAT_RANGES, (6, 4, 2, 2, 1, 1))), "uniform"
    return Interval(*g.choices.weighted(_INTEGER_RANGES, (4, 2, 3, 1, 2))), "uniform"
