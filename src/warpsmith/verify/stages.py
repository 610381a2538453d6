"""What is proved of a kernel, in the order in which it is proved; each stage ends in a finding."""

from typing import Any, NamedTuple

from warpsmith.record import STAGES, Depth, Stage

_OF_DEPTH: dict[Depth, tuple[Stage, ...]] = {
    "none": (),
    "compile": ("compiles_cpu", "compiles_cuda"),
    "run": ("compiles_cpu", "runs", "compiles_cuda"),
    "gradient": STAGES,
}


_COLUMNS: dict[Stage, tuple[str, ...]] = {
    "compiles_cpu": ("compiles_cpu",),
    "compiles_cuda": ("compiles_cuda",),
    "runs": ("runs", "finite"),
    "gradient": ("gradient", "gradient_error", "gradient_reason"),
}


class Finding(NamedTuple):
    """How a kernel fared in a stage.

    `passed` is None where the stage does not apply to it. `details` has what the stage measured, by the names of
    columns of the record; `reason` says in one line why it failed, or why there is nothing to pass. `damaged`: it may
    have written anywhere in its process.
    """

    stage: Stage
    passed: bool | None
    reason: str = ""
    details: dict[str, Any] = {}  # noqa: RUF012 - never changed
    damaged: bool = False


def columns_of(depth: Depth) -> tuple[str, ...]:
    """Return the columns of a record that verification to a depth fills."""
    return tuple(name for stage in stages_of(depth) for name in _COLUMNS[stage])


def stages_of(depth: Depth) -> tuple[Stage, ...]:
    """Return the stages that a kernel is taken through."""
    return _OF_DEPTH[depth]
