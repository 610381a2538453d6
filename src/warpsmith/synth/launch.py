"""The recipe of a launch: dimensions and, for each argument, how it is made so that the kernel stays in its domain.

Written as JSON into the record's `launch` column:

``{"dim": [64], "seed": 7, "arguments": [{"name": "x", "kind": "array", "dtype": "float32", "shape": [64],
"low": -2.0, "high": 2.0}, {"name": "n", "kind": "scalar", "dtype": "int32", "value": 64}, …]}``

Arrays are filled with uniform random numbers from `low` to `high` (integers: both included), outputs with zeros
(``"low": 0, "high": 0``). An argument of kind ``struct`` and an array with ``fields`` list their fields the same way.
docs/launch.md has all kinds and forms; `warpsmith.verify` makes and launches them. What has its default is not written.
"""

import json
import math
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Form = Literal["uniform", "unit", "spd", "orthogonal", "invertible", "sorted", "offsets", "permutation", "distinct"]


class Filling(NamedTuple):
    """What a value or an array is filled with: from `low` to `high`, in a form.

    The forms are those of docs/launch.md: ``uniform``; ``unit`` (vectors, quaternions, the rotation of transforms),
    ``spd`` (eigenvalues from low to high), ``orthogonal`` (rotations), ``invertible`` (square matrices, no entry beyond
    the larger of abs(low), abs(high)); and along the last axis of an array ``sorted``, ``offsets`` (from low to high,
    both there), ``permutation`` (of the numbers from low), ``distinct``.
    """

    dtype: str
    low: float
    high: float
    form: Form = "uniform"

    def recipe(self) -> dict[str, Any]:
        """Return the filling as the recipe writes it."""
        written = {"dtype": self.dtype, "low": self.low, "high": self.high}
        return written if self.form == "uniform" else {**written, "form": self.form}


@dataclass(frozen=True, slots=True)
class ArrayArgument:
    """An array of numbers, vectors or matrices, of one to four dimensions."""

    name: str
    shape: tuple[int, ...]
    filling: Filling

    def recipe(self) -> dict[str, Any]:
        """Return the argument as the recipe writes it."""
        return {"name": self.name, "kind": "array", "shape": list(self.shape), **self.filling.recipe()}


@dataclass(frozen=True, slots=True)
class ScalarArgument:
    """A value that is the same for all threads: a number, or a vector or matrix given by its components.

    `varied` is the range that other values may be drawn from, where the kernel stays in its domain with them.
    """

    name: str
    dtype: str
    value: float | int | bool | tuple[float, ...]
    varied: tuple[float, float] | None = None

    def recipe(self) -> dict[str, Any]:
        """Return the argument as the recipe writes it."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        written = {"name": self.name, "kind": "scalar", "dtype": self.dtype, "value": value}
        return {**written, "low": self.varied[0], "high": self.varied[1]} if self.varied else written


@dataclass(frozen=True, slots=True)
class StructArgument:
    """A struct (`shape` is empty) or an array of structs.

    A field is a filling, from which a value is drawn, or an argument: an array, a struct, a value, a mesh, … The
    structs of an array have fillings and structs only.
    """

    name: str
    struct: str
    shape: tuple[int, ...]
    fields: "tuple[tuple[str, Filling | Argument], ...]"

    def recipe(self) -> dict[str, Any]:
        """Return the argument as the recipe writes it."""
        kind = "array" if self.shape else "struct"
        fields = {name: _nameless(field.recipe()) for name, field in self.fields}
        return {"name": self.name, "kind": kind, "struct": self.struct, "shape": list(self.shape), "fields": fields}


def _nameless(recipe: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in recipe.items() if key != "name"}


MeshShape = Literal["sphere", "box", "torus", "grid"]


@dataclass(frozen=True, slots=True)
class MeshArgument:
    """A triangle mesh (`wp.Mesh`), of which the kernel gets the id.

    It reaches from -extent to extent (``torus``: half as high; ``grid``: a field of heights within a quarter of the
    extent); the first three are closed. `noise` moves the vertices by that share of the extent. `winding` makes it fit
    for winding numbers; `groups` is the number of groups that its faces are in, 0: none.
    """

    name: str
    shape: MeshShape
    resolution: int = 8
    extent: float = 1.0
    noise: float = 0.05
    velocities: bool = False
    winding: bool = False
    groups: int = 0

    @property
    def faces(self) -> int:
        """The number of triangles."""
        return (12 if self.shape in ("sphere", "box") else 2) * self.resolution**2

    @property
    def vertices(self) -> int:
        """The number of vertices."""
        n = self.resolution
        return {"sphere": 6 * n * n + 2, "box": 6 * n * n + 2, "torus": n * n, "grid": (n + 1) ** 2}[self.shape]

    def recipe(self) -> dict[str, Any]:
        """Return the argument as the recipe writes it."""
        written = {"name": self.name, "kind": "mesh", "shape": self.shape, "resolution": self.resolution}
        options = {"velocities": self.velocities, "winding": self.winding, "groups": self.groups}
        return {**written, "extent": self.extent, "noise": self.noise, **_set(options)}


@dataclass(frozen=True, slots=True)
class BvhArgument:
    """A hierarchy of random boxes (`wp.Bvh`), of which the kernel gets the id.

    Their centres lie from -extent to extent, their edges are up to `size` long.
    """

    name: str
    count: int = 64
    extent: float = 2.0
    size: float = 0.5
    groups: int = 0

    def recipe(self) -> dict[str, Any]:
        """Return the argument as the recipe writes it."""
        written = {"name": self.name, "kind": "bvh", "count": self.count, "extent": self.extent, "size": self.size}
        return {**written, **_set({"groups": self.groups})}


@dataclass(frozen=True, slots=True)
class HashGridArgument:
    """A grid for the search of neighbours (`wp.HashGrid`), of which the kernel gets the id.

    It is built of the array that `points` names (``positions``, or ``state.positions`` in a struct), or of `count`
    random points from -extent to extent. `radius` is the width of its cells, `dims` their numbers.
    """

    name: str
    radius: float
    points: str | None = None
    dims: tuple[int, int, int] = (16, 16, 16)
    count: int = 64
    extent: float = 2.0
    dtype: Literal["float16", "float32", "float64"] = "float32"
    groups: int = 0

    def recipe(self) -> dict[str, Any]:
        """Return the argument as the recipe writes it."""
        written = {"name": self.name, "kind": "hash_grid", "radius": self.radius, "dims": list(self.dims)}
        points = {"points": self.points} if self.points else {"count": self.count, "extent": self.extent}
        dtype = {} if self.dtype == "float32" else {"dtype": self.dtype}
        return {**written, **points, **dtype, **_set({"groups": self.groups})}


@dataclass(frozen=True, slots=True)
class VolumeArgument:
    """A sparse volume (`wp.Volume`), of which the kernel gets the id; around the origin of the world.

    `filling` says what its voxels hold: float32, float64, int32, uint32, int64, vec3f, vec3d, vec4f or vec4d; None
    makes a volume of indices, which number the voxels. With `distance`, the voxels hold the distance to a sphere of
    half the smallest extent instead, and low and high are how far each of them may be off.
    """

    name: str
    filling: Filling | None
    shape: tuple[int, int, int] = (8, 8, 8)
    voxel_size: float = 0.25
    background: float = 0.0
    distance: bool = False

    @property
    def voxels(self) -> int:
        """The number of voxels, which is the length of an array that goes with a volume of indices."""
        return math.prod(self.shape)

    @property
    def extents(self) -> tuple[float, ...]:
        """How far the voxels' centres reach from the origin, along each axis."""
        return tuple((count - 1) / 2.0 * self.voxel_size for count in self.shape)

    def recipe(self) -> dict[str, Any]:
        """Return the argument as the recipe writes it."""
        content = self.filling.recipe() if self.filling else {"dtype": "index"}
        written = {"name": self.name, "kind": "volume", "shape": list(self.shape), "voxel_size": self.voxel_size}
        return {**written, **content, **_set({"background": self.background, "distance": self.distance})}


@dataclass(frozen=True, slots=True)
class TextureArgument:
    """A texture (`wp.Texture1D`, `2D` or `3D`, as `shape` has extents); the width is the last of them.

    `filling` has an integer of 8 to 32 bits, float16 or float32; each texel has 1, 2 or 4 `channels`. 32-bit integers
    need the filter ``closest``.
    """

    name: str
    shape: tuple[int, ...]
    filling: Filling
    channels: Literal[1, 2, 4] = 1
    filter: Literal["linear", "closest"] = "linear"
    address: Literal["clamp", "wrap", "mirror", "border"] = "clamp"
    normalized: bool = True
    mip_levels: int = 1

    def recipe(self) -> dict[str, Any]:
        """Return the argument as the recipe writes it."""
        written = {"name": self.name, "kind": "texture", "shape": list(self.shape), "channels": self.channels}
        settings = {"filter": self.filter, "address": self.address, "normalized": self.normalized}
        levels = {} if self.mip_levels == 1 else {"mip_levels": self.mip_levels}
        return {**written, **self.filling.recipe(), **settings, **levels}


def _set(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options that are not off or zero."""
    return {name: value for name, value in options.items() if value}


Argument = (
    ArrayArgument
    | ScalarArgument
    | StructArgument
    | MeshArgument
    | BvhArgument
    | HashGridArgument
    | VolumeArgument
    | TextureArgument
)


def recipe(
    dim: tuple[int, ...],
    seed: int,
    arguments: tuple[Argument, ...],
    block_dim: int | None = None,
    *,
    tiled: bool = False,
) -> str:
    """Return the recipe of a launch as JSON; `block_dim` is the number of threads of a block on a GPU.

    `tiled`: `dim` counts blocks, not threads; the threads of a block are one more dimension, as `wp.launch_tiled` has
    it (on the CPU, a block is one thread).
    """
    content: dict[str, Any] = {"dim": list(dim), "seed": seed, "arguments": [one.recipe() for one in arguments]}
    if block_dim is not None:
        content["block_dim"] = block_dim
    if tiled:
        content["tiled"] = True
    return json.dumps(content, separators=(",", ":"))
