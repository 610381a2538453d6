"""Sparse volumes: samples and their gradients, voxels by their numbers, worlds and indices, voxels that are written."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from warpsmith.synth import inputs
from warpsmith.synth.expr import Expr, call, leaf, literal_node, made_of, name, spelled, subscript
from warpsmith.synth.families import drawing
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.pieces import Data, Makers, Subject, play_some
from warpsmith.synth.families.searching import own
from warpsmith.synth.idiom import expression
from warpsmith.synth.interval import Interval, symmetric
from warpsmith.synth.launch import Filling, VolumeArgument
from warpsmith.synth.types import (
    FLOAT32,
    FLOAT64,
    INT32,
    INT64,
    UINT32,
    UINT64,
    ValueType,
    is_float,
    matrix,
    scalar_of,
    vector,
)
from warpsmith.synth.writer import KernelWriter, Parameter, Style

_VOLUMES = ("volume", "vol", "volume_id", "sdf", "density_grid", "field", "vdb", "smoke", "level_set")
_TARGETS = ("target_volume", "out_volume", "dst_volume", "next_volume")
_POINT = vector(3, FLOAT32)
# what volumes hold, the gradient of it, and how often
_CONTENTS: tuple[tuple[ValueType, ValueType, float], ...] = (
    (FLOAT32, _POINT, 8.0),
    (_POINT, matrix(3, FLOAT32), 4.0),
    (INT32, INT32, 2.0),
    (FLOAT64, vector(3, FLOAT64), 0.8),
    (vector(4, FLOAT32), FLOAT32, 0.6),
    (vector(3, FLOAT64), matrix(3, FLOAT64), 0.5),
    (vector(4, FLOAT64), FLOAT32, 0.3),
    (INT64, INT64, 0.5),
    (UINT32, UINT32, 0.5),
)
_INDEXED = 3.0
_STORED: dict[ValueType, str] = {FLOAT32: "volume_store_f", _POINT: "volume_store_v", INT32: "volume_store_i"}


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume that the kernel has the id of, what it holds, and how many voxels it has along each axis."""

    id: Expr
    kind: str
    data: Data
    shape: tuple[int, int, int]
    voxels: int


def core(w: KernelWriter) -> list[str]:
    """Declare a volume, read it once or twice, or write into one."""
    volume = _volume(w)
    w.features.add("volume")
    subject = Subject("volumes", volume.kind, makers=_makers(w, volume), data=volume.data)
    words = play_some(w, subject, {1: 4, 2: 1})
    if w.choices.chance(0.15) and (w.room > 6 or w.choices.chance(0.3)):
        words.append(_store(w))
    if w.choices.chance(0.2):
        inputs.array(w, FLOAT32, bind=False)
    drawing.make_room(w)
    return words


def _volume(w: KernelWriter) -> Volume:
    identifier = w.names.one_of(_VOLUMES)
    indexed = w.choices.chance(_INDEXED / (_INDEXED + sum(weight for _, _, weight in _CONTENTS)))
    contents = _CONTENTS[:2] if indexed else _CONTENTS
    kind, gradient, _ = w.choices.weighted(contents, [weight for _, _, weight in contents])
    interval = Interval(-2.0, 2.0) if is_float(kind) else Interval(0.0, 30.0)
    shape = (w.choices.pick((8, 10)), w.choices.pick((8, 12)), w.choices.pick((8, 9)))
    filling = None if indexed else Filling(kind.name, *interval)
    distance = kind is FLOAT32 and not indexed and w.choices.chance(0.3)
    if distance and filling is not None:
        filling = filling._replace(low=-0.1, high=0.1)  # beside the distance itself, which is below 6
        interval = Interval(-2.0, 6.0)
    argument = VolumeArgument(identifier, filling, shape, w.choices.pick((0.4, 0.5)), distance=distance)
    w.add_parameter(Parameter(identifier, spelled("wp.uint64"), argument))
    handle = leaf(name(identifier), UINT64, Interval(0.0, 1.0), f"the volume {identifier}")
    tag = "index" if indexed else kind.name
    return Volume(handle, tag, Data(kind, gradient, interval), shape, argument.voxels)


def _makers(w: KernelWriter, volume: Volume) -> Makers:
    return {
        "volume": lambda: (volume.id,),
        "uvw": lambda: (_place(w, volume),),
        "voxel": lambda: _voxel(w, volume, own_share=1.0),
        "moving_voxel": lambda: _voxel(w, volume, own_share=0.0),
        "voxel_data": lambda: (_voxel_data(w, volume),),
        "background": lambda: (_background(w, volume),),
    }


def _place(w: KernelWriter, volume: Volume) -> Expr:
    """Return a place in the space of the voxels' numbers."""
    if w.threads.ndim == 3 and w.choices.chance(0.5):
        indices = [call(name("float"), name(index)) for index in w.threads.indices]
        node = call(spelled(_POINT.spelling), *indices)
        return _bound(w, leaf(node, _POINT, Interval(0.0, 8.0), "the thread's place", varying=True))
    if w.choices.chance(0.3):
        identifier = w.names.one_of(("uvws", "voxel_coords", "grid_points", "lattice_points"))
        interval = Interval(0.0, float(max(volume.shape) - 1))
        drawing.declare(w, identifier, _POINT, w.threads.extents, interval)
        return _bound(w, drawing.element(subscript(name(identifier), w.index_nodes()), _POINT, interval, "the place"))
    _, point = drawing.point_array(w, FLOAT32)
    if w.choices.chance(0.5):
        point = own(w, point, ("p", "xyz", "pos"), pending=False).expr
    node = call("volume_world_to_index", volume.id.node, point.node)
    return _bound(w, made_of(node, _POINT, symmetric(12.0), "the place of {0} in the voxels", [point]))


def _bound(w: KernelWriter, expr: Expr) -> Expr:
    if w.choices.chance(0.3):
        return expr
    return own(w, expr, ("uvw", "q", "local", "index_pos"), pending=False).expr


_DECODED = (
    "i = tid % X\nj = tid // X % Y\nk = tid // XY",
    "k = tid // XY\nj = (tid - k * XY) // X\ni = tid - k * XY - j * X",
)


def _voxel(w: KernelWriter, volume: Volume, *, own_share: float) -> Sequence[Expr]:
    """Return the three numbers of a voxel: the thread's own, one near a point, or one that an array names."""
    if w.threads.ndim == 3 and w.choices.chance(0.7 * own_share):
        return [_count(index, 8) for index in w.threads.indices]
    axes = [w.names.fresh(axis) for axis in w.choices.pick((("i", "j", "k"), ("vi", "vj", "vk"), ("ix", "iy", "iz")))]
    source = w.choices.weighted(("cells", "world", "thread"), (2, 3, own_share if w.threads.ndim == 1 else 0))
    if source == "thread":
        return _decoded(w, volume, axes)
    if source == "cells":
        cells = w.names.one_of(("cells", "voxels", "coords", "ijk"))
        kind = vector(3, INT32)
        interval = Interval(0.0, float(min(volume.shape) - 1))
        drawing.declare(w, cells, kind, w.threads.extents, interval)
        cell = drawing.element(subscript(name(cells), w.index_nodes()), kind, interval, "the cell")
        place = own(w, cell, ("cell", "c", "voxel_id"), pending=False).expr.node
        if w.choices.chance(0.5):
            return [leaf(subscript(place, [ast.Constant(n)]), INT32, interval, f"cell[{n}]") for n in range(3)]
        text = "i = cell[0]\nj = cell[1]\nk = cell[2]"
    else:
        place = _place(w, volume).node
        text = w.choices.pick(
            (
                "i = int(wp.round(cell[0]))\nj = int(wp.round(cell[1]))\nk = int(wp.round(cell[2]))",
                "i = int(cell[0])\nj = int(cell[1])\nk = int(cell[2])",
                "i = int(wp.floor(cell[0]))\nj = int(wp.floor(cell[1]))\nk = int(wp.floor(cell[2]))",
            )
        )
    w.write(text, cell=place, i=axes[0], j=axes[1], k=axes[2])
    return [_count(axis, 12) for axis in axes]


def _decoded(w: KernelWriter, volume: Volume, axes: Sequence[str]) -> list[Expr]:
    """Take the thread's number apart into those of a voxel, which no other thread has."""
    (tid,) = w.threads.indices
    x, y, _ = volume.shape
    w.write(w.choices.pick(_DECODED), tid=tid, X=x, Y=y, XY=x * y, i=axes[0], j=axes[1], k=axes[2])
    return [_count(axis, 12) for axis in axes]


def _count(identifier: str, high: int) -> Expr:
    return leaf(name(identifier), INT32, Interval(0.0, float(high)), identifier)


def _voxel_data(w: KernelWriter, volume: Volume) -> Expr:
    """Declare an array that has a value for each voxel."""
    identifier = w.names.one_of(("voxel_data", "per_voxel", "cell_values", "active_values"))
    drawing.declare(w, identifier, volume.data.type, (volume.voxels,), volume.data.interval)
    return leaf(name(identifier), volume.data.type, volume.data.interval, identifier)


def _background(w: KernelWriter, volume: Volume) -> Expr:
    kind = volume.data.type
    if kind is FLOAT32:
        return drawing.number(w, ("background", "outside", "fallback"), FLOAT32, -1.0, 1.0)
    numbers = [literal_node(0.5 * n, scalar_of(kind)) for n in range(3)]
    return leaf(call(spelled(kind.spelling), *numbers), kind, Interval(0.0, 1.0), "the background")


def _store(w: KernelWriter) -> str:
    """Write a value into the thread's own voxel of another volume."""
    kind = w.choices.weighted(tuple(_STORED), (3, 1, 1))
    identifier = w.names.one_of(_TARGETS)
    shape = (16, 16, 8)
    argument = VolumeArgument(identifier, Filling(kind.name, 0.0, 0.0), shape, 0.5)
    w.add_parameter(Parameter(identifier, spelled("wp.uint64"), argument))
    if w.threads.ndim == 3:
        indices: list[ast.expr] = w.index_nodes()
    else:
        zeros = [ast.Constant(0)] * max(3 - w.threads.ndim, 0)
        indices = [*w.index_nodes(), *zeros][:3] if w.threads.ndim == 2 else _split(w)
    value = w.block.read(inputs.array(w, kind))
    grown = w.expressions.grow_within(w.block, value, w.choices.integer(1, 2))
    stored = w.define(w.names.one_of(("new_value", "updated_voxel", "written", "next_value")), grown, mutable=False)
    builtin = _STORED[kind] if w.choices.chance(0.6) else "volume_store"
    w.emit(ast.Expr(call(builtin, name(identifier), *indices, name(stored.identifier))))
    w.stored = True
    w.features.add("volume-store")
    return f"store {grown.words} in the thread's voxel of {identifier}"


def _split(w: KernelWriter) -> list[ast.expr]:
    tid = w.threads.indices[0]
    return [expression("tid % 16", tid=tid), expression("tid // 16", tid=tid), ast.Constant(0)]


FAMILY = Family(
    "volume",
    ("vdb",),
    "samples, gradients, voxels and transformations of sparse volumes",
    ("volume", "densities", "samples", "level_set", "smoke", "voxels", "gradients", "advection"),
    Style(
        operations=(("arith", 6.0), ("vec", 4.0), ("minmax", 0.5), ("exp", 1.0), ("trig", 0.6), ("unary", 0.6)),
        forms={
            "assignment": 5,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1.2,
            "function-call": 0.6,
            "atomic": 0.3,
        },
        dimensions=(8, 2, 5, 0),
        floats=(1, 0, 0, 0),
    ),
    core,
)
