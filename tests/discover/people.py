"""A small package as people write it, in a folder of its own, and what is wrong with some files."""

from pathlib import Path

SHARED = '''"""What the kernels of the package share."""

import enum

import warp as wp

GRAVITY = wp.constant(wp.vec3(0.0, -9.81, 0.0))
EPSILON = 1.0e-6
vec5 = wp.types.vector(length=5, dtype=wp.float32)


class Kind(enum.IntEnum):
    """Kinds of bodies."""

    FIXED = 0
    FREE = 1


@wp.struct
class Body:
    """A body."""

    x: wp.vec3  # where it is
    mass: float
    kind: int


@wp.func
def weigh(body: Body) -> wp.vec3:
    """Return the weight of a body."""
    # mass times gravity
    return GRAVITY * body.mass


@wp.func
def scale(a: float, s: float) -> float:
    return a * s


@wp.func
def scale(a: wp.vec3, s: float) -> wp.vec3:  # noqa: F811
    return a * s
'''
KERNELS = '''"""Kernels of every manner."""

import math
from typing import Any

import warp as wp

from small import shared
from small.shared import EPSILON, Body, weigh as weight_of

TABLE = [0.5, 1.5]
THREADS = 64


# Pulls every body down.
@wp.kernel
def fall(bodies: wp.array[Body], dt: float, out: wp.array[wp.vec3]):
    i = wp.tid()
    body = bodies[i]
    if body.kind == shared.Kind.FREE:
        out[i] = weight_of(body) * (dt / (body.mass + EPSILON))  # an acceleration


@wp.kernel(enable_backward=False, launch_bounds=THREADS)
def turn(x: wp.array[float], v: shared.vec5):
    """Turn by a table.

    It says more than one thing.
    """
    i = wp.tid()
    for k in range(2):
        x[i] = x[i] + wp.static(TABLE[k]) * math.pi * v[k]
    x[i] = shared.scale(x[i], 2.0) + wp.static(float(len(TABLE)))


@wp.kernel
def double(x: wp.array[Any], y: wp.array[Any]):
    i = wp.tid()
    y[i] = x[i] + x[i]


wp.overload(double, [wp.array[float], wp.array[float]])
wp.overload(double, [wp.array[wp.vec3], wp.array[wp.vec3]])


@wp.kernel
def undecided(x: wp.array[Any]):
    x[0] = x[0] + x[0]


def make(count, dtype, function):
    @wp.func
    def inner(a: dtype) -> dtype:
        return function(a, float(count))

    @wp.kernel
    def made(x: wp.array(dtype=dtype)):
        i = wp.tid()
        for _ in range(count):
            x[i] = inner(x[i])

    return made


MADE = {count: make(count, kind, shared.scale) for count, kind in ((2, float), (3, wp.vec3))}


@wp.func_native("return x * x;", adj_snippet="adj_x += 2.0f * x * adj_ret;")
def squared(x: float) -> float: ...


@wp.func
def root(x: float):
    return wp.sqrt(x)


@wp.func_grad(root)
def adj_root(x: float, adj_ret: float):
    wp.adjoint[x] += adj_ret * 0.5 / (root(x) + EPSILON)


@wp.kernel(module="unique")
def own(x: wp.array[float], step: int):
    i = wp.tid()
    x[i] = root(squared(x[i])) + float(step)


def scale(x):
    """Not a function of Warp."""
    return x


@wp.kernel
def twice_named(x: wp.array[float]):
    weigh = shared.scale(x[0], 1.0)
    x[0] = weigh
'''
BROKEN = {
    "syntax.py": ("def (:\n", "line 1: invalid syntax"),
    "raises.py": ("raise ValueError('boom\\nand more')\n", "ValueError: boom and more"),
    "exits.py": ("import sys\nsys.exit(3)\n", "it calls sys.exit(3) when it is imported"),
    "ends.py": ("import os\nos._exit(7)\n", "it ends the process: exit code 7 when it is imported"),
    "crashes.py": ("import ctypes\nctypes.string_at(0)\n", "it ends the process: SIGSEGV when it is imported"),
    "hangs.py": ("while True:\n    pass\n", "it does not end in 3 seconds when it is imported"),
    "bare.py": (
        "import warp as wp\n\n\n@wp.kernel\ndef bare(x):\n    x[0] = 1.0\n",
        "WarpCodegenError: Incomplete argument annotations on function bare",
    ),
    "empty.py": ("", "it has no kernels"),
    "needs.py": ("import no_such_package\n", "ModuleNotFoundError: No module named 'no_such_package'"),
}
CHATTY = """print('hello from the import')
import warp as wp


@wp.kernel
def chatty(x: wp.array[float]):
    x[0] = 1.0
"""


def write_package(folder: Path) -> Path:
    """Write the package `small` and return its folder."""
    package = folder / "small"
    package.mkdir()
    for name, text in (("__init__", ""), ("shared", SHARED), ("kernels", KERNELS)):
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    return package


def write_broken(folder: Path) -> list[Path]:
    """Write files that are no good, and one that is; return all."""
    (folder / "chatty.py").write_text(CHATTY, encoding="utf-8")
    (folder / "binary.py").write_bytes(bytes(range(256)) * 8)
    (folder / "data.bin").write_bytes(bytes(range(256)))
    for name, (text, _) in BROKEN.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / "chatty.py", folder / "binary.py", folder / "data.bin", *(folder / name for name in BROKEN)]
