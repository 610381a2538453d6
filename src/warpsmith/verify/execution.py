"""A kernel of a unit, launched: what running it shows, and what its gradient is found to be."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from warpsmith import bridge
from warpsmith.errors import ExtractionError, UsageError, WarpsmithError
from warpsmith.verify.arguments import Arguments, make_arguments
from warpsmith.verify.gradient import GradientCheck, Launcher, check_gradient
from warpsmith.verify.invocation import Invocation, plain_paths
from warpsmith.verify.numbers import Array
from warpsmith.verify.stages import Finding
from warpsmith.verify.unit import FILLING, Part, entry_point

_OTHER_FILLING = 0xFF
_DIMENSIONS = re.compile(r"wp::launch_bounds_t<(\d)>")


class Subject(NamedTuple):
    """A kernel under examination: its row, its live form and its recipe."""

    number: int
    row: Mapping[str, Any]
    definition: Any
    recipe: dict[str, Any] | None

    @property
    def types(self) -> dict[str, Any]:
        """The types of its arguments by name."""
        return {argument.label: argument.type for argument in self.definition.kernel.adj.args}

    @property
    def part(self) -> Part:
        """Its place in a unit of C++."""
        row = self.row
        paths = tuple(plain_paths(self.types))
        return Part(self.number, row["cpp"], row["cpp_backward"], paths)


def subject(number: int, row: Mapping[str, Any]) -> Subject:
    """Define a kernel; raises ExtractionError for a text that defines none."""
    try:
        definition = bridge.define(row["python_source"], row["kernel_name"])
    except ExtractionError:
        raise
    except (Exception, SystemExit) as error:
        raise ExtractionError(" ".join(f"{type(error).__name__}: {error}".split())) from error
    recipe = json.loads(row["launch"] or "null")
    return Subject(number, row, definition, recipe if recipe and recipe.get("complete", True) else None)


def arguments_of(kernel: Subject) -> Arguments:
    """Make the arguments of a launch from the recipe; raises UsageError where that cannot be done."""
    if kernel.recipe is None:
        raise UsageError("it has no launch recipe")
    return make_arguments(kernel.recipe, kernel.definition.namespace)


def launcher(
    kernel: Subject, code: bridge.LoadedObject, arguments: Arguments, *, wide: bool, adjoint: bool = True
) -> Launcher:
    """Make a kernel of loaded code ready to be launched, and its adjoint where that is wanted and there is one."""
    invocation = Invocation(kernel.types, arguments.values, wide)
    found = _DIMENSIONS.search(kernel.row["cpp"])
    assert kernel.recipe is not None
    dim = kernel.recipe["dim"]
    dims = [dim] if isinstance(dim, int) else list(dim)
    bounds = bridge.launch_bounds([*dims, 1] if kernel.recipe.get("tiled") else dims, int(found[1]) if found else 1)
    forward = code.entry_point(entry_point(kernel.number))
    has_adjoint = adjoint and bool(kernel.row["cpp_backward"])
    backward = code.entry_point(entry_point(kernel.number, True), adjoint=True) if has_adjoint else None
    return Launcher(invocation, bounds, forward, backward, arguments)


def judge_run(kernel: Subject, code: bridge.LoadedObject) -> Finding:
    """Launch a kernel twice from the same state, and say whether it leaves the same, within bounds, and finite.

    The stack is not in the same state: one that reads what it never wrote leaves something else the second time.
    """
    if kernel.recipe is None:
        return Finding("runs", None, "it has no launch recipe")
    try:
        ready = launcher(kernel, code, arguments_of(kernel), wide=False, adjoint=False)
    except Exception as error:  # noqa: BLE001 - Warp and the text raise what they like
        return Finding("runs", False, one_line(error))
    invocation = ready.invocation
    invocation.reset()
    ready.forward()
    first, finite = _left(invocation), all(buffer.is_finite() for buffer in invocation.buffers.values())
    invocation.reset()
    filling = code.integer(FILLING)
    filling.value = _OTHER_FILLING
    ready.forward()
    filling.value = 0
    if astray := invocation.astray():
        reason = f"it writes out of the bounds of {', '.join(astray)}"
        return Finding("runs", False, reason, damaged=not _contained(invocation))
    if not all(map(same_bits, first, _left(invocation))):
        return Finding("runs", False, "two launches with the same inputs leave different outputs")
    return Finding("runs", True, "", {"finite": finite})


def _contained(invocation: Invocation) -> bool:
    return all(buffer.is_contained() for buffer in invocation.buffers.values())


def _left(invocation: Invocation) -> list[Array]:
    return [buffer.content.copy() for buffer in invocation.buffers.values()]


def same_bits(one: Array, other: Array) -> bool:
    """Compare numbers to the bit, field by field: what pads a struct is nobody's."""
    if one.dtype.names:
        return all(same_bits(one[name], other[name]) for name in one.dtype.names)
    return one.tobytes() == other.tobytes()


def judge_gradient(
    kernel: Subject, code: bridge.LoadedObject, on_adjoint: Callable[[], None] = lambda: None, *, wide: bool
) -> Finding:
    """Check the gradient of a kernel, and that its adjoint writes within bounds; `on_adjoint` is called before that."""
    if not kernel.row["cpp_backward"]:
        return Finding("gradient", None, "it has no adjoint", {"gradient": "nondifferentiable"})
    if kernel.recipe is None:
        return Finding("gradient", None, "not checked: it has no launch recipe")
    try:
        ready = launcher(kernel, code, arguments_of(kernel), wide=wide)
        check = check_gradient(ready, int(kernel.row["id"], 16), on_adjoint)
    except Exception as error:  # noqa: BLE001 - Warp and the text raise what they like
        return Finding("gradient", None, f"not checked: {one_line(error)}")
    if check.verdict != "nondifferentiable" and (astray := ready.invocation.astray()):
        check = GradientCheck("mismatch", None, f"its adjoint writes out of the bounds of {', '.join(astray)}")
    details = {"gradient": check.verdict, "gradient_error": check.error}
    damaged = not _contained(ready.invocation)
    return Finding("gradient", check.verdict == "match", check.reason, details, damaged)


def one_line(error: Exception) -> str:
    """Return what an error says, in one line."""
    text = str(error) if isinstance(error, WarpsmithError) else f"{type(error).__name__}: {error}"
    return " ".join(text.split())[:400]
