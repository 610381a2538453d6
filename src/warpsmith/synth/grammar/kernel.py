"""A whole kernel in the manner of a profile: its grid, its statements up to the drawn length, what is left to store."""

from collections.abc import Sequence
from dataclasses import replace

from warpsmith.manner.profile import length_class
from warpsmith.synth.expr import leaf, name
from warpsmith.synth.grammar import calls, elements, leaves, operators
from warpsmith.synth.grammar.changes import Suite, output_argument
from warpsmith.synth.grammar.conditions import ends_in_guard
from warpsmith.synth.grammar.elements import argument_of
from warpsmith.synth.grammar.manner import Manner
from warpsmith.synth.grammar.nouns import noun_of
from warpsmith.synth.grammar.state import Grammar, Production, Size, StructInput
from warpsmith.synth.grammar.suites import assign_element, effect, statement
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import Filling, StructArgument
from warpsmith.synth.scope import Value
from warpsmith.synth.types import INT32, Struct
from warpsmith.synth.writer import KernelWriter

PRODUCTIONS: dict[str, Production] = {
    "local": leaves.local,
    "parameter": leaves.parameter,
    "global": leaves.module_constant,
    "number": leaves.number,
    "flag": operators.flag,
    "condition": operators.plain_condition,
    "constant": leaves.constant,
    "component": leaves.component,
    "axis": leaves.axis,
    "member": leaves.member,
    "element": elements.element,
    "element-component": elements.element_component,
    "field": elements.field,
    "field-element": elements.element,
    "shape": elements.shape,
    "binary": operators.binary,
    "negative": operators.negative,
    "not": operators.negation,
    "compare": operators.compare,
    "logic": operators.logic,
    "choice": operators.choice,
    "builtin": calls.builtin,
    "constructor": calls.constructor,
    "cast": calls.casted,
    "function": calls.user_function,
    "static": calls.static,
}
_DIMENSIONS = frozenset("1234")


def start(w: KernelWriter, manner: Manner, dimensions: Sequence[float] | None = None) -> Grammar:
    """Draw the kernel's grid and length and write the line that asks for the thread's index.

    `dimensions` are weights of grids of 1 to 4 dimensions, for families that do not take any.
    """
    lines = int(manner.row("lines").draw(w.choices))
    g = Grammar(w, manner, PRODUCTIONS, _size(w, manner, lines))
    w.legacy_arrays = not w.choices.chance(manner.share("spellings", "element", "subscript", 0.5))
    grid = int(g.draw("grids", "", _DIMENSIONS) or "1")
    if dimensions is not None and not dimensions[grid - 1]:
        grid = w.choices.weighted((1, 2, 3, 4), dimensions)
    names = [manner.row("names", f"thread:{grid}:{place}") for place in range(grid)]
    w.use_threads(grid, [row.draw(w.choices) for row in names] if all(names) else ())
    for identifier, extent in zip(w.threads.indices, w.threads.extents, strict=True):
        interval = Interval(0.0, float(extent - 1))
        expr = leaf(name(identifier), INT32, interval, noun_of(identifier))._replace(affine=None)
        g.threads.append(w.block.add(Value(expr), pending=False))
    return g


def _size(w: KernelWriter, manner: Manner, lines: int) -> Size:
    row = manner.row("parameters", length_class(lines))
    count = max(int(row.draw(w.choices)) if row else 4, 2)
    values = sum(w.choices.chance(manner.share("types", "", "parameter", 0.2)) for _ in range(count))
    return Size(lines, max(count - values, 2), values)


def write_body(g: Grammar, *, free: bool = True) -> list[str]:
    """Write statements until the drawn length is reached, then store what nothing has read.

    A `free` kernel has no core of a family that reads arrays.
    """
    suite = Suite("kernel")
    row = f"{length_class(g.lines)}/kernel"
    words: list[str] = []
    while g.written + 1 + _closing(g) < g.lines:
        words.append(statement(g, suite, row))
    if free and not g.arrays:
        words.append(assign_element(g))
    while (not suite.stores and not suite.effects) or g.block.open() or ends_in_guard(g.block):
        words.append(effect(g, suite))
    finish(g)
    return words


def _closing(g: Grammar) -> int:
    """Return how many lines it will take to store what is unread."""
    return max((len(g.block.open()) + 1) // 2, 1)


def finish(g: Grammar) -> None:
    """Give every parameter the argument that fits what was read of it, and write down the structs."""
    arguments = {array.name: argument_of(array) for array in g.arrays}
    arguments.update({array.name: output_argument(array) for array in g.outputs})
    structs = {struct.name: _struct_argument(struct) for struct in g.structs}
    w = g.w
    for place, parameter in enumerate(w.parameters):
        argument = arguments.get(parameter.name) or structs.get(parameter.name)
        if argument is not None:
            w.parameters[place] = replace(parameter, argument=argument)
    for struct in g.structs:
        fields = tuple((field, kind) for field, (kind, _, _) in struct.fields.items())
        w.structs.append(Struct(struct.type_name, fields))


def _struct_argument(struct: StructInput) -> StructArgument:
    fillings = tuple(
        (field, Filling(kind.name, interval.low, interval.high, form))
        for field, (kind, interval, form) in struct.fields.items()
    )
    return StructArgument(struct.name, struct.type_name, (), fillings)
