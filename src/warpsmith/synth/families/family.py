"""What a family of kernels is: a name that users ask for, a manner of writing, and the core that makes it so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from warpsmith.synth.form import Form
from warpsmith.synth.writer import KernelWriter, Style


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of kernel.

    `subjects` end the kernel's name (compute_*). `core` declares the inputs, writes what every kernel of the family
    has, and returns the words of it; elaboration and the final store follow. `forms` are statement forms that it has
    besides those of all families, and `close` writes the end of the kernel in place of the usual store.
    """

    name: str
    synonyms: tuple[str, ...]
    summary: str
    subjects: tuple[str, ...]
    style: Style
    core: Callable[[KernelWriter], list[str]]
    forms: Mapping[str, Form] = field(default_factory=dict)
    close: Callable[[KernelWriter], str] | None = None
