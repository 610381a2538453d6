"""Where arguments come from: what the kernel has computed and nothing has read yet, else inputs in the domain."""

import ast
import math
from collections.abc import Sequence
from dataclasses import dataclass

from warpsmith.synth import conversions, inputs
from warpsmith.synth.coverage.asks import Ask
from warpsmith.synth.coverage.session import Session
from warpsmith.synth.expr import Expr, call, leaf, literal_node, name, related, spelled, subscript
from warpsmith.synth.families.drawing import declare
from warpsmith.synth.idiom import expression
from warpsmith.synth.interval import UNIT, Interval
from warpsmith.synth.meanings.meaning import Need
from warpsmith.synth.scope import Value
from warpsmith.synth.types import (
    BOOL,
    INT32,
    Quaternion,
    ValueType,
    Vector,
    is_integer,
    quaternion,
    scalar_of,
    vector,
)

# how far inputs reach, at the first attempt and where their results would leave the range of a type
_FLOATS = (8.0, 3.0, 1.5)
_INTEGERS = (40.0, 12.0, 4.0)
REACHES = range(len(_FLOATS))
_MANY = 9


@dataclass(frozen=True, slots=True)
class Planned:
    """An input that is declared once it is certain that the call can take it."""

    ask: Ask
    interval: Interval


Part = Expr | Planned
_PLACES = {
    "index": "indices",
    "slot": "slots",
    "axis": "axis_ids",
    "component": "components",
    "place": "places",
    "entry": "entries",
    "lane": "lanes",
    "channel": "channels",
}


def planned(s: Session, ask: Ask, others: Sequence[Part], reach: int) -> Part:
    """Return what fills an argument: an expression, or an input that would do."""
    if ask.manner == "text":
        return Expr(expression(s.w.choices.pick(ask.texts)), ask.type, Interval(0.0, 0.0), "", ())
    if ask.manner == "state":
        return s.state()
    if ask.manner == "object":
        return s.object(ask.texts[0])
    if ask.manner in ("rigid", "element"):
        return Planned(ask, _bounds(ask, reach))
    if ask.need.constant and (number := s.w.expressions.constant(ask.type, ask.need)) is not None:
        return number
    known = _known(s, ask, others, reach)
    return known or Planned(ask, _bounds(ask, reach))


def realized(s: Session, part: Part) -> Expr:
    """Return the expression of an argument, with its input declared if it is a new one."""
    if isinstance(part, Expr):
        return part
    if part.ask.manner == "rigid":
        return _rigid(s, part.ask.type)
    expr = _input(s, part)
    if part.ask.need.unit and isinstance(expr.type, Vector) and not expr.steady:
        expr = conversions.within(s.w.choices, expr, part.ask.need) or expr
    return expr


def variable(s: Session, expr: Expr) -> Expr:
    """Return a variable that holds a value of which a call changes or reads a part."""
    if isinstance(expr.node, ast.Name) and not any(p.name == expr.node.id for p in s.w.parameters):
        return expr
    local = s.w.define(s.w.names.one_of(("v", "local", "current", "copy", "work", "own")), expr, pending=False)
    return local.expr


def input_between(s: Session, kind: ValueType, low: float, high: float) -> Expr:
    """Return a value in a range, of the kernel or of a new array, mostly in a variable."""
    ask = Ask(kind, need=Need(low, high))
    expr = realized(s, _known(s, ask, (), 0) or Planned(ask, Interval(low, high)))
    if isinstance(expr.node, ast.Name) or s.w.choices.chance(0.3):
        return expr
    local = s.w.define(s.w.names.one_of(_LOCALS), expr, mutable=False, pending=False)
    return local.expr


_LOCALS = ("p", "given", "at", "here", "value", "current", "q", "x0", "own_value")


def _known(s: Session, ask: Ask, others: Sequence[Part], reach: int) -> Expr | None:
    """Return a value of the kernel, brought into the domain; None where there is none, or none is wanted."""
    w = s.w
    if reach == REACHES[-1] or (ask.form != "uniform"):
        return None
    taken = [other for other in others if isinstance(other, Expr)]
    fitting = [
        value
        for value in w.block.visible()
        if value.type is ask.type and not any(related(value.expr, other) for other in taken)
    ]
    unread = [value for value in fitting if value in w.block.pending]
    wanted = unread if unread and w.choices.chance(0.8) else fitting
    if not wanted or (wanted is not unread and not w.choices.chance(0.6 if len(w.parameters) > _MANY else 0.2)):
        return None
    mark = w.block.mark()
    expr = conversions.within(w.choices, w.block.read(w.choices.pick(wanted)), ask.need)
    if expr is None or (reach > 0 and expr.interval.magnitude > _reach(ask.type, reach)):
        w.block.restore(mark)
        return None
    return expr


def _reach(value_type: ValueType, reach: int) -> float:
    return (_INTEGERS if is_integer(value_type) else _FLOATS)[reach]


def _bounds(ask: Ask, reach: int) -> Interval:
    """Return a range inside of what is asked for."""
    if ask.type is BOOL:
        return Interval(0.0, 1.0)
    if isinstance(ask.type, Quaternion):
        return Interval(0.5, 1.5) if ask.need.low > 0.0 else UNIT
    if ask.form == "spd":
        return Interval(0.5, 2.0)
    far = _reach(ask.type, reach)
    least = -far if scalar_of(ask.type).kind in ("float", "int") else 0.0
    if is_integer(ask.type) and reach == REACHES[-1]:
        least = 1.0
    low, high = max(least, ask.need.low), min(far, ask.need.high)
    if low >= high:
        low = ask.need.low if math.isfinite(ask.need.low) else ask.need.high - far
        high = min(low + far, ask.need.high)
    return Interval(math.ceil(low), math.floor(high)) if is_integer(ask.type) else Interval(low, high)


def _input(s: Session, part: Planned) -> Expr:
    w, ask = s.w, part.ask
    if ask.manner == "pivot":
        return _pivot(s, part)
    positive = isinstance(ask.type, Quaternion) and ask.need.low > 0.0  # no rotation, but something to divide by
    if ask.form == "uniform" and ask.manner != "element" and not positive:
        if w.choices.chance(0.08) and ask.type is not BOOL and not is_integer(ask.type):
            return _parameter(s, part)
        return w.block.read(inputs.array(w, ask.type, within=part.interval))
    role = w.names.array(ask.type)
    declare(w, role.plural, ask.type, w.threads.extents, part.interval, form=ask.form)
    node = subscript(name(role.plural), w.index_nodes())
    return w.block.read(w.block.add(Value(leaf(node, ask.type, part.interval, role.noun, varying=True))))


def _parameter(s: Session, part: Planned) -> Expr:
    """Read a value that is the same for all threads, in a range that the call can take."""
    w = s.w
    role = w.names.parameter(part.ask.type)
    low, high = max(role.low, part.interval.low), min(role.high, part.interval.high)
    if low >= high:
        low, high = part.interval
    return w.block.read(inputs.parameter(w, part.ask.type, role=role._replace(low=low, high=high)))


def _pivot(s: Session, part: Planned) -> Expr:
    """Return the index of a component: one that an array says, or a number."""
    w, kind = s.w, part.ask.type
    last = int(part.interval.high)
    if kind is INT32 and w.choices.chance(0.3):
        place = w.choices.integer(0, last)
        return Expr(ast.Constant(place), kind, Interval(place, place), str(place), (), leaf=True)
    wanted = w.choices.pick(tuple(_PLACES))
    plural = w.names.fresh(_PLACES[wanted])
    declare(w, plural, kind, w.threads.extents, part.interval)
    node = subscript(name(plural), w.index_nodes())
    return leaf(node, kind, part.interval, f"the {wanted}", varying=True)


def _rigid(s: Session, kind: ValueType) -> Expr:
    """Return the matrix of a rotation and a translation, composed of both."""
    w, scalar = s.w, scalar_of(kind)
    position = w.block.read(inputs.array(w, vector(3, scalar), within=Interval(-2.0, 2.0)))
    rotation = w.block.read(inputs.array(w, quaternion(scalar)))
    ones = call(spelled(vector(3, scalar).spelling), *[literal_node(1.0, scalar)] * 3)
    node = call("transform_compose", position.node, rotation.node, ones)
    local = w.names.one_of(("pose", "frame_mat", "mat", "world_mat"))
    w.write("local = node", local=local, node=node)
    expr = leaf(name(local), kind, Interval(-2.0, 2.0), local.replace("_", " "), varying=True)
    return expr._replace(roots=position.roots | rotation.roots, sources=(*position.sources, *rotation.sources))
