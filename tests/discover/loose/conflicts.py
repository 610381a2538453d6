"""Kernels whose functions mean different things by the same names, and that reach what they need by many ways."""

import enum
import io

import numpy as np
import warp as wp

SIZE = 3
SMALL = wp.float32(np.float32(1.0e-7))


class Mode(enum.IntEnum):
    """Ways, each with a function and a number besides its value."""

    UP = 1
    DOWN = 2

    @property
    def sign(self) -> float:
        return 1.0 if self is Mode.UP else -1.0


@wp.func
def mode_of(x: float) -> int:
    return wp.where(x > 0.0, Mode.UP, Mode.DOWN)


Mode.of = mode_of


def with_size(size: int):
    SIZE = size  # noqa: N806 - the same name as outside

    @wp.func
    def take(x: float) -> float:
        return x * float(SIZE)

    return take


first, second = with_size(5), with_size(7)


@wp.kernel
def sizes(x: wp.array[float]):
    i = wp.tid()
    x[i] = first(x[i]) + second(x[i]) + float(SIZE) + SMALL


class Space:
    """An object whose attributes a kernel reads."""

    def __init__(self, width: int) -> None:
        self.width = width

        @wp.struct
        class Args:
            scale: float
            offset: wp.types.vector(length=width, dtype=float)

        @wp.func
        def value(args: Args, i: int) -> float:
            return args.scale * args.offset[i]

        self.Args = Args
        self.value = value


def of_space(space: Space):
    @wp.kernel
    def evaluated(args: space.Args, x: wp.array[float]):
        i = wp.tid()
        if i < wp.static(space.width):
            x[i] = space.value(args, i)

    return evaluated


narrow, wide = of_space(Space(2)), of_space(Space(4))


def computed(a):
    import math

    return math.factorial(a)


@wp.kernel
def settled(x: wp.array[float]):
    i = wp.tid()
    x[i] = x[i] * wp.static(float(computed(4))) * wp.static(Mode.DOWN.sign)


@wp.kernel
def of_mode(x: wp.array[float], out: wp.array[int]):
    i = wp.tid()
    out[i] = Mode.of(x[i]) + Mode.UP


class Outer:
    """A class with a function of the name of another one."""

    @wp.func
    def first(x: float) -> float:  # noqa: N805 - Warp's, not Python's
        return first(x) + 1.0


@wp.kernel
def same_name(x: wp.array[float]):
    i = wp.tid()
    x[i] = Outer.first(x[i])


@wp.func
def add(a: wp.quat, b: wp.quat) -> wp.quat:
    return wp.normalize(wp.quat(a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]))


@wp.kernel
def operators(a: wp.array[wp.quat]):
    i = wp.tid()
    a[i] = a[i] + a[i]


FILE = io.StringIO()


@wp.kernel
def bound(x: wp.array[float]):
    x[0] = FILE
