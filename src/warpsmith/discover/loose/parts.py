"""What a self-contained text is put together from: definitions, and what their names stand for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Needs(dict[str, "Part"]):
    """What names stand for, in the order in which they came up."""


@dataclass(frozen=True, slots=True)
class Import:
    """A name that an import binds: ``import math``."""

    words: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A name that nothing outside binds: one of Python's own, or one that Warp knows without ``wp.`` before it."""


@dataclass(frozen=True, slots=True)
class Value:
    """A constant, a type or a collection of such, as an expression over other names."""

    words: str
    needs: Needs = field(default_factory=Needs, compare=False)


@dataclass(eq=False, slots=True)
class Space:
    """A module, class or object of which only attributes are read; `thing` is what it is.

    Where it is a definition that has attributes besides, that is its `base`.
    """

    thing: object
    members: Needs = field(default_factory=Needs)
    base: "Definition | None" = None


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one definition, and what the names in it stand for."""

    text: str
    needs: Needs


@dataclass(eq=False, slots=True)
class Definition:
    """A function, struct, enumeration or kernel: its name, and its pieces, of which an overloaded function has several.

    `rewritten` tells that some line of it is not as it was written.
    """

    name: str
    pieces: list[Piece] = field(default_factory=list)
    rewritten: bool = False


Part = Import | Absent | Value | Space | Definition


class Words(NamedTuple):
    """An expression, empty where there is nothing to say, and what the names in it stand for."""

    text: str = ""
    needs: Needs = Needs()


def needs_of(part: Part) -> Iterator[tuple[str, Part]]:
    """Yield the names that a part needs, and what they stand for."""
    match part:
        case Value(needs=needs):
            yield from needs.items()
        case Space(members=members, base=base):
            if base is not None:
                yield from needs_of(base)
            # attributes have names of their own: what they stand for goes by its name
            yield from (("", member) for member in members.values())
        case Definition(pieces=pieces):
            for piece in pieces:
                yield from piece.needs.items()
