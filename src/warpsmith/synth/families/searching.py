"""What searches share: walks over what a query finds, with what is gathered on the way."""

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from warpsmith.synth.expr import STORE, Expr, call, leaf, listed, literal_node, name, spelled, subscript
from warpsmith.synth.families.drawing import attribute
from warpsmith.synth.families.pieces import typed
from warpsmith.synth.form import nested
from warpsmith.synth.idiom import Filling, expression
from warpsmith.synth.interval import Interval
from warpsmith.synth.scope import Value
from warpsmith.synth.statements.sink import accumulator
from warpsmith.synth.types import INT32, Scalar, ValueType
from warpsmith.synth.updates import mark_unread, output_array, update
from warpsmith.synth.writer import KernelWriter

_QUERIES = ("query", "neighbors", "candidates", "q_iter", "hits", "found", "search")
INDICES = ("index", "j", "neighbor", "other", "candidate", "nbr")


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk over what a query finds.

    `query` is the call that opens it and `advance` the builtin that goes on, with `further` arguments behind the index;
    `index` is the variable that holds what was found, a number below `size`. About `trips` are found at most, which
    says how large sums become. Where it is `iterable`, a ``for`` loop can go over it.
    """

    query: ast.expr
    advance: str
    index: str
    size: int
    trips: int
    further: tuple[ast.expr, ...] = ()
    iterable: bool = True


def walk(w: KernelWriter, steps: Walk, sinks: Sequence[Value], fill: Callable[[KernelWriter], str]) -> str:
    """Write the walk; `fill` writes its body, which may update the `sinks`, and returns the words of it."""
    over_iterator = steps.iterable and w.choices.chance(0.4)
    direct = over_iterator and w.choices.chance(0.4)
    query = "" if direct else w.names.one_of(_QUERIES)
    if not direct:
        w.write("query = opened", query=query, opened=steps.query)
    body = w.block.child(trips=steps.trips, hidden=tuple(sinks), in_loop=True)
    if not over_iterator:
        w.write("index = start", index=steps.index, start=_start(w))
    with w.inside(body):
        words = fill(w)
    if over_iterator:
        iterator = steps.query if direct else name(query)
        w.write("for index in iterator:\n    BODY", index=steps.index, iterator=iterator, BODY=body)
    else:
        test = call(steps.advance, name(query), name(steps.index), *steps.further)
        w.write("while test:\n    BODY", test=test, BODY=body)
    w.features.add("query-for" if over_iterator else "query-while")
    for sink in sinks:
        mark_unread(w, sink)
        w.forget(sink)
    return words


def _start(w: KernelWriter) -> ast.expr:
    constructor = w.choices.weighted(("int", "wp.int32"), (5, 1))
    return call(spelled(constructor), literal_node(w.choices.weighted((0, -1), (4, 1)), INT32))


def gather(w: KernelWriter, sinks: Sequence[Value]) -> str:
    """Fold all that a walk's body has not read into the sinks, the last of which takes what is left."""
    words = nested(w, w.inner_forms, 0.25) if w.room > 10 else []
    return listed([*words, *(update(w, sink) for sink in sinks)])


def start_sinks(w: KernelWriter, types: Sequence[ValueType]) -> list[Value]:
    """Define a variable of each type that a walk sums into."""
    return [accumulator(w, value_type)[0] for value_type in types]


def counter(w: KernelWriter) -> Value:
    """Define a whole number that starts at zero."""
    identifier = w.names.one_of(("count", "num_found", "n_near", "hits", "total_count", "num_contacts"))
    w.write("count = int(0)", count=identifier)
    noun = identifier.replace("_", " ")
    zero = leaf(name(identifier), INT32, Interval(0.0, 0.0), noun, varying=True)
    return w.block.add(Value(zero, mutable=True, trips=w.block.trips), pending=False)


def count_one(w: KernelWriter, sink: Value, most: int) -> str:
    """Raise a counter by one."""
    text = w.choices.weighted(("count += 1", "count = count + 1"), (4, 1))
    w.write(text, count=sink.identifier)
    sink.widen(Interval(0.0, float(most)), frozenset())
    mark_unread(w, sink)
    return f"count one in {sink.expr.words}"


def gated(w: KernelWriter, test: str, fill: Callable[[KernelWriter], str], **holes: Filling) -> str:
    """Write what `fill` writes behind a test: in a branch, or after a ``continue`` where the test fails."""
    condition = expression(test, **holes)
    if w.choices.chance(0.25):
        w.write("if condition:\n    continue", condition=ast.UnaryOp(ast.Not(), condition))
        w.features.add("continue")
        return fill(w)
    child = w.block.child()
    with w.inside(child):
        words = fill(w)
    w.write("if condition:\n    BODY", condition=condition, BODY=child)
    w.features.add("if")
    return words


def own(w: KernelWriter, expr: Expr, wanted: str | tuple[str, ...], *, pending: bool = True) -> Value:
    """Read what is the thread's own into a variable."""
    identifier = w.names.fresh(wanted) if isinstance(wanted, str) else w.names.one_of(wanted)
    return w.define(identifier, expr, mutable=False, pending=pending)


def note_items(w: KernelWriter, count: Value, index: str, most: int) -> str:
    """Write the numbers of what is found into the thread's row of an array, as many as fit, and count them."""
    identifier = output_array(w, INT32, (*w.threads.extents, most))
    row = name(identifier)
    child = w.block.child()
    with w.inside(child):
        place = [*w.index_nodes(), name(count.identifier)]
        w.emit(ast.Assign([subscript(row, place, STORE)], name(index), lineno=0))
        count_one(w, count, most)
    w.write("if count < most:\n    BODY", count=count.identifier, most=most, BODY=child)
    w.stored = True
    w.features.add("result-list")
    return f"note {index} in {identifier} while there is room for {most}"


def extreme(w: KernelWriter, index: str, size: int, scalar: Scalar) -> tuple[str, Callable[[KernelWriter], str]]:
    """Define a variable for the largest or smallest value of an attribute; return its name and what keeps it."""
    best = w.names.one_of(("peak", "lowest", "extreme", "bound", "top_value", "best_score"))
    builtin, start, word = w.choices.pick((("max", -20.0, "largest"), ("min", 20.0, "smallest")))
    w.write(typed(f"best = T({start})", scalar), best=best)
    expr = attribute(w, scalar, index, size)
    comparison = "value > best" if builtin == "max" else "value < best"

    def keep(w: KernelWriter) -> str:
        if w.choices.chance(0.6):
            w.write("best = EXTREME", best=best, EXTREME=call(builtin, name(best), expr.node))
        else:
            w.write(f"if {comparison}:\n    best = value", best=best, value=expr.node)
        return f"keep the {word} of {expr.words} in {best}"

    return best, keep
