"""The interface between the page and the server, as JSON: a `Question` to ``POST /api/code``, an `Answer` back.

Line numbers count from 1 in the text as it was pasted; in line maps 0 stands for no line. All strings are plain text:
what shows them must not take them for markup.
"""

from typing import Literal

import msgspec

Stage = Literal[
    "syntax",  # it is no Python
    "import",  # something that it imports is not there
    "define",  # executing it raised something, Warp's own complaints among it
    "empty",  # it defines no kernel, or not the one that is asked for
    "build",  # Warp refuses a kernel
    "ptx",  # NVRTC refuses the CUDA code of a kernel, which is there all the same
    "time",  # it does not end in time
    "memory",  # it takes more memory than it may
    "output",  # it prints too much
    "processes",  # it starts too many processes
    "exit",  # it ends the program
    "crash",  # it brings the process down
    "fault",  # warpsmith could not run it, or its answer is none
]


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text, and what is wanted of it.

    `page` is any word that a page makes up for itself: of the questions of one page only the newest is answered.
    `kernel` is the name of the only kernel that is wanted (None: all of them), `ptx` asks for PTX as well, which
    takes a fraction of a second for each kernel.
    """

    text: str
    page: str = ""
    kernel: str | None = None
    ptx: bool = False


class Problem(msgspec.Struct, frozen=True):
    """Why there is no code: the stage, one line that says why, and all that was said.

    `line` is the line of the pasted text that it belongs to, `column` (from 1) is known for wrong syntax only. `trail`
    has the lines that led there, the innermost last: calls, or a kernel and its functions.
    """

    stage: Stage
    reason: str
    message: str = ""
    line: int | None = None
    column: int | None = None
    trail: tuple[int, ...] = ()


class Mapped(msgspec.Struct, frozen=True):
    """A function of generated code, and for each of its lines the line of the pasted text that it comes from, or 0."""

    text: str
    lines: tuple[int, ...]


class TargetAnswer(msgspec.Struct, frozen=True):
    """The code of a kernel for one target; `text` is the whole module without the preamble that all modules share.

    In `functions`, the line is that of the comment that a line stands under.
    """

    text: str
    structs: str
    functions: Mapped
    forward: Mapped
    backward: Mapped | None
    entry_points: str


class KernelAnswer(msgspec.Struct, frozen=True):
    """One kernel of a text, or one overload of a generic one, with its code or with the problem that it has.

    `python` is the function as it was pasted, from `line` to `end_line`. `arguments` are the types of its arguments by
    name. With a problem of the stage ``ptx`` the code is there, and only `ptx` is missing.
    """

    name: str
    line: int
    end_line: int
    python: str
    arguments: dict[str, str]
    cpu: TargetAnswer | None = None
    cuda: TargetAnswer | None = None
    builtins: tuple[str, ...] = ()
    ptx: str | None = None
    problem: Problem | None = None


class Answer(msgspec.Struct, frozen=True):
    """What came of a text: its kernels in the order in which they stand, or the `problem` that the text itself has.

    `output` is what the text printed, its end left out where `output_cut`. `warnings` are those of Warp, `notes` what
    warpsmith has to say about the text. `seconds` is the time that it took, from the start of its process.
    """

    kernels: tuple[KernelAnswer, ...] = ()
    problem: Problem | None = None
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    output: str = ""
    output_cut: bool = False
    seconds: float = 0.0


class Refusal(msgspec.Struct, frozen=True):
    """The body of an API answer that is no `Answer`: 400 no question, 409 there is a newer one, 503 too many wait."""

    error: str


def failed(stage: Stage, reason: str, message: str = "", line: int | None = None) -> Answer:
    """Return the answer of a text that came to nothing."""
    return Answer(problem=Problem(stage, reason, message or reason, line))
