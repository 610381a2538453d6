"""Arguments in memory: laid out as C++ does, between guards, put back as they were."""

import ctypes
from typing import Any

import numpy as np
import warp as wp

from warpsmith.verify.invocation import Invocation, plain_paths
from warpsmith.verify.layout import ARRAY, layout_of, layout_of_fields


@wp.struct
class Inner:
    flag: wp.bool
    mass: float
    axis: wp.vec3


@wp.struct
class Outer:
    count: int
    inner: Inner
    data: wp.array[wp.vec2]


def test_layouts_are_those_of_warp() -> None:
    assert ARRAY.itemsize == ctypes.sizeof(wp.zeros(1, device="cpu").__ctype__())
    structs: tuple[Any, ...] = (Inner, Outer)
    for struct in structs:
        assert layout_of(struct, wide=False).itemsize == ctypes.sizeof(struct.ctype)
    assert layout_of(wp.mat33h, wide=True) == np.dtype((np.float64, (3, 3)))
    assert layout_of(wp.bfloat16, wide=False) == np.uint16


def test_leaves_are_all_floating_point_numbers() -> None:
    outer = Outer()
    outer.data = wp.zeros(4, dtype=wp.vec2, device="cpu")
    types = {"outer": Outer, "x": wp.array(dtype=float), "k": wp.array(dtype=int), "s": wp.float32, "n": wp.int32}
    values = (outer, wp.ones(3, device="cpu"), wp.ones(3, dtype=int, device="cpu"), wp.float32(2.0), wp.int32(5))
    invocation = Invocation(types, values, wide=True)
    shapes = {leaf.path: leaf.values.shape for leaf in invocation.leaves}
    assert shapes == {"outer.data": (4, 2), "x": (3,), "outer.inner.mass": (), "outer.inner.axis": (3,), "s": ()}
    assert {leaf.path for leaf in invocation.leaves if leaf.is_array} == {"outer.data", "x"}
    assert list(plain_paths(types)) == [("outer", "inner", "mass"), ("outer", "inner", "axis"), ("s",)]
    assert invocation.arguments.dtype == layout_of_fields(types, wide=True)


def test_guards_show_a_write_next_to_an_array_and_reset_puts_back() -> None:
    invocation = Invocation({"x": wp.array(dtype=float)}, (wp.ones(3, device="cpu"),), wide=False)
    buffer = invocation.buffers["x"]
    buffer.content[1] = 5.0
    assert buffer.is_sound()
    ctypes.memset(buffer.content.ctypes.data + buffer.content.nbytes, 0, 1)
    assert not buffer.is_sound()
    invocation.reset()
    assert buffer.content.tolist() == [1.0, 1.0, 1.0]
