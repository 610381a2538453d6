"""Kernels for the tests of near-duplicates: some by hand, many by synth, sketches out of thin air."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from warpsmith.dataset.near.shingles import Hashes, Shingles
from warpsmith.dataset.near.sketch import Sketch, bands_of
from warpsmith.run.config import JobConfig
from warpsmith.run.plan import Plan
from warpsmith.seeds import stream
from warpsmith.synth import SeededChoices, write_ordered

KERNEL = '''import warp as wp

SPEED = wp.constant(9.81)


@wp.struct
class Body:
    position: wp.vec3
    mass: float


@wp.func
def fall(height: float, factor: float) -> float:
    """Say how far."""
    return height * factor - SPEED


@wp.func
def lift(height: float):
    return wp.sqrt(height)


@wp.kernel
def step(bodies: wp.array(dtype=Body), heights: wp.array2d[wp.float32], count: int):
    """Let everything fall."""
    i = wp.tid()
    total = float(0.5)
    for j in range(count):
        total += fall(heights[i, j], 2.0)
        if total > 1.5:
            break
    area = lift(total)
    bodies[i].mass = wp.sin(area) + bodies[i].position[0]
'''
NATIVE = '''import warp as wp

code = """
    float y = x;  // a copy
    for (int i = 0; i < 4; ++i) { y = sqrtf(y) + 0.5f; }
    return y;
"""


@wp.func_native(code)
def root(x: float) -> float: ...


@wp.kernel
def roots(xs: wp.array[float]):
    xs[wp.tid()] = root(xs[wp.tid()])
'''


@cache
def synthetic(count: int) -> tuple[str, ...]:
    """Return texts of the default mix."""
    plan = Plan(JobConfig(count=count))
    return tuple(
        write_ordered(SeededChoices(stream("near", index)), plan.order(index)).source.python_source
        for index in range(count)
    )


class SketchesOfSet:
    """The keys of a set that are in memory."""

    def __init__(self, sketches: Sequence[Sketch]) -> None:
        self._sketches = sketches
        self.count = len(sketches)

    def band(self, number: int) -> Hashes:
        return np.array([sketch.bands[number] for sketch in self._sketches], dtype=np.uint64)

    def shingles(self, number: int) -> Shingles:
        return self._sketches[number].shingles


def sketch_of(numbers: Sequence[int]) -> Sketch:
    """Return the sketch of made-up shingles."""
    shingles = np.unique(np.array(numbers, dtype=np.uint32))
    return Sketch(shingles, bands_of(shingles))
