"""Which kernels a compiler complains about: the line of an error, and the function that it stands in."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

_PLACE = re.compile(r"^(?P<file>.+\.cpp):(?P<line>\d+):\d+: ")
_KERNEL = re.compile(r"^(?:static )?void (?P<name>\w+)_cpu_kernel_(?:forward|backward)\(")


def blamed(said: Sequence[str]) -> dict[str, str]:
    """Return the kernels that clang's messages are about, by the name that Warp gave them, each with its first error.

    Errors in functions and headers that no kernel can be found for are left out.
    """
    found: dict[str, str] = {}
    for error, file, line in _errors(said):
        name = _kernel_at(file, line)
        if name:
            found.setdefault(name, error)
    return found


def _errors(said: Sequence[str]) -> Iterator[tuple[str, Path, int]]:
    """Yield each error with the place in the module that it is about: its own, or that of the first note."""
    error = ""
    for text in said:
        if " error: " in text:
            error = text[text.index("error: ") :]
        place = _PLACE.match(text)
        if error and place:
            yield error, Path(place["file"]), int(place["line"])
            error = ""


def _kernel_at(file: Path, line: int) -> str | None:
    """Return the name of the kernel whose forward or backward function has a line of a file."""
    if not file.is_file():
        return None
    for text in reversed(file.read_text(encoding="utf-8").splitlines()[:line]):
        kernel = _KERNEL.match(text)
        if kernel:
            return kernel["name"]
        if text.startswith("}"):
            return None
    return None
