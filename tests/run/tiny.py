"""A generator with a known number of shapes, to run jobs out of them."""

import ast
from collections.abc import Callable

from warpsmith.record import KernelSource
from warpsmith.synth import Choices, Draft, Order


def tiny_generator(shapes: int) -> Callable[[Choices, Order], Draft]:
    """Return a stand-in for `write_ordered` that knows just so many shapes: sums of one term, of two terms, ..."""

    def write(choices: Choices, order: Order) -> Draft:
        terms = " + ".join(["1.0"] * choices.integer(1, shapes))
        text = f"import warp as wp\n\n\n@wp.kernel\ndef add(x: wp.array[float]):\n    x[wp.tid()] = {terms}\n"
        return _draft(text, order)

    return write


def refused_generator(choices: Choices, order: Order) -> Draft:
    """Stand in for `write_ordered` with kernels that Warp refuses half of the time."""
    draft = tiny_generator(90)(choices, order)
    if choices.chance(0.5):
        return draft
    return _draft(draft.source.python_source.replace("wp.tid()", "wp.no_such_builtin()"), order)


def _draft(text: str, order: Order) -> Draft:
    return Draft(
        KernelSource(text, "add", order.category or "arithmetic", "Adds ones.", order.level or 1), ast.parse(text)
    )
