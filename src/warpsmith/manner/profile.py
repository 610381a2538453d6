"""A profile: the manner in which kernels are written, as weights that the generator draws by.

It holds shares and single identifiers, never a line of the code that it was learned from. Every share is a mean over
kernels in which each kernel of a source weighs the same, and so does each source.
"""

import ast
import difflib
import math
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from warpsmith.errors import UsageError
from warpsmith.manner.identifiers import LONGEST, is_plain
from warpsmith.manner.kinds import is_constructor, is_scalar
from warpsmith.manner.spellings import GROUPS

FORMAT = 1
LENGTH_CLASSES = ("short", "medium", "long")
MOST = 1000
"""The largest count of lines, parameters, statements or arguments that a profile has; what is more counts as this."""
MOST_DIMENSIONS = 4
MOST_COMMENTS = 100.0
"""The most comments for each line of a kernel."""
Weights = dict[str, float]
_MOST_WEIGHT = 1e6
_SHOWN = 40


class _Items(NamedTuple):
    """What the items of a row may be: whether one fits, what such an item is called, all of them if they are few."""

    fits: Callable[[str], bool]
    what: str
    known: frozenset[str] = frozenset()


def _among(items: Iterable[str]) -> _Items:
    known = frozenset(items)
    return _Items(known.__contains__, "", known)


def _whole(least: int, most: int) -> _Items:
    numbers = frozenset(map(str, range(least, most + 1)))
    return _Items(numbers.__contains__, f"whole number from {least} to {most}")


def _matching(pattern: str, what: str) -> _Items:
    expression = re.compile(pattern, re.ASCII)
    return _Items(lambda item: len(item) <= LONGEST and expression.fullmatch(item) is not None, what)


def _nodes(base: type[ast.AST]) -> _Items:
    return _among(kind.__name__ for kind in base.__subclasses__())


def _is_type(item: str) -> bool:
    return item in ("float", "int", "bool", "other") or is_scalar(item) or is_constructor(item)


def _is_constructor(item: str) -> bool:
    made, _, count = item.partition("/")
    return is_constructor(made) and _COUNT.fits(count)


def _is_slot(row: str) -> bool:
    """Tell whether something is a place of expressions: what they are part of, and as which of its parts."""
    return re.sub("-(index|base|argument|left|right)$", "", row) in _WHOLES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EXPRESSIONS = _words(
    "local parameter global flag number text negative not invert other constant member axis field element component "
    "shape field-element element-component function cast static tile constructor builtin compare logic choice binary "
    "tuple"
)
_STATEMENTS = _words(
    "assign reassign unpack store component-store field-store threads augment augment-store text atomic print "
    "call-function call-cast call-static call-tile call-constructor call-builtin guard-return guard-continue "
    "guard-break if if-elif if-else for for-each while return continue break pass other"
)
_WHOLES = _EXPRESSIONS | _STATEMENTS | {"guard", "test", "range", "each"}
_PLACES = _among((*(f"{size}/kernel" for size in LENGTH_CLASSES), "if", "else", "for", "while"))
_BY_LENGTH = _among(LENGTH_CLASSES)
_SLOTS = _Items(_is_slot, "place of an expression")
_COUNT, _DIMENSIONS = _whole(0, MOST), _whole(1, MOST_DIMENSIONS)
_DOCSTRINGS = ("docstring", *(f"docstring/{size}" for size in LENGTH_CLASSES))
_SIGNS = _among(("positive", "negative"))

# what the rows of tables may be called
_ROWS = {
    "parameters": _BY_LENGTH,
    "comments": _BY_LENGTH,
    "ranks": _DIMENSIONS,
    "types": _among(("", "element", "parameter")),
    "statements": _PLACES,
    "bodies": _PLACES,
    "expressions": _SLOTS,
    "arities": _SLOTS,
    "operators": _among(("binary", "augment", "compare", "logic", "atomic")),
    "literals": _among(("int", "float", "int-sign", "float-sign")),
    "spellings": _among((*_DOCSTRINGS, "element", "parameter")),
    "names": _Items(lambda row: re.fullmatch(r"[a-z]+(:\w+){0,2}", row, re.ASCII) is not None, "role of a name"),
}
# what the items of tables and of single rows may be: they become lengths, counts and code
_ITEMS = {
    "lines": _whole(1, MOST),
    **dict.fromkeys(("parameters", "bodies", "arities"), _COUNT),
    **dict.fromkeys(("grids", "ranks"), _DIMENSIONS),
    "types.": _among(("element", "parameter")),
    "types": _Items(_is_type, "type that a profile knows"),
    "statements": _among(_STATEMENTS),
    "expressions": _among(_EXPRESSIONS),
    **dict.fromkeys(("operators.binary", "operators.augment"), _nodes(ast.operator)),
    "operators.compare": _nodes(ast.cmpop),
    "operators.logic": _nodes(ast.boolop),
    "operators.atomic": _Items(lambda item: item.startswith("atomic_") and item.isidentifier(), "atomic builtin"),
    "calls": _Items(str.isidentifier, "name of a builtin"),
    "constructors": _Items(_is_constructor, "constructor with a number of arguments, like 'vec3/3'"),
    "casts": _Items(lambda item: is_scalar(item) or item in ("float", "int", "bool"), "type of numbers"),
    "literals.int": _matching("[0-9]+", f"whole number of at most {LONGEST} digits"),
    "literals.float": _matching(r"[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?|inf", "number as Python writes it"),
    **dict.fromkeys(("literals.int-sign", "literals.float-sign"), _SIGNS),
    **dict.fromkeys((f"spellings.{row}" for row in _DOCSTRINGS), _among(("present", "absent"))),
    "spellings.element": _among(("subscript", "call", "call-ndim")),
    "spellings.parameter": _among(("plain", "exact")),
    "groups": _among(GROUPS),
    "names": _Items(is_plain, f"identifier of at most {LONGEST} letters that is not Python's or Warp's own"),
    "comments": _among(("commented", "alone", "behind")),
}


def _check(table: str, row: str, weights: Weights) -> None:
    """Raise ValueError where a row has what cannot be drawn."""
    rows, where = _ROWS.get(table), f"{table}.{row}" if table in _ROWS else table
    if rows is not None:
        _check_item(table, row, rows)
    items = _ITEMS.get(where) or _ITEMS[table]
    for item, weight in weights.items():
        _check_item(where, item, items)
        _check_weight(where, item, weight)
    if rows is not None and not weights:
        raise ValueError(f"{where}: there are none")


def _check_item(where: str, item: str, items: _Items) -> None:
    if items.fits(item):
        return
    short = item if len(item) <= _SHOWN else f"{item[:_SHOWN]}..."
    if items.known:
        nearest = difflib.get_close_matches(short, sorted(items.known), n=1, cutoff=0.0)[0]
        raise ValueError(f"{where}: {short!r} is unknown; did you mean '{nearest}'?")
    raise ValueError(f"{where}: {short!r} is no {items.what}")


def _check_weight(where: str, item: str, weight: float) -> None:
    if where.startswith("comments."):
        most = 1.0 if item == "commented" else MOST_COMMENTS
        fits, remedy = 0 <= weight <= most, f"these are numbers from 0 to {most:g}"
    elif where == "groups":
        fits, remedy = 0 < weight <= 1, "shares of kernels are numbers above 0, up to 1"
    else:
        fits, remedy = 0 < weight <= _MOST_WEIGHT, f"weights are numbers above 0, up to {_MOST_WEIGHT:.0f}"
    if not (math.isfinite(weight) and fits):
        raise ValueError(f"{where}: '{item}' weighs {weight}; {remedy}")


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a profile was learned: a package or the name of a path, its version if known, how many kernels it has."""

    name: str
    version: str
    kernels: int


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How kernels are written.

    `lines` are lengths of kernels and their shares. `statements` are the kinds of statements by where they stand
    ("short/kernel", "for"), `bodies` the number of statements of a suite by its kind. `expressions` are the kinds of
    expressions by the slot that they fill ("assign", "binary-left"), `operators`, `calls`, `constructors` and `casts`
    what stands in them. `arities` are numbers of arguments by kind of call. `types` are element and parameter types by
    role, `ranks` numbers of dimensions of arrays, `grids` those of the launch. `parameters` are numbers of parameters
    by length class. `spellings` are shares of ways to write the same, and of docstrings. `groups` are the shares of
    kernels that use tiles, meshes and the like. `names` are identifiers by role, `literals` the sizes of numbers as
    they are written, and their signs. `comments` has for each length class the share of kernels that have comments
    ("commented"), and comments for each line of a kernel, on lines of their own ("alone") and after code ("behind").

    What a file says must be drawable and safe to write into code: kinds, types and identifiers that there are, numbers
    within bounds, weights above 0; otherwise ValueError, which msgspec turns into an error of its own.
    """

    name: str
    sources: tuple[Source, ...]
    kernels: int
    lines: Weights
    grids: Weights
    parameters: dict[str, Weights]
    ranks: dict[str, Weights]
    types: dict[str, Weights]
    statements: dict[str, Weights]
    bodies: dict[str, Weights]
    expressions: dict[str, Weights]
    operators: dict[str, Weights]
    calls: Weights
    constructors: Weights
    casts: Weights
    arities: dict[str, Weights]
    literals: dict[str, Weights]
    spellings: dict[str, Weights]
    groups: Weights
    names: dict[str, Weights]
    comments: dict[str, Weights] = {}
    format: int = FORMAT

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("lines: there are none")
        if self.kernels < 1:
            raise ValueError(f"kernels is {self.kernels}; it was learned from at least 1")
        comments = ((f"comments.{size}", weights) for size, weights in self.comments.items())
        for where, weights in (*self.rows(), *comments):
            table, inside, row = where.partition(".")
            if weights or inside:
                _check(table, row, weights)

    def rows(self) -> Iterator[tuple[str, Weights]]:
        """Yield every row that is drawn from, under the name of its table and its own: ``names.counter``."""
        for table in self.__struct_fields__:
            content = getattr(self, table)
            if not isinstance(content, dict) or table == "comments":
                continue
            if content and isinstance(next(iter(content.values())), dict):
                yield from ((f"{table}.{row}", weights) for row, weights in content.items())
            else:
                yield table, content


def length_class(lines: int) -> str:
    """Return the class that a kernel's length puts it into; short kernels are written otherwise than long ones."""
    return "short" if lines <= 6 else "medium" if lines <= 20 else "long"


def encode_profile(profile: Profile) -> bytes:
    """Return the JSON of a profile, the same bytes for the same profile."""
    return msgspec.json.format(msgspec.json.encode(profile, order="sorted"), indent=1) + b"\n"


class _Outline(msgspec.Struct):
    """What profiles of every format say."""

    format: int = FORMAT
    name: str | None = None
    kernels: int | None = None
    sources: list[Any] | None = None


def read_profile(path: Path) -> Profile:
    """Read a profile from a file; raises UsageError where there is none."""
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        message = f"profile '{path}' cannot be read: {reason}; name a file of `warpsmith profile learn`"
        raise UsageError(message) from None
    return decode_profile(content, str(path))


def decode_profile(content: bytes, what: str) -> Profile:
    """Return the profile that JSON text holds; raises UsageError naming `what` where it holds none."""
    try:
        found = msgspec.json.decode(content, type=_Outline).format
        if found != FORMAT:
            raise UsageError(f"profile '{what}' has format {found}, this version reads {FORMAT}; learn it anew")
        return msgspec.json.decode(content, type=Profile)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"profile '{what}' cannot be used: {error}; make one with `warpsmith profile learn`"
        raise UsageError(message) from None


def looks_like_profile(content: bytes) -> bool:
    """Tell whether a text is a profile of any format, though it may not be one that can be drawn from."""
    try:
        outline = msgspec.json.decode(content, type=_Outline)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return None not in (outline.name, outline.kernels, outline.sources)
