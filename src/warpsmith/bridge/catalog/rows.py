"""The arguments that generic builtins are called with where the registry alone does not say: ``Any`` and constants.

One function for each builtin, or for several that take the same, gives the rows: parameter and type, as `kinds` names
them. The sets of types are finite and small; docs/builtins.md lists them. Whatever Warp refuses is left out by asking.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from warpsmith.bridge.catalog.asking import Row
from warpsmith.bridge.catalog.kinds import FLOATS, INTS, SCALARS, matrix, parse, quaternion, transform, vector

LENGTHS = (2, 3, 4)
SHAPES = ((2, 2), (3, 3), (4, 4))
ELEMENTS = (
    *("int32", "uint32", "int64", "uint64", "float16", "float32", "float64"),
    *("vec2f", "vec3f", "vec4f", "mat33f", "quatf", "transformf"),
)
"""What ``Any`` stands for where it is any value."""

_WITHOUT_HALF = ("float32", "float64", "float16")
Rows = Callable[[], Iterator[Row]]


def numbered(*types: str) -> tuple[tuple[str, str], ...]:
    """Return arguments for a parameter that takes any number of them."""
    return tuple((f"args{place}", name) for place, name in enumerate(types))


def dtype(scalar: str) -> tuple[str, str]:
    """Return an argument that is a type."""
    return ("dtype", f"=wp.{scalar}")


def _vectors() -> Iterator[Row]:
    for scalar, n in product(SCALARS, LENGTHS):
        yield (*numbered(*[scalar] * n), ("length", f"={n}"), dtype(scalar))
    for scalar, n in product(_WITHOUT_HALF, LENGTHS):
        yield (*numbered(scalar), ("length", f"={n}"), dtype(scalar))
        yield (("length", f"={n}"), dtype(scalar))
        yield (*numbered(vector(n, scalar)), ("length", f"={n}"), dtype(scalar))
    yield (*numbered(*["float32"] * 5), ("length", "=5"), dtype("float32"))


def _matrices() -> Iterator[Row]:
    for scalar, (r, c) in product(_WITHOUT_HALF, SHAPES):
        shape = (("shape", f"=({r}, {c})"), dtype(scalar))
        yield (*numbered(*[scalar] * (r * c)), *shape)
        yield (*numbered(scalar), *shape)
        yield shape
        yield (*numbered(matrix(r, c, scalar)), *shape)
    yield (*numbered(*["float32"] * 6), ("shape", "=(2, 3)"), dtype("float32"))


def _from_vectors() -> Iterator[Row]:
    for scalar, n in product(_WITHOUT_HALF, LENGTHS):
        yield numbered(*[vector(n, scalar)] * n)
    yield numbered("vec3f", "vec3f")


def _identity() -> Iterator[Row]:
    for scalar, n in product(_WITHOUT_HALF, LENGTHS):
        yield (("n", f"={n}"), dtype(scalar))


def _quaternions() -> Iterator[Row]:
    for scalar in _WITHOUT_HALF:
        yield (*((axis, scalar) for axis in "xyzw"), dtype(scalar))
        yield (("ijk", vector(3, scalar)), ("real", scalar), dtype(scalar))
        yield (("quat", quaternion(scalar)), dtype(scalar))
        yield (dtype(scalar),)


def _only_dtype() -> Iterator[Row]:
    for scalar in _WITHOUT_HALF:
        yield (dtype(scalar),)


def _transformations() -> Iterator[Row]:
    for scalar in _WITHOUT_HALF:
        yield (("p", vector(3, scalar)), ("q", quaternion(scalar)), dtype(scalar))
        yield (*numbered(*[scalar] * 7), dtype(scalar))


def _spatial_vectors() -> Iterator[Row]:
    single = dtype("float32")
    yield (single,)
    yield (("w", "vec3f"), ("v", "vec3f"), single)
    yield (*((axis, "float32") for axis in ("wx", "wy", "wz", "vx", "vy", "vz")), single)


def _norms() -> Iterator[Row]:
    for n in LENGTHS:
        yield (("v", vector(n, "float32")),)


def _norms_with_delta() -> Iterator[Row]:
    for n in LENGTHS:
        yield (("v", vector(n, "float32")), ("delta", "float32"))


def _parts(*, with_value: bool, only: tuple[str, ...] = (*SCALARS, "bool")) -> Rows:
    """Read or write a part of a value of certain scalars: a component, a row, an element."""

    def rows() -> Iterator[Row]:
        for whole, indices, part in _places():
            if parse(whole).scalar not in only:
                continue
            value = (("value", part),) if with_value else ()
            yield (("a", whole), *((index, "int32") for index in "ij"[:indices]), *value)

    return rows


def _places() -> Iterator[tuple[str, int, str]]:
    for scalar in (*SCALARS, "bool"):
        for n in LENGTHS:
            yield vector(n, scalar), 1, scalar
    for scalar in (*FLOATS, "int32", "bool"):
        for n in LENGTHS:
            yield matrix(n, n, scalar), 2, scalar
            yield matrix(n, n, scalar), 1, vector(n, scalar)
    for scalar in FLOATS:
        yield quaternion(scalar), 1, scalar
        yield transform(scalar), 1, scalar


def _extract() -> Iterator[Row]:
    yield from _parts(with_value=False)()
    yield (("a", "vec4f"), ("i", "=0:2"))
    for one, other in (("float32", "int32"), ("vec3f", "float32")):
        yield (("a", f"({one}, {other})"), ("i", "=0"))


def _len() -> Iterator[Row]:
    for whole in ("vec3f", "vec2i", "quatf", "mat33f", "transformf", "array1d[float32]", "array2d[vec3f]"):
        yield (("a", whole),)
    for whole in ("tile[float32,8]", "(float32, int32)"):
        yield (("a", whole),)


def _cast() -> Iterator[Row]:
    yield (("a", "uint32"), dtype("float32"))
    yield (("a", "float32"), dtype("uint32"))
    yield (("a", "uint64"), dtype("float64"))
    yield (("a", "float64"), dtype("int64"))


def _tuple() -> Iterator[Row]:
    yield numbered("float32", "int32")
    yield numbered("vec3f", "float32", "int32")


def _copy() -> Iterator[Row]:
    for element in (*ELEMENTS, "bool"):
        yield (("a", element),)


def _array() -> Iterator[Row]:
    for element in ("float32", "int32", "vec3f"):
        yield (("ptr", "uint64"), ("shape", "=(4,)"), dtype(element))
    yield (("ptr", "uint64"), ("shape", "=(4, 4)"), dtype("float32"))


def _zeros() -> Iterator[Row]:
    for element in ("float32", "float64", "int32", "vec3f", "mat33f"):
        yield (("shape", "=4"), dtype(element))
        yield (("shape", "=(2, 3)"), dtype(element))


def _lower_bound() -> Iterator[Row]:
    for scalar in SCALARS:
        whole = (("arr", f"array1d[{scalar}]"),)
        yield (*whole, ("value", scalar))
        yield (*whole, ("arr_begin", "int32"), ("arr_end", "int32"), ("value", scalar))


def _volume(*parameters: tuple[str, str], with_gradient: bool = False) -> Rows:
    def rows() -> Iterator[Row]:
        for element in ("float32", "float64", "vec3f", "vec4f", *(() if with_gradient else ("int32",))):
            gradient = (("grad", _jacobian(element)),) if with_gradient else ()
            yield (*parameters, *gradient, dtype(element))

    return rows


def _jacobian(element: str) -> str:
    return {"float64": "vec3d", "vec3f": "mat33f", "vec4f": "mat43f"}.get(element, "vec3f")


_SAMPLE = (("id", "uint64"), ("uvw", "vec3f"), ("sampling_mode", "int32"))
_VOXEL = (("id", "uint64"), ("i", "int32"), ("j", "int32"), ("k", "int32"))


def _volume_store() -> Iterator[Row]:
    for element in ("float32", "float64", "vec3f", "vec4f", "int32"):
        yield (*_VOXEL, ("value", element))


def _volume_index(with_gradient: bool) -> Rows:
    def rows() -> Iterator[Row]:
        for element in ("float32", "vec3f", "float64"):
            data = (("voxel_data", f"array1d[{element}]"), ("background", element))
            yield (*_SAMPLE, *data, *((("grad", _jacobian(element)),) if with_gradient else ()))

    return rows


def _textures() -> Iterator[Row]:
    for element in ("float32", "vec2f", "vec4f"):
        yield (("tex", "Texture1D"), ("u", "float32"), dtype(element))
        yield (("tex", "Texture2D"), ("uv", "vec2f"), dtype(element))
        yield (("tex", "Texture2D"), ("u", "float32"), ("v", "float32"), dtype(element))
        yield (("tex", "Texture3D"), ("uvw", "vec3f"), dtype(element))
        yield (("tex", "Texture3D"), ("u", "float32"), ("v", "float32"), ("w", "float32"), dtype(element))


def _address() -> Iterator[Row]:
    for element, d in product(ELEMENTS, (1, 2, 3, 4)):
        yield (("arr", f"array{d}d[{element}]"), *((index, "int32") for index in "ijkl"[:d]))
    for element, index in product(("float32",), ("int8", "uint8", "int16", "uint16", "uint32", "int64", "uint64")):
        yield (("arr", f"array1d[{element}]"), ("i", index))
    for whole in ("indexedarray1d[float32]", "fabricarray1d[float32]", "indexedfabricarray1d[float32]"):
        yield (("arr", whole), ("i", "int32"))
    yield (("arr", "fixedarray[float32,4]"), ("i", "int32"))


def _view() -> Iterator[Row]:
    for element, d in product(("float32", "int32", "vec3f"), (2, 3, 4)):
        for given in range(1, d):
            yield (("arr", f"array{d}d[{element}]"), *((index, "int32") for index in "ijk"[:given]))
    yield (("arr", "array1d[float32]"), ("i", "=1:3"))
    yield (("arr", "array2d[float32]"), ("i", "=1:3"), ("j", "=0:2"))
    for family in ("indexedarray", "fabricarray", "indexedfabricarray"):
        yield (("arr", f"{family}2d[float32]"), ("i", "int32"))
    yield (("arr", "fixedarray[float32,2,3]"), ("i", "int32"))


ROWS: Mapping[str, Rows] = {
    "vector": _vectors,
    "matrix": _matrices,
    "matrix_from_cols": _from_vectors,
    "matrix_from_rows": _from_vectors,
    "identity": _identity,
    "quaternion": _quaternions,
    "quat_identity": _only_dtype,
    "transformation": _transformations,
    "transform_identity": _only_dtype,
    "spatial_vector": _spatial_vectors,
    "norm_l1": _norms,
    "norm_l2": _norms,
    "norm_huber": _norms_with_delta,
    "norm_pseudo_huber": _norms_with_delta,
    "smooth_normalize": _norms_with_delta,
    "extract": _extract,
    "assign_inplace": _parts(with_value=True),
    "assign_copy": _parts(with_value=True),
    "add_inplace": _parts(with_value=True),
    "sub_inplace": _parts(with_value=True),
    "bit_and_inplace": _parts(with_value=True, only=INTS),
    "bit_or_inplace": _parts(with_value=True, only=INTS),
    "bit_xor_inplace": _parts(with_value=True, only=INTS),
    "index": _parts(with_value=False),
    "indexref": _parts(with_value=False),
    "len": _len,
    "cast": _cast,
    "tuple": _tuple,
    "copy": _copy,
    "array": _array,
    "zeros": _zeros,
    "address": _address,
    "view": _view,
    "lower_bound": _lower_bound,
    "volume_sample": _volume(*_SAMPLE),
    "volume_sample_grad": _volume(*_SAMPLE, with_gradient=True),
    "volume_lookup": _volume(*_VOXEL),
    "volume_store": _volume_store,
    "volume_sample_index": _volume_index(with_gradient=False),
    "volume_sample_grad_index": _volume_index(with_gradient=True),
    "texture_sample": _textures,
}
