"""A generator with a known number of shapes, to run jobs out of them."""

import ast
from collections.abc import Callable

from warpsmith.record import KernelSource
from warpsmith.synth import Choices, Draft


def tiny_generator(shapes: int) -> Callable[[Choices, str, int], Draft]:
    """Return a stand-in for `write_draft` that knows just so many shapes: sums of one term, of two terms, ..."""

    def write(choices: Choices, category: str, level: int) -> Draft:
        terms = " + ".join(["1.0"] * choices.integer(1, shapes))
        text = f"import warp as wp\n\n\n@wp.kernel\ndef add(x: wp.array[float]):\n    x[wp.tid()] = {terms}\n"
        return _draft(text, category, level)

    return write


def refused_generator(choices: Choices, category: str, level: int) -> Draft:
    """Stand in for `write_draft` with kernels that Warp refuses half of the time."""
    draft = tiny_generator(90)(choices, category, level)
    if choices.chance(0.5):
        return draft
    return _draft(draft.source.python_source.replace("wp.tid()", "wp.no_such_builtin()"), category, level)


def _draft(text: str, category: str, level: int) -> Draft:
    return Draft(KernelSource(text, "add", category, "Adds ones.", level), ast.parse(text))
