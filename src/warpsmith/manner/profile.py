"""A profile: the manner in which kernels are written, as weights that the generator draws by.

It holds shares and single identifiers, never a line of the code that it was learned from. Every share is a mean over
kernels in which each kernel of a source weighs the same, and so does each source.
"""

import keyword
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from warpsmith.errors import UsageError

FORMAT = 1
LENGTH_CLASSES = ("short", "medium", "long")
Weights = dict[str, float]


def _is_identifier(item: str) -> bool:
    return item.isascii() and item.isidentifier() and not keyword.iskeyword(item)


def _is_number(item: str) -> bool:
    return re.fullmatch(r"[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?|inf|positive|negative", item) is not None


# what the items of some tables are: they become lengths, counts and code
_WHAT: dict[str, tuple[Callable[[str], bool], str]] = {
    **dict.fromkeys(("lines", "grids", "ranks", "parameters", "bodies", "arities"), (str.isdecimal, "whole number")),
    "names": (_is_identifier, "identifier"),
    "literals": (_is_number, "number or sign"),
}


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

    What a file says must be drawable and safe to write into code: weights above 0, numbers and identifiers where these
    are meant; otherwise ValueError, which msgspec turns into an error of its own.
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
        for where, weights in self.rows():
            fits, what = _WHAT.get(where.partition(".")[0], (None, ""))
            for item, weight in weights.items():
                if not (math.isfinite(weight) and weight > 0):
                    raise ValueError(f"{where}: '{item}' weighs {weight}; weights are numbers above 0")
                if fits is not None and not fits(item):
                    raise ValueError(f"{where}: '{item}' is no {what}")

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


def read_profile(path: Path) -> Profile:
    """Read a profile from a file; raises UsageError where there is none."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"profile '{path}' cannot be read: {error.strerror}") from None
    return decode_profile(content, str(path))


def decode_profile(content: bytes, what: str) -> Profile:
    """Return the profile that JSON text holds; raises UsageError naming `what` where it holds none."""
    try:
        profile = msgspec.json.decode(content, type=Profile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"profile '{what}' is none ({error}); make one with `warpsmith profile learn`") from None
    if profile.format != FORMAT:
        raise UsageError(f"profile '{what}' has format {profile.format}, this version reads {FORMAT}; learn it anew")
    return profile
