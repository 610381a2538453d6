"""The kernels that a module defines, and what their authors say about them."""

import ast
import linecache
from pathlib import Path
from typing import NamedTuple

import warp as wp

from warpsmith import bridge


class LiveKernel(NamedTuple):
    """A kernel that can be built: its name, the line that it starts at, and what its author says about it.

    A generic kernel that nobody has given types cannot be built; its `kernel` is generic.
    """

    kernel: wp.Kernel
    name: str
    line: int
    description: str


def kernels_of(path: Path) -> list[LiveKernel]:
    """Return the live kernels that a file defines, wherever they are kept, by line; of generic ones the overloads."""
    found = [one for kernel in bridge.live_kernels(str(path)) for one in bridge.overloads(kernel) or (kernel,)]
    return sorted(map(live_kernel, found), key=lambda one: (one.line, one.name, one.kernel.key, one.kernel.sig))


def live_kernel(kernel: wp.Kernel) -> LiveKernel:
    """Return what can be said of a live kernel without building it."""
    line = bridge.first_line(kernel)
    return LiveKernel(kernel, bridge.plain_name(kernel), line, description(kernel, line))


def description(kernel: wp.Kernel, line: int) -> str:
    """Return what a kernel's docstring says first, or the comment above it, in one line; nothing without either."""
    node = kernel.adj.tree.body[0]
    said = ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None
    if said:
        return " ".join(said.strip().split("\n\n")[0].split())
    lines = linecache.getlines(bridge.source_file(kernel))
    comment: list[str] = []
    for above in reversed(lines[: max(line - 1, 0)]):
        if not above.lstrip().startswith("#"):
            break
        comment.insert(0, above.strip().lstrip("#").strip())
    return "" if any(_is_marker(part) for part in comment) else " ".join(" ".join(comment).split())


def _is_marker(comment: str) -> bool:
    """Tell whether a comment is a rule, a section's heading or a note to a tool rather than a sentence."""
    return not any(letter.isalpha() for letter in comment) or comment.startswith(
        ("SPDX", "noqa", "type:", "fmt:", "%%")
    )
