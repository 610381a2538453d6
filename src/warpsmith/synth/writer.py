"""Writes one kernel: holds its parameters, blocks and names while a family and the statement forms fill it."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from warpsmith.synth.choices import Choices
from warpsmith.synth.complexity import Bounds, complexity, heads_complexity
from warpsmith.synth.expr import LOAD, STORE, Expr, call, leaf, name, subscript, target
from warpsmith.synth.expressions import ExpressionWriter
from warpsmith.synth.form import Form
from warpsmith.synth.idiom import Filling, statements
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import Argument, ScalarArgument
from warpsmith.synth.names import Names
from warpsmith.synth.operations import Weights
from warpsmith.synth.scope import Block, Value
from warpsmith.synth.tile import Tiles
from warpsmith.synth.types import FLOAT32, FLOATS, INT32, INTEGERS, Scalar, Struct, ValueType

Statement = TypeVar("Statement", bound=ast.stmt)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the kernel with the argument that a launch gives it."""

    name: str
    annotation: ast.expr
    argument: Argument
    output: bool = False


@dataclass(frozen=True, slots=True)
class Threads:
    """The grid of threads: the name of each index and the number of threads along it."""

    indices: tuple[str, ...]
    extents: tuple[int, ...]

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return len(self.indices)


@dataclass(frozen=True, slots=True)
class Style:
    """How a family writes: which operations, statement forms, grids and scalars it prefers."""

    operations: Weights
    forms: Mapping[str, float]
    dimensions: tuple[float, float, float, float] = (10.0, 3.0, 1.0, 0.4)
    floats: tuple[float, float, float, float] = (10.0, 2.0, 1.0, 0.3)
    integers: tuple[float, ...] = (8.0, 1.5, 0.7, 0.5, 1.0, 0.7, 0.5, 0.5)


_INDEX_NAMES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("i",), ("tid",), ("idx",)),
    (("i", "j"), ("row", "col"), ("x", "y")),
    (("i", "j", "k"), ("x", "y", "z"), ("plane", "row", "col")),
    (("i", "j", "k", "l"), ("batch", "plane", "row", "col"), ("t", "x", "y", "z")),
)
_INNER_FORMS = frozenset({"assignment", "select", "branch", "for-constant", "for-runtime", "function-call"})
_EXTENTS = ((16, 96), (5, 12), (3, 6), (2, 4))


class KernelWriter:
    """The kernel being written.

    `block` is the suite that statements go to, `spent` the complexity written so far and `goal` the complexity at
    which elaboration ends. `features` collects the names of the forms that were used. `block_dim` is the number of
    threads of a block, None where it does not matter; `tiled`: the grid is one of blocks, whose threads work on tiles.
    """

    def __init__(self, choices: Choices, style: Style, bounds: Bounds, forms: Mapping[str, Form]) -> None:
        self.choices = choices
        self.style = style
        self.forms = forms
        self.precision = choices.weighted(FLOATS, style.floats)
        self.integer = choices.weighted(INTEGERS, style.integers)
        self.names = Names(choices)
        self.expressions = ExpressionWriter(choices, style.operations, self.precision)
        self.block = Block()
        self.parameters: list[Parameter] = []
        self.preamble: list[ast.stmt] = []
        self.documentation: list[ast.stmt] = []
        self.written_back: list[str] = []
        self.enclosure: tuple[str, Mapping[str, Filling]] | None = None
        self.structs: list[Struct] = []
        self.functions: list[ast.FunctionDef] = []
        self.features: set[str] = set()
        self.steps: list[str] = []
        self.definitions: list[str] = []
        self.spent = 0
        self.goal = goal(choices, bounds)
        self.legacy_arrays = choices.chance(0.5)
        self.threads = Threads((), ())
        self.block_dim: int | None = None
        self.tiled = False
        self.tiles = Tiles()
        self._extents: dict[int, str] = {}
        self.accumulating = False
        self.stored = False
        self.updated: list[Value] = []
        self.shares_result = False

    @property
    def room(self) -> int:
        """How much complexity may still be written."""
        return self.goal - self.spent

    @property
    def inner_forms(self) -> Mapping[str, float]:
        """The weights of the forms that may stand inside a branch or a loop."""
        return {key: weight for key, weight in self.style.forms.items() if key in _INNER_FORMS}

    @property
    def shared_float(self) -> Scalar:
        """The scalar in which threads share floating-point values: atomics want at least 32 bits."""
        return self.precision if self.precision.bits >= 32 else FLOAT32

    def use_threads(self, ndim: int, names: Sequence[str] = ()) -> None:
        """Fix the grid of threads and write the line that asks for the index, by these names or usual ones."""
        indices = tuple(self.names.fresh(wanted) for wanted in names or self.choices.pick(_INDEX_NAMES[ndim - 1]))
        low, high = _EXTENTS[ndim - 1]
        extents = tuple(self.choices.integer(low, high) for _ in indices)
        self.threads = Threads(indices, extents)
        if ndim == 1:
            destination: ast.expr = target(indices[0])
        else:
            destination = ast.Tuple([target(index) for index in indices], STORE)
        self.block.body.append(_assign(destination, call("tid")))
        self.features.add(f"threads-{ndim}d")

    def index_nodes(self) -> list[ast.expr]:
        """Return the thread's index, one node a dimension."""
        return [name(index) for index in self.threads.indices]

    def emit(self, statement: ast.stmt) -> None:
        """Append a simple statement to the current block."""
        self.block.body.append(statement)
        self.spent += complexity(statement, self.block.depth)

    def emit_block(self, statement: ast.If | ast.For | ast.While) -> None:
        """Append a compound statement whose suites were written before; what stands in them was counted then."""
        self.block.body.append(statement)
        self.spent += heads_complexity(statement, self.block.depth)

    def write(self, text: str, **holes: Filling | Block) -> None:
        """Append an idiom, a text with holes (see `idiom`); a block written before takes the place of a statement."""
        blocks = {hole: filling for hole, filling in holes.items() if isinstance(filling, Block)}
        filled = {hole: filling.body if isinstance(filling, Block) else filling for hole, filling in holes.items()}
        for statement in statements(text, **filled):
            self.emit(statement)
        for block in blocks.values():  # its statements were counted when they were written
            self.spent -= sum(complexity(statement, block.depth) for statement in block.body)

    def declare(self, text: str, **holes: Filling) -> None:
        """Append statements of the module, an idiom, to what stands before the structs: constants, factories."""
        self._count(self.preamble, statements(text, **holes))

    def define_functions(self, text: str, **holes: Filling) -> None:
        """Append an idiom to the functions of the module."""
        self._count(self.functions, [node for node in statements(text, **holes) if isinstance(node, ast.FunctionDef)])

    def enclose(self, text: str, **holes: Filling) -> None:
        """Let an idiom define the kernel, once: ``KERNEL`` is where its definition goes, ``kernel`` is its name."""
        self.enclosure = (text, holes)
        self.spent += sum(complexity(statement) for statement in statements(text, KERNEL=[], **holes))

    def _count(self, suite: list[Statement], added: list[Statement]) -> None:
        suite += added
        self.spent += sum(complexity(statement) for statement in added)

    def bind(
        self,
        identifier: str,
        value_type: ValueType,
        interval: Interval,
        words: str = "",
        *,
        pending: bool = True,
        roots: frozenset[str] | None = None,
    ) -> Value:
        """Bring a variable into scope that an idiom has made of array data; by default something must read it.

        `roots` are the inputs that it could cancel out against; without them it counts as an input of its own.
        """
        noun = words or identifier.replace("_", " ")
        value = leaf(name(identifier), value_type, interval, noun, varying=True, roots=roots)
        return self.block.add(Value(value), pending=pending)

    @contextmanager
    def inside(self, block: Block) -> Iterator[Block]:
        """Write into another block for a while."""
        outer, self.block = self.block, block
        try:
            yield block
        finally:
            self.block = outer

    @contextmanager
    def hidden(self, value: Value) -> Iterator[None]:
        """Keep a value of the current block out of expressions for a while."""
        block, before = self.block, self.block.hidden
        block.hidden = (*before, value)
        try:
            yield
        finally:
            block.hidden = before

    def define(self, identifier: str, expr: Expr, *, mutable: bool = True, pending: bool = True) -> Value:
        """Assign an expression to a new local variable."""
        self.emit(_assign(target(identifier), expr.node))
        words = identifier.strip("_").replace("_", " ")
        local = leaf(name(identifier), expr.type, expr.interval, words, roots=expr.roots, varying=expr.varying)
        if expr.affine is not None or expr.steady:
            affine = local.affine if expr.affine is None else expr.affine
            local = local._replace(affine=affine, steady=expr.steady)
        if expr.fixed or expr.truth != local.truth:
            local = local._replace(fixed=expr.fixed, truth=expr.truth)
        return self.block.add(Value(local, mutable=mutable, trips=self.block.trips), pending=pending)

    def forget(self, value: Value) -> None:
        """Let a variable count as an input of its own: it may hold one thing or another now."""
        value.become({f"{value.identifier} {len(self.updated)}": 1.0})

    def index_value(self, identifier: str, high: int, *, unrolled: bool = False) -> Value:
        """Bring a loop's counter into scope as a value from 0 to `high` (included)."""
        interval = Interval(0.0, float(high))
        counter = Expr(name(identifier), INT32, interval, identifier, (identifier,), leaf=True, unrolled=unrolled)
        return self.block.add(Value(counter, trips=self.block.trips), pending=False)

    def add_parameter(self, parameter: Parameter) -> None:
        """Append a parameter to the kernel."""
        self.parameters.append(parameter)

    def thread_extent(self, axis: int) -> ast.expr:
        """Return the parameter that holds the number of threads along an axis, made when first asked for."""
        if axis not in self._extents:
            wanted = "n" if self.threads.ndim == 1 else ("height", "width", "depth", "layers")[axis]
            self._extents[axis] = self.names.fresh(wanted)
            self.count(self._extents[axis], self.threads.extents[axis])
        return name(self._extents[axis])

    def count(self, identifier: str, size: int) -> ast.expr:
        """Add a parameter that holds a number of elements."""
        self.add_parameter(Parameter(identifier, name("int"), ScalarArgument(identifier, "int32", size)))
        return name(identifier)

    def array_annotation(self, element: ast.expr, ndim: int) -> ast.expr:
        """Return the type of an array parameter in one of its two spellings, the same one throughout a kernel."""
        constructor = "array" if ndim == 1 else f"array{ndim}d"
        if not self.legacy_arrays:
            return subscript(ast.Attribute(name("wp"), constructor, LOAD), [element])
        node = call(constructor)
        node.keywords = [ast.keyword("dtype", element)]
        return node

    def mutable(self, value_type: ValueType | None = None) -> list[Value]:
        """Return the local variables that statements of the current block may update."""
        return [v for v in self.block.visible() if v.mutable and value_type in (None, v.type)]


def goal(choices: Choices, bounds: Bounds) -> int:
    """Draw the complexity to stop at: inside the bounds, with room for the statements that close the kernel."""
    span = min(bounds.high - bounds.low, 40)
    return bounds.low + choices.integer(span // 10, span // 2)


def _assign(destination: ast.expr, value: ast.expr) -> ast.Assign:
    # line numbers are not needed: the text is printed and parsed again
    return ast.Assign([destination], value, lineno=0)
