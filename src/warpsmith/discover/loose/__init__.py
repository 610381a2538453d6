"""Kernels cut loose from where they stand: a text that defines a kernel and all that it needs, and nothing else."""

from typing import NamedTuple

import warp as wp

from warpsmith import bridge
from warpsmith.discover.loose.assembly import Assembly
from warpsmith.discover.loose.cutter import Cutter
from warpsmith.errors import ExtractionError


class Loose(NamedTuple):
    """A self-contained text, and whether some line of a body is not as its author wrote it."""

    text: str
    rewritten: bool


def cut_loose(kernel: wp.Kernel, cutter: Cutter) -> Loose:
    """Return the text of a live kernel with all that it needs.

    Raises:
        ExtractionError: it needs what no text can say, and the message says what.
    """
    try:
        definition, options = cutter.kernel(kernel)
        assembly = Assembly(definition, options, cutter.overload_types(kernel), bridge.own_options(kernel))
    except (SyntaxError, RecursionError) as error:
        raise ExtractionError(f"its source cannot be read: {error}") from error
    return Loose(assembly.text, assembly.rewritten or definition.rewritten)


__all__ = ["Cutter", "Loose", "cut_loose"]
