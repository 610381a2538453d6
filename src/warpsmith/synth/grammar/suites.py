"""Statements and the suites that they fill: what comes next is drawn by how people write where it stands."""

import ast
from collections.abc import Callable, Sequence
from typing import NamedTuple

from warpsmith.synth.describe import summed
from warpsmith.synth.expr import Expr, call, name, target
from warpsmith.synth.grammar import changes
from warpsmith.synth.grammar.changes import Suite
from warpsmith.synth.grammar.conditions import condition, ends_in_guard, guard
from warpsmith.synth.grammar.leaves import new_constant
from warpsmith.synth.grammar.nouns import draw_name, noun_of
from warpsmith.synth.grammar.sameness import alike
from warpsmith.synth.grammar.state import Grammar
from warpsmith.synth.launch import ScalarArgument
from warpsmith.synth.scope import Block, Value
from warpsmith.synth.statements import loop
from warpsmith.synth.statements.sink import accumulator
from warpsmith.synth.types import BOOL, FLOAT32, INT32, ValueType, Vector, vector
from warpsmith.synth.updates import mark_unread

Statement = Callable[[Grammar, Suite], str]
_PLAIN_VALUES = (ast.Name, ast.Constant)
_MOST_TRIPS = 6
_DEEPEST = 4
# how often a loop may run in all, those around it counted in: Warp unrolls what has constant ranges
_MOST_ROUNDS = 16
# the most characters that the description of a suite takes before the rest of it is summed up
_LONGEST_SUITE = 240
_TRIES = 3
_COUNTS = frozenset("12345678")


def assign(g: Grammar, _suite: Suite) -> str:
    """Give a value a name."""
    expr = _named_value(g)
    value = g.define(draw_name(g, f"variable:{_KINDS.get(type(expr.node), 'binary')}"), expr)
    whether = "whether " if expr.type == BOOL and not expr.leaf else ""
    return f"let {value.expr.words} be {whether}{expr.words}"


def assign_element(g: Grammar) -> str:
    """Give an element of an array a name."""
    expr = g.attempt("element", FLOAT32, 0) or g.anything(FLOAT32, 0)
    value = g.define(draw_name(g, "variable:element"), expr)
    return f"let {value.expr.words} be {expr.words}"


_KINDS: dict[type[ast.expr], str] = {
    ast.Subscript: "element",
    ast.Call: "call",
    ast.Compare: "flag",
    ast.BoolOp: "flag",
}


def _named_value(g: Grammar) -> Expr:
    for _ in range(4):
        before = g.standing()
        expr = g.expression(None, "assign")
        if not isinstance(expr.node, _PLAIN_VALUES) and expr.sources:
            return expr
        g.go_back(before)
    last = g.attempt("element", None, 0) or g.attempt("binary", None, 0)
    return last if last is not None else g.w.expressions.grow(g.block, g.anything(None, 0), 1)


def plain_if(g: Grammar, suite: Suite) -> str:
    """Write ``if``."""
    return _branches(g, suite, 1)


def if_else(g: Grammar, suite: Suite) -> str:
    """Write ``if … else``."""
    return _branches(g, suite, 2)


def if_elif(g: Grammar, suite: Suite) -> str:
    """Write ``if … elif … else``."""
    return _branches(g, suite, 3)


def _branches(g: Grammar, suite: Suite, arms: int) -> str:
    tests = [condition(g, open_ended=arms == 1) for _ in range(max(arms - 1, 1))]
    sinks = _sinks(g, suite)
    before = len(g.w.updated)
    bodies: list[Block] = []
    words: list[str] = []
    offered = list(suite.offered)
    for arm in range(arms):
        inner = Suite("if" if arm < len(tests) else "else", sinks, list(offered))
        child = g.block.child(hidden=tuple(sinks))
        with g.w.inside(child):
            words.append(fill(g, inner, bodies))
        bodies.append(child)
        places = [written.place for written in offered]
        offered = [written for written in inner.stores if written.place not in places]
        suite.stores += inner.stores
    _settle(g, sinks, before)
    suite.changed += sinks
    suite.effects += 1
    node = _chain(tests, bodies)
    g.w.emit_block(node)
    g.w.features.add(("if", "if-else", "if-elif-else")[min(arms, 3) - 1])
    parts = [f"if {test.words}, {said}" for test, said in zip(tests, words, strict=False)]
    return "; otherwise, ".join([*parts, *words[len(tests) :]])


def _sinks(g: Grammar, suite: Suite) -> list[Value]:
    """Return the variables that the arms of a branch may change."""
    known = [v for v in g.w.mutable() if changes.changeable(v) and isinstance(v.expr.node, ast.Name)]
    own = [v for v in known if v.trips == g.block.trips]
    picked = [g.choices.pick(own)] if own and g.choices.chance(0.6) else []
    return picked + [sink for sink in suite.sinks if sink not in picked]


def _settle(g: Grammar, sinks: list[Value], before: int) -> None:
    """Note that what a suite has changed is to be read again, and is not known any more."""
    for value in [value for value in g.w.updated[before:] if value in sinks or value in g.block.visible()]:
        mark_unread(g.w, value)
        g.w.forget(value)


def _chain(tests: list[Expr], bodies: list[Block]) -> ast.If:
    orelse: list[ast.stmt] = bodies[len(tests)].body if len(bodies) > len(tests) else []
    node = ast.If(tests[-1].node, bodies[len(tests) - 1].body, orelse)
    for test, body in zip(reversed(tests[:-1]), reversed(bodies[: len(tests) - 1]), strict=True):
        node = ast.If(test.node, body.body, [node])
    return node


def for_loop(g: Grammar, suite: Suite) -> str:
    """Write ``for`` over a range that accumulates, or writes one place of an output in each round."""
    rounds = _rounds(g)
    known = list(g.block.values)
    sinks = _accumulators(g, suite)
    before = len(g.w.updated)
    counter = draw_name(g, "counter")
    child = g.block.child(trips=rounds.trips, hidden=tuple(sinks), in_loop=True)
    inner = Suite("for", sinks, owed=[sink for sink in sinks if sink not in known])
    with g.w.inside(child):
        g.counters.append(_counter(g, counter, rounds))
        said = fill(g, inner)
        g.counters.pop()
    bounds = [ast.Constant(rounds.first), rounds.limit] if rounds.first else [rounds.limit]
    g.w.emit_block(ast.For(target(counter), call(name("range"), *bounds), child.body, [], lineno=0))
    _settle(g, sinks, before)
    suite.changed += sinks
    suite.effects += 1
    g.w.features.add("for-constant" if rounds.constant else "for-runtime")
    return f"for each {noun_of(counter)} {rounds.extent}, {said}"


class _Rounds(NamedTuple):
    """The end of a range and its words, how many rounds there are at most, and where it starts."""

    limit: ast.expr
    words: str
    trips: int
    first: int = 0

    @property
    def constant(self) -> bool:
        return isinstance(self.limit, ast.Constant)

    @property
    def extent(self) -> str:
        """The words for all that the counter goes through."""
        if not self.first:
            return f"below {self.words}"
        return f"from {self.first} to {self.trips}" if self.constant else f"from {self.first} on below {self.words}"


def _counter(g: Grammar, identifier: str, rounds: _Rounds) -> Value:
    value = g.w.index_value(identifier, rounds.trips - 1 + rounds.first, unrolled=rounds.constant)
    noun = noun_of(identifier)
    value.expr = value.expr._replace(words=noun, sources=(noun,))
    return value


def _rounds(g: Grammar) -> _Rounds:
    """Return the range of a loop, as people write it."""
    kind = g.draw("expressions", "range", frozenset({"local", "number", "parameter", "element", "static"}))
    first = 1 if g.draw("arities", "range", frozenset("12")) == "2" else 0
    if kind in ("local", "element"):
        counts = [v for v in g.unread(g.named(INT32)) if 2.0 <= v.expr.interval.high <= _MOST_TRIPS + 2]
        counts = [v for v in counts if v.expr.interval.low >= 0.0 and v not in g.threads]
        if counts:
            expr = g.block.read(g.choices.pick(counts))
            return _Rounds(expr.node, expr.words, int(expr.interval.high))
    trips = g.choices.integer(2, min(_MOST_TRIPS, _MOST_ROUNDS // g.block.trips))
    if kind == "static":
        constant = new_constant(g, float(trips), INT32)
        return _Rounds(call("static", constant.node), constant.words, trips)
    if kind == "number" or g.room_for_values <= 0:
        return _Rounds(ast.Constant(trips + first), str(trips + first), trips, first)
    identifier = draw_name(g, "parameter", INT32)
    g.add_value(identifier, name("int"), ScalarArgument(identifier, "int32", trips + first))
    return _Rounds(name(identifier), f"the {noun_of(identifier)}", trips, first)


def _accumulators(g: Grammar, suite: Suite) -> list[Value]:
    """Return the variables that a loop may change, new ones mostly."""
    known = [sink for sink in suite.sinks if sink.type == FLOAT32]
    if known and g.choices.chance(0.7):
        return known
    own = [v for v in g.w.mutable(FLOAT32) if v in g.block.values]
    if own and g.choices.chance(0.3):
        return [g.choices.pick(own)]
    if suite.where == "kernel" and len(g.threads) < 4 and g.choices.chance(0.4):
        return []
    kinds: tuple[ValueType, ...] = (FLOAT32, INT32, vector(3, FLOAT32))
    sink, start = accumulator(g.w, g.choices.weighted(kinds, (6.0, 1.0, 2.0)))
    g.said.append(f"start {sink.expr.words} at {start}")
    return [sink]


def while_loop(g: Grammar, suite: Suite) -> str:
    """Write a bounded ``while`` loop."""
    suite.effects += 1
    return loop.write_while(g.w)


def guard_return(g: Grammar, suite: Suite) -> str:
    """Leave the kernel early on a condition."""
    test = guard(g)
    if test is None:
        return plain_if(g, suite)
    g.w.emit(ast.If(test.node, [ast.Return(None)], []))
    g.alive *= 1.0 - test.truth
    g.w.features.add("early-return")
    return f"stop if {test.words}"


def guard_continue(g: Grammar, suite: Suite) -> str:
    """Skip a round of a loop on a condition."""
    test = guard(g)
    if test is None:
        return assign(g, suite)
    g.w.emit(ast.If(test.node, [ast.Continue()], []))
    g.w.features.add("continue")
    return f"skip the round if {test.words}"


def component_store(g: Grammar, suite: Suite) -> str:
    """Change one component of a vector variable."""
    vectors = [v for v in g.block.values if v.mutable and isinstance(v.type, Vector) and v not in suite.sinks]
    value = g.choices.pick(vectors)
    if not isinstance(value.type, Vector):
        raise TypeError(f"{value.type} has no components")
    expr = changes.stored_value(g, value.type.scalar)
    place = g.choices.integer(0, value.type.length - 1)
    destination = ast.Subscript(name(value.identifier), ast.Constant(place), ast.Store())
    g.w.emit(ast.Assign([destination], expr.node, lineno=0))
    value.widen(value.expr.interval.hull(expr.interval), expr.roots)
    mark_unread(g.w, value)
    g.w.forget(value)
    return f"let component {place} of {value.expr.words} be {expr.words}"


_EFFECTS: dict[str, Statement] = {
    "store": changes.store,
    "augment": changes.augment,
    "reassign": changes.reassign,
    "augment-store": changes.augment_store,
    "atomic": changes.share,
}
STATEMENTS: dict[str, Statement] = {
    **_EFFECTS,
    "assign": assign,
    "if": plain_if,
    "if-else": if_else,
    "if-elif": if_elif,
    "for": for_loop,
    "while": while_loop,
    "guard-return": guard_return,
    "guard-continue": guard_continue,
    "component-store": component_store,
}
_BLOCKS = frozenset({"if", "if-else", "if-elif", "for", "while"})
_KNOWN = frozenset(STATEMENTS)
_SIMPLE = _KNOWN - _BLOCKS


Fits = Callable[[Grammar, Suite], bool]


def _has_sink(g: Grammar, suite: Suite) -> bool:
    return any(changes.changeable(v) for v in g.block.values) if suite.where == "kernel" else bool(suite.sinks)


def _has_place(g: Grammar, _suite: Suite) -> bool:
    return not g.block.in_loop or bool(g.counters)


def _may_branch(g: Grammar, _suite: Suite) -> bool:
    return g.block.depth < _DEEPEST


def _may_loop(g: Grammar, _suite: Suite) -> bool:
    return g.block.depth < _DEEPEST - 1 and 2 * g.block.trips <= _MOST_ROUNDS


def _at_top(g: Grammar, _suite: Suite) -> bool:
    return g.block.depth == 0


def _in_for(g: Grammar, suite: Suite) -> bool:
    return g.block.in_loop and suite.where == "for"


def _has_vector(g: Grammar, _suite: Suite) -> bool:
    return any(v.mutable and isinstance(v.type, Vector) for v in g.block.values)


# where statements can be written; others can be everywhere
_FITS: dict[str, Fits] = {
    "augment": _has_sink,
    "reassign": _has_sink,
    "store": _has_place,
    "augment-store": _has_place,
    "if": _may_branch,
    "if-else": _may_branch,
    "if-elif": _may_branch,
    "for": _may_loop,
    "while": _may_loop,
    "guard-return": _at_top,
    "guard-continue": _in_for,
    "component-store": _has_vector,
}


def possible(g: Grammar, suite: Suite, kind: str) -> bool:
    """Tell whether a statement can be written where the grammar stands."""
    fits = _FITS.get(kind)
    return fits is None or fits(g, suite)


def statement(g: Grammar, suite: Suite, row: str, known: frozenset[str] = _KNOWN) -> str:
    """Write one statement, drawn by the row of the profile; return its words."""
    options = g.manner.row("statements", row, known)
    for _ in range(6):
        kind = options.draw(g.choices) if options else "assign"
        if possible(g, suite, kind):
            g.w.features.add(kind)
            return _say(g, STATEMENTS[kind], suite)
    return _say(g, assign, suite)


def _say(g: Grammar, write: Statement, suite: Suite) -> str:
    """Write a statement and return its words, with those of what had to be written before it."""
    before, g.said = g.said, []
    words = g.all_said(write(g, suite))
    g.said = before
    return words


def fill(g: Grammar, suite: Suite, siblings: Sequence[Block] = ()) -> str:
    """Write the suite of a branch or a loop, none that a sibling is like, and return what it does in words."""
    count = int(g.draw("bodies", suite.where, _COUNTS) or "1")
    room = g.lines - g.written
    count = min(count, max(room, 1))
    known = _KNOWN if room > 3 else _SIMPLE
    words = [statement(g, suite, suite.where, known) for _ in range(count - 1)]
    while not suite.effects or suite.owed or g.block.open() or ends_in_guard(g.block):
        words.append(effect(g, suite))
    for _ in range(_TRIES):
        if not any(alike(sibling.body, g.block.body) for sibling in siblings):
            break
        words.append(effect(g, suite))
    return ", ".join(summed(words, _LONGEST_SUITE))


def effect(g: Grammar, suite: Suite) -> str:
    """Write a statement with an effect."""
    if suite.owed and not g.block.open():
        return changes.augment(g, suite)
    row = g.manner.row("statements", suite.where, frozenset(_EFFECTS))
    for _ in range(6):
        kind = row.draw(g.choices) if row else "store"
        if possible(g, suite, kind):
            return _say(g, _EFFECTS[kind], suite)
    kind = "augment" if suite.sinks else "store" if possible(g, suite, "store") else "atomic"
    return _say(g, _EFFECTS[kind], suite)
