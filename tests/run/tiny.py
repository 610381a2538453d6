"""A generator with a known number of shapes, to run jobs out of them."""

from collections.abc import Callable

from warpsmith.record import KernelSource
from warpsmith.synth import Choices


def tiny_generator(shapes: int) -> Callable[[Choices, str, int], KernelSource]:
    """Return a stand-in for `write_kernel` that knows just so many shapes: sums of one term, of two terms, ..."""

    def write(choices: Choices, category: str, level: int) -> KernelSource:
        terms = " + ".join(["1.0"] * choices.integer(1, shapes))
        text = f"import warp as wp\n\n\n@wp.kernel\ndef add(x: wp.array[float]):\n    x[wp.tid()] = {terms}\n"
        return KernelSource(text, "add", category, "Adds ones.", level)

    return write


def refused_generator(choices: Choices, category: str, level: int) -> KernelSource:
    """Stand in for `write_kernel` with kernels that Warp refuses half of the time."""
    source = tiny_generator(90)(choices, category, level)
    if choices.chance(0.5):
        return source
    text = source.python_source.replace("wp.tid()", "wp.no_such_builtin()")
    return KernelSource(text, "add", category, "Is refused.", level)
