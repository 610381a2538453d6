"""A tile that a kernel has, the tiles that nothing has read yet, and the sizes of tiles under their names."""

import ast
from dataclasses import dataclass, field

from warpsmith.synth.expr import Expr, name
from warpsmith.synth.interval import Interval
from warpsmith.synth.types import ValueType, scalar_of

Shape = tuple[int, ...]


@dataclass(eq=False, slots=True)
class Tile:
    """A tile in a local variable: shape and type of its elements, in which range they are.

    `own`: no other tile shares its elements, so it may be changed in place. `raw`: it is as it was loaded.
    `varying`: it depends on array data. `flipped`: something was negated or subtracted on the way to it. `roots` are
    the inputs behind it.
    """

    identifier: str
    shape: Shape
    type: ValueType
    interval: Interval
    roots: frozenset[str]
    own: bool = True
    raw: bool = False
    varying: bool = True
    flipped: bool = False

    @property
    def node(self) -> ast.Name:
        """A reference to it."""
        return name(self.identifier)

    @property
    def words(self) -> str:
        """What a description calls it."""
        return self.identifier.replace("_", " ")

    @property
    def size(self) -> int:
        """The number of its elements."""
        total = 1
        for extent in self.shape:
            total *= extent
        return total

    def element(self) -> Expr:
        """One of its elements, as an argument of a function that is applied to all of them."""
        return Expr(
            self.node, self.type, self.interval, f"the elements of {self.words}", (self.words,),
            leaf=True, roots=self.roots, varying=self.varying, affine={self.words: 1.0},
        )  # fmt: skip

    def like(self, other: "Tile") -> bool:
        """Tell whether the two have one shape and one type."""
        return self.shape == other.shape and self.type is other.type


@dataclass(slots=True)
class Tiles:
    """The tiles of a kernel in the order they were made; `unread` are those that a result must still depend on.

    `lane` is the name of the index of the thread in its block, `wraps` those of the functions
    that keep integers small, by their type. `placed`: the index of the block has been used.
    """

    known: list[Tile] = field(default_factory=list)
    unread: dict[Tile, None] = field(default_factory=dict)
    sizes: dict[int, str] = field(default_factory=dict)
    lane: str = ""
    wraps: dict[str, str] = field(default_factory=dict)
    placed: bool = False

    def add(self, tile: Tile) -> Tile:
        """Bring a tile into scope; something must read it."""
        self.known.append(tile)
        self.unread[tile] = None
        return tile

    def read(self, tile: Tile) -> ast.Name:
        """Read a tile."""
        self.unread.pop(tile, None)
        return tile.node

    def forget(self, tile: Tile) -> None:
        """Take a tile out of scope: nothing may read it any more, or another stands under its name."""
        self.unread.pop(tile, None)
        self.known.remove(tile)


def fits(value_type: ValueType, interval: Interval) -> bool:
    """Tell whether a range stays within what generated code may reach in a type."""
    scalar = scalar_of(value_type)
    return interval.within(scalar.lowest, scalar.limit)
