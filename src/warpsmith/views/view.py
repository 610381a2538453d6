"""What a view is: a prompt and its completion, cut from a record, and the verdicts that it claims.

All of these are frozen values. A `View` has one or more `Task`s, of which an option chooses; a task shows some `Piece`s
of a record and asks for another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Row = Mapping[str, Any]
Language = Literal["text", "python", "cpp", "cuda"]
Comments = Literal["keep", "strip"]
COMMENTS: tuple[Comments, ...] = ("keep", "strip")
Choice = Literal["part", "target"]


class Claim(NamedTuple):
    """What a column must say so that a record may enter."""

    column: str
    value: bool | str

    def failing(self, row: Row, *, unverified: bool) -> str | None:
        """Say what keeps a record out, or return None; `unverified` lets in what was not checked, and nothing else."""
        found = row[self.column]
        if found == self.value or (found is None and unverified):
            return None
        if found is None:
            return f"{self.column}{UNCHECKED}"
        return f"{self.column} is {str(found).lower() if isinstance(found, bool) else found}"


UNCHECKED = " not checked"
"""How the reason ends where a verdict is null."""

SELF_CONTAINED = Claim("self_contained", True)
COMPILES_CPU = Claim("compiles_cpu", True)
COMPILES_CUDA = Claim("compiles_cuda", True)
RUNS = Claim("runs", True)
GRADIENT = Claim("gradient", "match")


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that stands in a record: what it is called, its language, the columns it is made of and how.

    `text` returns None, or nothing but white space, where a record has none; `missing` says so, and by default names
    the last of the columns.
    """

    label: str
    language: Language
    columns: tuple[str, ...]
    text: Callable[[Row], str | None]
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A prompt and its completion.

    `wordings` ask for the answer, in a few ways that mean the same; in them ``{name}`` stands for the kernel. `given`
    are shown in the prompt; of them the `optional` ones may be missing. Every claim must hold.
    """

    wordings: tuple[str, ...]
    given: tuple[Piece, ...]
    answer: Piece
    claims: tuple[Claim, ...]
    optional: tuple[Piece, ...] = ()

    @property
    def comments(self) -> Comments:
        """What happens to Warp's quotations of the Python lines by default: they would give away a Python answer."""
        return "strip" if self.answer.language == "python" else "keep"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a record that its pieces and claims are made of, each once."""
        pieces = (column for piece in (*self.given, self.answer) for column in piece.columns)
        return tuple(dict.fromkeys([*pieces, *(claim.column for claim in self.claims)]))


@dataclass(frozen=True, slots=True)
class View:
    """A way to make training examples of records, in one or more variants, of which `choice` is the option.

    The first variant is the default. A view without a choice has a single task, which goes by the empty name.
    """

    name: str
    meaning: str
    tasks: Mapping[str, Task]
    choice: Choice | None = None
