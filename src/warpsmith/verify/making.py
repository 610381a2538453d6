"""What the makers of arguments share: where they make, from which numbers, and what must live as long as the launch."""

from dataclasses import dataclass, field
from typing import Any

import warp as wp

from warpsmith.errors import UsageError
from warpsmith.verify.numbers import Numbers


@dataclass(frozen=True, slots=True)
class Making:
    """The arguments of one launch while they are made.

    `arrays` has every array by its path, those in structs as ``params.positions``. `keep` has the meshes, grids and
    volumes, of which a kernel only gets the id.
    """

    namespace: dict[str, Any]
    device: str
    seed: int
    arrays: dict[str, Any] = field(default_factory=dict)
    keep: list[Any] = field(default_factory=list)

    def numbers(self, argument: dict[str, Any], path: str) -> Numbers:
        """Return the random numbers of an argument, which depend on the recipe's seed, its path and its shift."""
        return Numbers(self.seed, path, argument.get("shift", 0))

    def array(self, values: Any, dtype: Any) -> Any:
        """Return a Warp array of NumPy values."""
        return wp.array(values, dtype=dtype, device=self.device)

    def made(self, path: str) -> Any:
        """Return an array that was made before; raises UsageError where there is none."""
        if path not in self.arrays:
            raise UsageError(f"'{path}' is no array of the launch recipe; it has {', '.join(self.arrays)}")
        return self.arrays[path]

    def identified(self, thing: Any) -> Any:
        """Keep a mesh or its like and return its id, as kernels take it."""
        self.keep.append(thing)
        return wp.uint64(thing.id)

    def groups(self, argument: dict[str, Any], count: int, numbers: Numbers) -> Any:
        """Return a random group for each of so many elements, or None where the recipe wants no groups."""
        if not argument.get("groups"):
            return None
        groups = self.array(numbers.integers((count,), 0, argument["groups"] - 1), wp.int32)
        self.keep.append(groups)
        return groups
