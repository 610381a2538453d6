"""What a family knows by heart: small pieces of code of its own kind, and what they ask for.

An idiom writes a few lines, leaves its results unread in the block and returns their words. A family plays one or
more of its repertoire, as much as the level has room for; elaboration goes on with what they leave.
"""

import ast
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from warpsmith.synth import conversions, inputs
from warpsmith.synth.expr import Expr, literal_node, name, spelled
from warpsmith.synth.families.numbers import draw_number
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import ArrayArgument, Filling, Form, ScalarArgument
from warpsmith.synth.meanings.meaning import ANY, Need
from warpsmith.synth.types import FLOAT32, INT32, Scalar, ValueType, components, is_float, matrix, vector
from warpsmith.synth.writer import KernelWriter, Parameter

# an idiom that costs no more fits into a kernel of the lowest level
_SMALL = 15
_CLOSING = 4
# the share of a kernel that its family's idioms may fill
_SHARE = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Idiom:
    """A piece of code: the least complexity that it adds, the grids that it fits, and what writes it."""

    name: str
    cost: int
    write: Callable[[KernelWriter], str]
    weight: float = 1.0
    dimensions: tuple[int, ...] = (1, 2, 3, 4)


def play(w: KernelWriter, repertoire: Sequence[Idiom], share: float = _SHARE) -> list[str]:
    """Write one idiom, and more where the level has room for them in their share of it; return their words."""
    words: list[str] = []
    played: set[str] = set()
    end = w.spent + share * (w.goal - w.spent)
    while not words or (w.spent < end and w.choices.chance(share + 0.1)):
        idiom = _drawn(w, repertoire, played)
        if idiom is None:
            break
        played.add(idiom.name)
        w.features.add(idiom.name)
        words.append(idiom.write(w))
    return words


def _drawn(w: KernelWriter, repertoire: Sequence[Idiom], played: set[str]) -> Idiom | None:
    room = max(w.goal - _CLOSING, _SMALL) - w.spent
    fitting = [i for i in repertoire if w.threads.ndim in i.dimensions and i.cost <= room and i.name not in played]
    if not fitting:
        return None
    # large idioms are what makes a large kernel of the family
    return w.choices.weighted(fitting, [i.weight * (1.0 + i.cost / room) for i in fitting])


def season(w: KernelWriter, integers: float = 0.2, vectors: float = 0.3) -> None:
    """Add an input or two of other types to what an idiom has left; `integers` and `vectors` are probabilities."""
    least = 0 if w.block.open() else 1
    for _ in range(max(least, w.choices.weighted((0, 1, 2), (2, 4, 2)))):
        value_type = draw_number(w, integers, vectors)
        if least == 0 and w.choices.chance(0.25):
            inputs.parameter(w, value_type)
        else:
            inputs.array(w, value_type)


def spellings(scalar: Scalar) -> dict[str, ast.expr]:
    """Return the holes that make a text of `float`, `vec3`, `mat33` and so on one of another precision.

    For integers there is `word` alone.
    """
    if not is_float(scalar):
        return {"word": spelled(scalar.spelling)}
    holes: dict[str, ast.expr] = {"float": spelled(scalar.spelling)}
    if scalar.name == "bfloat16":
        return holes
    for size in (2, 3, 4):
        holes[f"vec{size}"] = spelled(vector(size, scalar).spelling)
        holes[f"mat{size}{size}"] = spelled(matrix(size, scalar).spelling)
    return holes


def operand(
    w: KernelWriter,
    value_type: ValueType,
    need: Need = ANY,
    steps: int | None = None,
    besides: frozenset[str] = frozenset(),
) -> Expr:
    """Return an expression of inputs that varies over the threads, has a type and lies in a range.

    `steps` is how many operations it is grown by, drawn where it is None. Inputs with a root in `besides` are not
    taken again: what stands on both sides of a minus sign is not to be one thing.
    """
    visible = (v for v in w.block.visible() if v.type == value_type and v.expr.varying)
    known = [v for v in visible if besides.isdisjoint(v.expr.roots)]
    fitting = [v for v in known if v.expr.interval.within(need.low, need.high)]
    if not known or (len(w.parameters) < 7 and w.choices.chance(0.3 if fitting else 0.8)):
        narrow = math.isfinite(need.low) and math.isfinite(need.high)
        chosen = inputs.array(w, value_type, within=Interval(need.low, need.high) if narrow else None)
    else:
        unread = [v for v in known if v in w.block.pending]
        chosen = w.choices.pick([v for v in unread if v in fitting] or fitting or unread or known)
    expr = w.block.read(chosen)
    if steps is None:
        steps = w.choices.weighted((0, 1, 2), (5, 2, 1) if w.room > 8 else (5, 1, 0))
    if steps and (need == ANY or _wide(need) or w.choices.chance(0.2)):
        expr = w.expressions.grow_within(w.block, expr, steps)
    return _brought(w, expr, need)


def _wide(need: Need) -> bool:
    return need.low <= -2.0 and need.high >= 2.0


def _brought(w: KernelWriter, expr: Expr, need: Need) -> Expr:
    if expr.interval.within(need.low, need.high):
        return expr
    if isinstance(expr.type, Scalar):
        within = conversions.within(w.choices, expr, need)
        if within is not None:
            return within
        return conversions.clamped(expr, need.low, min(need.high, expr.type.limit))
    factor = float(f"{min(abs(need.low), abs(need.high)) / expr.interval.magnitude:.0e}") * 0.9
    return conversions.scaled(expr, factor)


def named(w: KernelWriter, expr: Expr, wanted: tuple[str, ...]) -> str:
    """Return the name of a variable that holds an expression: a new one where it is no variable yet."""
    if isinstance(expr.node, ast.Name):
        return expr.node.id
    return w.define(w.names.one_of(wanted), expr, mutable=False, pending=False).identifier


def local(w: KernelWriter, value_type: ValueType, wanted: tuple[str, ...], need: Need = ANY) -> tuple[str, Expr]:
    """Return the name of a variable that holds an operand, and the operand."""
    expr = operand(w, value_type, need)
    identifier = named(w, expr, wanted)
    return identifier, expr._replace(node=name(identifier))


def number(w: KernelWriter, wanted: tuple[str, ...], low: float, high: float, scalar: Scalar = FLOAT32) -> ast.expr:
    """Return a number between two bounds: written out, or as a parameter of the kernel."""
    if is_float(scalar):
        value: float = float(f"{low + (high - low) * w.choices.integer(1, 19) / 20:.2g}")
    else:
        value = w.choices.integer(int(low), int(high))
    if len(w.parameters) > 8 or w.choices.chance(0.45):
        return literal_node(value, scalar)
    identifier = w.names.one_of(wanted)
    argument = ScalarArgument(identifier, scalar.name, value, (low, high))
    w.add_parameter(Parameter(identifier, spelled(scalar.spelling), argument))
    w.features.add("parameter")
    return name(identifier)


def table(  # noqa: PLR0917 (what an array is, in the order of its recipe)
    w: KernelWriter,
    wanted: tuple[str, ...],
    value_type: ValueType,
    shape: tuple[int, ...],
    bounds: tuple[float, float],
    form: Form = "uniform",
    *,
    output: bool = False,
) -> str:
    """Add an array parameter of any shape with numbers between two bounds; return its name."""
    identifier = w.names.one_of(wanted)
    w.features.add(f"array-{len(shape)}d")
    annotation = w.array_annotation(spelled(value_type.spelling), len(shape))
    filling = Filling(value_type.name, *bounds, form)
    w.add_parameter(Parameter(identifier, annotation, ArrayArgument(identifier, shape, filling), output))
    return identifier


def linear_index(w: KernelWriter) -> ast.expr:
    """Return the number of the thread, counted through the whole grid."""
    node: ast.expr = name(w.threads.indices[0])
    for axis, index in enumerate(w.threads.indices[1:], 1):
        node = ast.BinOp(ast.BinOp(node, ast.Mult(), w.thread_extent(axis)), ast.Add(), name(index))
    return node


def count_of(
    w: KernelWriter, low: int, high: int, wanted: tuple[str, ...], *, unrolled: bool = True
) -> tuple[int, ast.expr]:
    """Return how often a loop runs, and the number, a parameter of the kernel or written out: then Warp unrolls it."""
    trips = w.choices.integer(low, high)
    if unrolled and w.choices.chance(0.5):
        return trips, literal_node(trips, INT32)
    return trips, w.count(w.names.one_of(wanted), trips)


def bound_of(expr: Expr) -> float:
    """Return the length that a vector, or the magnitude that a number, does not pass."""
    return expr.interval.magnitude * math.sqrt(components(expr.type))


def span(low: float, high: float) -> Interval:
    """Return an interval; a word shorter where many stand in a table."""
    return Interval(low, high)
