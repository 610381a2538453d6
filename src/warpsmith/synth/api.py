"""Kernels one at a time or by the dozen, without a job: the interface that the prototypes had."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from warpsmith.errors import UsageError
from warpsmith.record import KernelSource, Provenance
from warpsmith.seeds import stream
from warpsmith.synth.choices import SeededChoices
from warpsmith.synth.complexity import LEVELS
from warpsmith.synth.compose import write_kernel
from warpsmith.synth.families import CATEGORIES, canonical_category


def generate_kernel(category: str, seed: int = 0, level: int | None = None) -> KernelSource:
    """Write one kernel; the same arguments give the same kernel. `level` is drawn from the seed where it is None.

    Raises `UsageError` for an unknown category or a level outside of 1 to 5.
    """
    return _numbered(category, seed, 0, level)


def generate_kernels(
    n: int, categories: Sequence[str] | None = None, seed: int = 0, level: int | None = None
) -> list[KernelSource]:
    """Write `n` kernels, the categories (default: all) taking turns.

    Raises `UsageError` for n < 1, an unknown category or a level outside of 1 to 5.
    """
    if n < 1:
        raise UsageError(f"n is {n}; ask for at least 1 kernel")
    names = [canonical_category(category) for category in (categories or CATEGORIES)]
    return [_numbered(names[index % len(names)], seed, index, level) for index in range(n)]


def _numbered(category: str, seed: int, index: int, level: int | None) -> KernelSource:
    if level is not None and level not in LEVELS:
        raise UsageError(f"level {level} is unknown; levels are 1 to 5")
    choices = SeededChoices(stream("generate_kernel", category, seed, index))
    source = write_kernel(choices, category, level or choices.pick(LEVELS))
    return replace(source, provenance=Provenance("synth", seed=seed, index=index))


GENERATORS: dict[str, Callable[[int], KernelSource]] = {
    category: partial(generate_kernel, category) for category in CATEGORIES
}
