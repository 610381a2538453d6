"""Warp's own code generation, with marks between its parts: cut at the marks, and no brace needs counting.

While `marking` is in force, Warp's templates and code generating functions put a control character and a letter in
front of what they hand out, and the lines that come from a statement are preceded by a marked line that carries the
line of the source. `Sections.cut` takes all of that out again: what is left is Warp's text to the letter.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from warpsmith.bridge.inside import codegen
from warpsmith.bridge.swap import Swap

SECTION = "\x1d"
"""Control character (group separator) in front of the letter of a section."""

LINE = "#line\x1f"
"""Start of a marked line; the line number of the source follows. Warp indents all lines but those of ``#line``."""

_LETTERS = {
    "p": "prelude",
    "s": "structs",
    "n": "functions",
    "a": "arguments",
    "f": "forward",
    "b": "backward",
    "e": "entry_points",
}

_TEMPLATES = {
    "f": (
        "cpu_kernel_template_forward",
        "cuda_kernel_template_forward",
        "cuda_kernel_template_forward_grid_stride",
        "cuda_external_constant_params_kernel_template_forward",
    ),
    "b": (
        "cpu_kernel_template_backward",
        "cuda_kernel_template_backward",
        "cuda_kernel_template_backward_grid_stride",
    ),
}

_FUNCTIONS = {"s": "codegen_struct", "a": "codegen_kernel", "e": "codegen_module"}

NO_BFLOAT16 = "#define WP_NO_BFLOAT16\n"
"""What Warp puts before the preamble of a module without bfloat16; it spares the compiler work and does no more."""


@dataclass(frozen=True, slots=True)
class Sections:
    """The parts of a generated module, to the letter as Warp wrote them, in Warp's order.

    `prelude` has assertions about native types and declarations of linked code; it is empty for nearly all kernels.
    `arguments` is the struct by which the host passes arguments (CPU only). `forward` and `backward` still have their
    marked lines (`LINE`).
    """

    preamble: str
    prelude: str = ""
    structs: str = ""
    functions: str = ""
    arguments: str = ""
    forward: str = ""
    backward: str = ""
    entry_points: str = ""

    @classmethod
    def cut(cls, marked: str) -> "Sections":
        """Cut a marked module into its sections."""
        preamble, *pieces = marked.split(SECTION)
        parts = dict.fromkeys(_LETTERS.values(), "")
        for piece in pieces:
            parts[_LETTERS[piece[0]]] += piece[1:]
        return cls(preamble.removeprefix(NO_BFLOAT16), **parts)


def mark(letter: str, text: str) -> str:
    """Put the mark of a section in front of a text."""
    return f"{SECTION}{letter}{text}"


def has_marks(source: str) -> bool:
    """Whether a source text has characters in it that are used as marks."""
    return "\x1d" in source or "\x1f" in source


@contextmanager
def marking() -> Iterator[None]:
    """Let Warp's code generation mark its parts inside a ``with`` block."""
    swap = Swap()
    try:
        swap.set(codegen, "codegen_cast_macros", codegen.codegen_cast_macros + mark("p", ""))
        for letter, names in _TEMPLATES.items():
            for name in names:
                swap.set(codegen, name, mark(letter, getattr(codegen, name)))
        for letter, name in _FUNCTIONS.items():
            swap.set(codegen, name, _marked(letter, getattr(codegen, name)))
        swap.set(codegen.Adjoint, "get_line_directive", _line_mark)
        yield
    finally:
        swap.restore()


def _marked(letter: str, generate: Callable[..., str]) -> Callable[..., str]:
    def generate_marked(*args: Any, **kwargs: Any) -> str:
        return mark(letter, generate(*args, **kwargs))

    return generate_marked


def _line_mark(adj: Any, statement: str, relative_lineno: int | None = None) -> str | None:
    """Stand in for Warp's ``#line`` directives, which go exactly where the lines of a kernel are known."""
    first_line: int | None = adj.__dict__.get("first_line")
    if first_line is None or relative_lineno is None or not statement or statement.lstrip().startswith("//"):
        return None
    return f"{LINE}{first_line + relative_lineno}"
