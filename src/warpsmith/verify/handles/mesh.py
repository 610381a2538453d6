"""Triangle meshes made by a rule: spheres and boxes of six square lattices, tori, fields of heights."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import warp as wp

from warpsmith.errors import UsageError
from warpsmith.verify.fillings import normalised
from warpsmith.verify.making import Making
from warpsmith.verify.numbers import Array, Numbers


class Surface(NamedTuple):
    """Vertices (count x 3) and triangles (count x 3, counter-clockwise seen from outside or above)."""

    vertices: Array
    triangles: Array


def make_mesh(argument: dict[str, Any], path: str, making: Making) -> Any:
    """Make a `wp.Mesh` and return its id; raises UsageError for a shape that there is not."""
    numbers = making.numbers(argument, path)
    shape, extent = argument["shape"], argument["extent"]
    if shape not in SHAPES:
        raise UsageError(f"shape '{shape}' of mesh '{path}' is unknown; use {', '.join(SHAPES)}")
    surface = SHAPES[shape](argument["resolution"], numbers)
    noise = numbers.between(surface.vertices.shape, -argument["noise"], argument["noise"])
    velocities = making.array(numbers.between(noise.shape, -1.0, 1.0), wp.vec3f) if argument.get("velocities") else None
    mesh = wp.Mesh(
        points=making.array(extent * (surface.vertices + noise), wp.vec3f),
        indices=making.array(surface.triangles.ravel(), wp.int32),
        velocities=velocities,
        support_winding_number=argument.get("winding", False),
        groups=making.groups(argument, len(surface.triangles), numbers),
    )
    return making.identified(mesh)


def box(resolution: int, _: Numbers) -> Surface:
    """Return a cube from -1 to 1, each side a lattice of squares, `resolution` along an edge; sides share edges."""
    sides = [_side(resolution, axis, face) for axis in range(3) for face in (0, resolution)]
    corners = np.concatenate(sides).reshape(-1, 3)
    lattice, places = np.unique(corners, axis=0, return_inverse=True)
    squares = places.reshape(-1, 4)
    return Surface(lattice * (2.0 / resolution) - 1.0, _halved(squares))


def _side(resolution: int, axis: int, face: int) -> Array:
    """Return the squares of one side of a cube as four corners with whole coordinates from 0 to `resolution`."""
    u, v = (grid.ravel() for grid in np.meshgrid(np.arange(resolution), np.arange(resolution), indexing="ij"))
    corners = np.stack([(u, v), (u + 1, v), (u + 1, v + 1), (u, v + 1)])  # corner, coordinate, square
    placed = np.full((len(u), 4, 3), face)
    placed[..., (axis + 1) % 3] = corners[:, 0].T
    placed[..., (axis + 2) % 3] = corners[:, 1].T
    return placed if face else placed[:, ::-1]


def _halved(squares: Array) -> Array:
    """Return two triangles for each square."""
    return np.concatenate([squares[:, [0, 1, 2]], squares[:, [0, 2, 3]]])


def sphere(resolution: int, numbers: Numbers) -> Surface:
    """Return a sphere of radius 1: a box whose vertices are drawn in."""
    vertices, triangles = box(resolution, numbers)
    return Surface(normalised(vertices), triangles)


def torus(resolution: int, _: Numbers) -> Surface:
    """Return a torus around the y axis, its tube of radius 1/3, from -1 to 1."""
    angles = np.arange(resolution) * (2.0 * np.pi / resolution)
    around, tube = (grid.ravel() for grid in np.meshgrid(angles, angles, indexing="ij"))
    radius = (2.0 + np.cos(tube)) / 3.0
    vertices = np.stack([radius * np.cos(around), np.sin(tube) / 3.0, radius * np.sin(around)], axis=1)
    i, j = (grid.ravel() for grid in np.meshgrid(np.arange(resolution), np.arange(resolution), indexing="ij"))
    i_next, j_next = (i + 1) % resolution, (j + 1) % resolution
    pairs = [(i, j), (i, j_next), (i_next, j_next), (i_next, j)]
    return Surface(vertices, _halved(np.stack([a * resolution + b for a, b in pairs], axis=1)))


def grid(resolution: int, numbers: Numbers) -> Surface:
    """Return a field of heights from -1/4 to 1/4 over the square from -1 to 1 in x and z."""
    side = resolution + 1
    x, z = (axis.ravel() for axis in np.meshgrid(np.arange(side), np.arange(side), indexing="ij"))
    heights = numbers.between((side * side,), -0.25, 0.25)
    vertices = np.stack([x * (2.0 / resolution) - 1.0, heights, z * (2.0 / resolution) - 1.0], axis=1)
    i, j = (axis.ravel() for axis in np.meshgrid(np.arange(resolution), np.arange(resolution), indexing="ij"))
    pairs = [(i, j), (i, j + 1), (i + 1, j + 1), (i + 1, j)]
    return Surface(vertices, _halved(np.stack([a * side + b for a, b in pairs], axis=1)))


SHAPES: dict[str, Callable[[int, Numbers], Surface]] = {"sphere": sphere, "box": box, "torus": torus, "grid": grid}
