"""What a family of kernels is: a name that users ask for, a manner of writing, and the core that makes it so."""

from collections.abc import Callable
from dataclasses import dataclass

from warpsmith.synth.writer import KernelWriter, Style


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of kernel.

    `subjects` end the kernel's name (compute_*). `core` declares the inputs, writes what every kernel of the family
    has, and returns the words of it; elaboration and the final store follow.
    """

    name: str
    synonyms: tuple[str, ...]
    summary: str
    subjects: tuple[str, ...]
    style: Style
    core: Callable[[KernelWriter], list[str]]
