"""Values in scope: what an expression may read where it stands, and what must still be read before the block ends."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from warpsmith.synth.affine import Affine
from warpsmith.synth.expr import Expr
from warpsmith.synth.interval import Interval
from warpsmith.synth.printing import text_of
from warpsmith.synth.types import ValueType


@dataclass(eq=False, slots=True)
class Value:
    """Something that an expression can read: a parameter, an array element, a local variable.

    `expr` is how it is read. A `mutable` value is a local variable that later statements may update; `trips` is how
    often the loops around its definition run in all.
    """

    expr: Expr
    mutable: bool = False
    trips: int = 1

    @property
    def type(self) -> ValueType:
        """The type of the value."""
        return self.expr.type

    @property
    def identifier(self) -> str:
        """The name of the local variable; only for mutable values."""
        if not isinstance(self.expr.node, ast.Name):
            raise TypeError(f"{text_of(self.expr.node)} is no local variable")
        return self.expr.node.id

    def widen(self, interval: Interval, roots: frozenset[str]) -> None:
        """Take note that an update with values from `roots` may have moved the value to anywhere in `interval`."""
        self.expr = self.expr._replace(interval=interval, roots=self.expr.roots | roots, varying=True)

    def become(self, affine: Affine) -> None:
        """Take note of the coefficients of what an update has made of the value."""
        self.expr = self.expr._replace(affine=affine)


Mark = list[tuple["Block", dict[Value, None]]]


@dataclass(eq=False, slots=True)
class Block:
    """A suite of statements. What is defined in it is visible in it alone, as Warp wants it.

    `pending` holds the values that nothing has read yet; the block may not end before all are read. `hidden` are the
    values that loops around it update: their range changes from one iteration to the next, so expressions leave them
    alone. `trips` is how often the block runs in all for one thread.
    """

    parent: "Block | None" = None
    trips: int = 1
    depth: int = 0
    body: list[ast.stmt] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    pending: dict[Value, None] = field(default_factory=dict)
    hidden: tuple[Value, ...] = ()
    in_loop: bool = False

    def add(self, value: Value, *, pending: bool = True) -> Value:
        """Bring a value into scope."""
        self.values.append(value)
        if pending:
            self.pending[value] = None
        return value

    def visible(self) -> Iterator[Value]:
        """Yield what may be read here, innermost scope first."""
        block: Block | None = self
        while block is not None:
            for value in block.values:
                if value not in self.hidden:
                    yield value
            block = block.parent

    def open(self) -> list[Value]:
        """Return what this block itself must still read."""
        return [value for value in self.pending if value not in self.hidden]

    def read(self, value: Value) -> Expr:
        """Read a value: wherever it was defined, it is no longer unread."""
        block: Block | None = self
        while block is not None:
            block.pending.pop(value, None)
            block = block.parent
        return value.expr

    def mark(self) -> "Mark":
        """Return what is unread now, for `restore`: an expression that is thrown away has read nothing."""
        blocks: list[tuple[Block, dict[Value, None]]] = []
        block: Block | None = self
        while block is not None:
            blocks.append((block, block.pending.copy()))
            block = block.parent
        return blocks

    def restore(self, mark: "Mark") -> None:
        """Go back to what was unread when the mark was taken."""
        for block, pending in mark:
            block.pending = pending

    def child(self, *, trips: int = 1, hidden: tuple[Value, ...] = (), in_loop: bool = False) -> "Block":
        """Return a block inside this one that runs `trips` times for each run of this one."""
        return Block(
            parent=self,
            trips=self.trips * trips,
            depth=self.depth + 1,
            hidden=(*self.hidden, *hidden),
            in_loop=self.in_loop or in_loop,
        )
