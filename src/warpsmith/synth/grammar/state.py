"""What the grammar knows of the kernel that it writes: arrays, constants, outputs, how much is still to come."""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from warpsmith.synth.expr import Expr, fits
from warpsmith.synth.grammar.manner import Manner
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import Argument, Form
from warpsmith.synth.scope import Block, Mark, Value
from warpsmith.synth.types import BOOL, Scalar, ValueType
from warpsmith.synth.writer import KernelWriter, Parameter

_TRIES = 5
# lengths up to which kernels differ in their expressions or not at all
_TINY, _SHORT = 4, 6


@dataclass(slots=True, eq=False)
class ArrayInput:
    """An array that the kernel reads; its extents grow with the indices that are read.

    `ceilings` are extents, by axis, that are not passed: indices wrap around there.
    """

    name: str
    type: ValueType
    noun: str
    interval: Interval
    form: Form
    extents: list[int]
    stored: bool = False
    own_only: bool = True
    ceilings: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class ArrayOutput:
    """An array that the kernel writes, each thread at its own index and at further indices behind it."""

    name: str
    type: ValueType
    extents: list[int]
    slots: int = 0


@dataclass(slots=True, eq=False)
class StructInput:
    """A struct parameter that gets its fields as they are read."""

    name: str
    type_name: str
    fields: dict[str, tuple[ValueType, Interval, Form]] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Function:
    """A user function being written: its parameters with the arguments of its one call, and the block of its caller."""

    caller: Block
    arity: int
    depth: int
    name: str = ""
    parameters: list[ast.arg] = field(default_factory=list)
    arguments: list[Expr] = field(default_factory=list)
    result: Expr | None = None


class Size(NamedTuple):
    """How long a kernel should get, and how many arrays and other parameters it should have."""

    lines: int
    arrays: int
    values: int


class Standing(NamedTuple):
    """How things stood before an attempt that may fail."""

    pending: Mark
    calling: Mark
    lengths: list[int]
    spent: int


Production = Callable[["Grammar", ValueType | None, int], Expr | None]


class Grammar:
    """The kernel being written in a manner; `productions` are the kinds of expressions that it can write.

    `lines` is how long it should get, `most_arrays` and `most_values` how many parameters of either kind it should
    have. `known` is what variables were last given, `tests` are the conditions of all branches and guards so far.
    """

    def __init__(self, w: KernelWriter, manner: Manner, productions: Mapping[str, Production], size: Size) -> None:
        self.w, self.manner, self.productions = w, manner, productions
        self.choices = w.choices
        self.lines, self.most_arrays, self.most_values = size
        self.arrays: list[ArrayInput] = []
        self.outputs: list[ArrayOutput] = []
        self.structs: list[StructInput] = []
        self.constants: list[Value] = []
        self.members: list[Value] = []
        self.counters: list[Value] = []
        self.threads: list[Value] = []
        self.root = w.block
        self.worked = False
        self.alive = 1.0
        self.values: list[str] = []
        self.said: list[str] = []
        self._counted = self._lines = 0
        self.function: Function | None = None
        self.functions: list[Function] = []
        self._lists: list[list[Any]] = [
            w.parameters, w.functions, w.preamble, w.definitions, self.arrays, self.structs, self.constants,
            self.members, self.functions, self.values, self.root.values,
        ]  # fmt: skip
        self.known: dict[str, ast.expr] = {}
        self.tests: list[ast.expr] = []

    @property
    def block(self) -> Block:
        """The block that is being written."""
        return self.w.block

    @property
    def room_for_arrays(self) -> int:
        """How many more arrays the kernel should have."""
        return self.most_arrays - (len(self.w.parameters) - len(self.values))

    @property
    def room_for_values(self) -> int:
        """How many more parameters that are no arrays the kernel should have."""
        return self.most_values - len(self.values)

    def add_value(self, identifier: str, annotation: ast.expr, argument: Argument) -> None:
        """Add a parameter that is no array."""
        self.values.append(identifier)
        self.w.add_parameter(Parameter(identifier, annotation, argument))

    def define(self, identifier: str, expr: Expr) -> Value:
        """Give an expression a name and remember what stands behind it."""
        self.known[identifier] = expr.node
        return self.w.define(identifier, expr)

    def redefine(self, identifier: str, node: ast.expr) -> None:
        """Remember what a variable holds now, where that is an element of an array; what it held before is refused."""
        if isinstance(node, ast.Subscript) and not any(name.id in self.known for name in _names_in(node)):
            self.known[identifier] = node

    def all_said(self, words: str) -> str:
        """Return the words of a statement behind those of the statements that came up before it."""
        said, self.said[:] = [*self.said, words], []
        return "; ".join(said)

    @property
    def written(self) -> int:
        """The number of lines that the kernel has so far."""
        body = self.root.body
        if len(body) < self._counted:
            self._counted = self._lines = 0
        self._lines += lines_of(body[self._counted :])
        self._counted = len(body)
        return self._lines

    def draw(self, table: str, name: str = "", known: frozenset[str] | None = None) -> str:
        """Draw from a row of the profile; empty text where the profile says nothing."""
        row = self.manner.row(table, name, known)
        return row.draw(self.choices) if row else ""

    def expression(self, wanted: ValueType | None, slot: str, depth: int = 0) -> Expr:
        """Return an expression of a type, or of any, as people write them in this slot."""
        where = "function" if self.function else "kernel"
        known = _KINDS[where, _class_of(wanted), depth >= self.deepest]
        if slot in _DEEPENED and depth < self.least_depth and wanted is not BOOL:
            known = _DEEP
        row = self.manner.row("expressions", slot, known)
        for _ in range(_TRIES if row else 0):
            expr = self.attempt(row.draw(self.choices), wanted, depth)
            if expr is not None:
                return expr
        return self.anything(wanted, depth)

    @property
    def least_depth(self) -> int:
        """How deep expressions nest at least: short kernels would be much the same without."""
        return 0 if self.function else 2 if self.lines <= _TINY else 1 if self.lines <= _SHORT else 0

    @property
    def deepest(self) -> int:
        """How deep expressions nest at most."""
        return 3 if self.function else 4

    def attempt(self, kind: str, wanted: ValueType | None, depth: int) -> Expr | None:
        """Return an expression of a kind, or None with everything as it was where there is none that fits."""
        before = None if kind in _LEAVES else self.standing()
        expr = self.productions[kind](self, wanted, depth + 1)
        if expr is not None and (before is None or fits(expr)) and wanted in (None, expr.type):
            return expr
        if before is not None:
            self.go_back(before)
        return None

    def anything(self, wanted: ValueType | None, depth: int) -> Expr:
        """Return something of a type that there always is: a variable, an input, or another value converted."""
        kinds = ("local", "element", "compare") if wanted == BOOL else ("local", "element", "parameter", "number")
        for kind in kinds * 2:
            expr = self.attempt(kind, wanted, depth)
            if expr is not None:
                return expr
        if wanted == BOOL:
            return self.productions["condition"](self, BOOL, depth) or self.w.expressions.condition(self.block)
        value = self.w.expressions.start(self.block)
        return value if wanted is None else self.w.expressions.to_type(self.block, value, wanted)

    def standing(self) -> Standing:
        """Return how things stand, for `go_back`."""
        caller = self.function.caller.mark() if self.function else []
        return Standing(self.block.mark(), caller, list(map(len, self._growing())), self.w.spent)

    def go_back(self, standing: Standing) -> None:
        """Forget everything that was written since."""
        self.block.restore(standing.pending)
        self.block.restore(standing.calling)
        for items, length in zip(self._growing(), standing.lengths, strict=True):
            del items[length:]
        self.w.spent = standing.spent

    def _growing(self) -> list[list[Any]]:
        """Return the lists that writing an expression may append to."""
        function, block = self.function, self.w.block
        lists = [*self._lists, self.said, block.body, block.values]
        if function is not None:
            lists += [function.parameters, function.arguments, function.caller.body, function.caller.values]
        return lists

    def named(self, value_type: ValueType | None) -> list[Value]:
        """Return the variables in scope, of a type or of any but flags."""
        found: list[Value] = []
        block: Block | None = self.w.block
        hidden = self.w.block.hidden
        while block is not None:
            for value in block.values:
                expr = value.expr
                fits = expr.type is value_type if value_type is not None else expr.type is not BOOL
                if fits and expr.node.__class__ is ast.Name and (not hidden or value not in hidden):
                    found.append(value)
            block = block.parent
        return found

    def unread(self, values: list[Value]) -> list[Value]:
        """Return those of the values that nothing has read yet."""
        if not values:
            return values
        pending: set[Value] = set()
        block: Block | None = self.block
        while block is not None:
            pending.update(block.pending)
            block = block.parent
        return [value for value in values if value in pending]

    @contextmanager
    def writing(self, function: Function) -> Iterator[Block]:
        """Write a user function for a while."""
        outer, self.function = self.function, function
        try:
            with self.w.inside(Block()) as block:
                yield block
        finally:
            self.function = outer

    @contextmanager
    def calling(self) -> Iterator[Function]:
        """Go back to where the function that is being written is called from, for its arguments."""
        function = self.function
        if function is None:
            raise TypeError("no function is being written")
        self.function = None
        try:
            with self.w.inside(function.caller):
                yield function
        finally:
            self.function = function


def _names_in(node: ast.expr) -> Iterator[ast.Name]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Name))


def lines_of(body: Sequence[ast.stmt]) -> int:
    """Return how many lines statements are printed on."""
    total = 0
    for node in body:
        total += 1
        if isinstance(node, ast.If | ast.For | ast.While):
            total += lines_of(node.body)
            if isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
                total += lines_of(node.orelse)
            elif node.orelse:
                total += 1 + lines_of(node.orelse)
    return total


_LEAVES = frozenset(
    {"local", "element", "parameter", "number", "component", "axis", "field", "global", "member", "flag"}
)
_COMPOSITES = frozenset({"builtin", "constructor", "cast", "function", "binary", "negative", "not", "compare", "logic",
                         "choice", "shape", "constant", "static", "element-component", "field-element"})  # fmt: skip
_DEEP = frozenset({"binary", "builtin", "function", "constructor", "choice"})
_DEEPENED = frozenset({"store", "assign", "binary-left", "binary-right", "builtin-argument", "augment-store"})
_OF_KERNELS = frozenset({"function", "field", "field-element", "member", "shape", "static", "choice"})
_CONDITIONS = frozenset({"compare", "logic", "not", "flag"})
# what can come out as a value of a class of types
_GIVING: dict[str, frozenset[str]] = {
    "any": (_LEAVES | _COMPOSITES) - {"not", "flag"},
    "bool": _CONDITIONS | {"local", "element", "function", "static"},
    "float": (_LEAVES | _COMPOSITES) - _CONDITIONS - {"member", "shape"},
    "int": (_LEAVES | _COMPOSITES) - _CONDITIONS - {"constant", "element-component"},
    "composite": frozenset({"local", "element", "parameter", "field", "field-element", "component", "builtin",
                            "constructor", "function", "binary", "negative"}),
}  # fmt: skip
_KINDS: dict[tuple[str, str, bool], frozenset[str]] = {
    (where, kind, deep): (giving & (_LEAVES if deep else _LEAVES | _COMPOSITES)) - left_out
    for where, left_out in (("kernel", frozenset[str]()), ("function", _OF_KERNELS))
    for kind, giving in _GIVING.items()
    for deep in (False, True)
}


def _class_of(wanted: ValueType | None) -> str:
    if wanted is None:
        return "any"
    if not isinstance(wanted, Scalar):
        return "composite"
    return wanted.kind if wanted.kind != "uint" else "int"
