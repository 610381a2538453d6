"""Warp's own code generation, with marks between its parts: cut at the marks, and no brace needs counting.

While `marking` is in force, Warp's templates and code generating functions put a control character and a letter in
front of what they hand out. `Sections.cut` takes them out again: what is left is Warp's text to the letter.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from warpsmith.bridge.fast.bodies import LINE
from warpsmith.bridge.inside import codegen
from warpsmith.bridge.swap import Swap

SECTION = "\x1d"
"""Control character (group separator) in front of the letter of a section."""

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
    `arguments` is the struct by which the host passes arguments (CPU only). The numbers are the lines of the source
    that the lines of `forward` and `backward` come from, starting at their first line that is a `RULE`.
    """

    preamble: str
    prelude: str = ""
    structs: str = ""
    functions: str = ""
    arguments: str = ""
    forward: str = ""
    backward: str = ""
    entry_points: str = ""
    forward_numbers: tuple[int, ...] = ()
    backward_numbers: tuple[int, ...] = ()

    def text(self) -> str:
        """Return the module without its preamble."""
        head = self.prelude + self.structs + self.functions + self.arguments
        return head + self.forward + self.backward + self.entry_points

    def module(self) -> str:
        """Return the whole module, ready to be compiled."""
        return self.preamble + self.text()

    @classmethod
    def cut(cls, marked: str, forward_numbers: Iterable[int] = (), backward_numbers: Iterable[int] = ()) -> "Sections":
        """Cut a marked module into its sections."""
        preamble, *pieces = marked.split(SECTION)
        parts = dict.fromkeys(_LETTERS.values(), "")
        for piece in pieces:
            parts[_LETTERS[piece[0]]] += piece[1:]
        return cls(
            preamble.removeprefix(NO_BFLOAT16),
            forward_numbers=tuple(forward_numbers),
            backward_numbers=tuple(backward_numbers),
            **parts,
        )


def mark(letter: str, text: str) -> str:
    """Put the mark of a section in front of a text."""
    return f"{SECTION}{letter}{text}"


def has_marks(source: str) -> bool:
    """Whether a source text has characters in it that are used as marks."""
    return SECTION in source or LINE in source


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
        yield
    finally:
        swap.restore()


def _marked(letter: str, generate: Callable[..., str]) -> Callable[..., str]:
    def generate_marked(*args: Any, **kwargs: Any) -> str:
        return mark(letter, generate(*args, **kwargs))

    return generate_marked
