"""What the registry does not know: what must hold of the arguments of a builtin so that it is well defined.

One table, by name and parameter. A name that ends in ``*`` stands for all that begin so, and what is said of a name
itself comes first. ``a b`` is said of both. Ranges keep clear of overflow in half precision as well.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from warpsmith.bridge.catalog.signature import Condition, Requirement

_Said = Condition | tuple[Condition, ...]


def _within(low: float, high: float) -> Condition:
    return Condition("within", low, high)


def _between(low: float, high: float) -> Condition:
    return Condition("within", low, high, open=True)


def _is(requirement: Requirement, of: str = "") -> Condition:
    return Condition(requirement, of=of)


def _index(of: str) -> Condition:
    return Condition("index", of=of)


def _handle(of: str) -> Condition:
    return Condition("handle", of=of)


def _one_of(*choices: str) -> Condition:
    return Condition("constant", choices=choices)


def _length(of: str) -> Condition:
    return Condition("length", of=of)


_POSITIVE = _between(0.0, 100.0)
_NONZERO = _is("nonzero")
_UNIT = _is("unit")
_ROTATION = _is("rotation")
_RIGID = _is("rigid")
_STATE = _is("random state")
_WRITTEN = _is("written")
_LOCAL = _is("local")
_CONSTANT = _is("constant")
_SORTED = _is("sorted")
_SPD = _is("positive definite")
_ROOT = _index("bvh nodes")
_AXIS = _one_of("0", "1", "2")
_AFTER_BEGIN = _is("at least", "arr_begin")
_AXIS_BUT_I = (_AXIS, _is("different", "i"))
_AXIS_BUT_J = (_AXIS, _is("different", "j"))
_SAMPLING = _one_of("wp.Volume.LINEAR", "wp.Volume.CLOSEST")
_SHIFT = _within(0, 7)
_IN_ARRAY = dict.fromkeys("ijkl", _index("arr"))
_IN_VALUE = dict.fromkeys("ij", _index("a"))
_IN_TILE = dict.fromkeys("ijklmn", _index("a"))
_IN_SMALL_TILE = dict.fromkeys("ijkl", _index("a"))
_VOXEL = dict.fromkeys("ijk", _index("voxels"))
_MULTIPLIED: Mapping[str, _Said] = {
    "t1": _one_of("0", "1"),
    "t2": _one_of("0", "1"),
    "A": _length("m * p"),
    "B": _length("p * n"),
    "C": (_WRITTEN, _length("m * n")),
}

CONDITIONS: Mapping[str, Mapping[str, _Said]] = {
    # scalars
    "acos asin": {"x": _within(-1, 1)},
    "sqrt": {"x": _within(0, 1000)},
    "log log2 log10": {"x": _between(0, 1000)},
    "exp sinh cosh": {"x": _within(-8, 8)},
    "pow": {"x": _between(0, 8), "y": _within(-4, 4)},
    "erfinv": {"x": _between(-1, 1)},
    "erfcinv": {"x": _between(0, 2)},
    "clamp": {"high": _is("at least", "low")},
    "smoothstep": {"b": _is("different", "a")},
    "div div_approx mod floordiv cw_div": {"b": _NONZERO},
    "lshift rshift": {"b": _SHIFT},
    "int8 int16 int32 int64 int uint8 uint16 uint32 uint64": {"a": _is("representable", "result")},
    "float16": {"a": _is("representable", "result")},
    # vectors and matrices
    "normalize": {"a": _NONZERO},
    "inverse inverse_approx": {"a": _is("invertible")},
    "eig3": {"A": _is("symmetric"), "Q": _WRITTEN, "d": _WRITTEN},
    "svd2 svd3": {"U": _WRITTEN, "sigma": _WRITTEN, "V": _WRITTEN},
    "qr3": {"A": _is("invertible"), "Q": _WRITTEN, "R": _WRITTEN},
    "norm_huber norm_pseudo_huber smooth_normalize": {"delta": _POSITIVE},
    "extract indexref": _IN_VALUE,
    "index": {"a": _LOCAL, **_IN_VALUE},
    "assign_inplace add_inplace sub_inplace": {"a": _LOCAL, **_IN_VALUE},
    "assign_copy": {"a": _LOCAL, "value": _LOCAL, **_IN_VALUE},
    "bit_and_inplace bit_or_inplace bit_xor_inplace": {"a": _LOCAL, **_IN_VALUE},
    # rotations and frames
    "quat_from_axis_angle": {"axis": _UNIT},
    "quat_from_matrix": {"mat": _ROTATION},
    "quat_to_axis_angle": {"quat": _UNIT, "axis": _WRITTEN, "angle": _WRITTEN},
    "quat_rotate quat_rotate_inv quat_inverse quat_to_matrix": {"quat": _UNIT},
    "quat_slerp": {"a": _UNIT, "b": _UNIT, "t": _within(0, 1)},
    "quat_from_euler quat_to_euler": {
        "i": _AXIS,
        "j": (_AXIS, _is("different", "i")),
        "k": (_AXIS, _is("different", "j")),
    },
    "quat_to_rpy quat_to_euler": {"q": _UNIT},
    "quat_twist quat_twist_angle quat_twist_angle_signed": {"axis": _UNIT, "q": _UNIT},
    "transform_multiply": {"a": _RIGID, "b": _RIGID},
    "transform_point transform_vector transform_inverse transform_to_matrix": {"xform": _RIGID},
    "transform_twist transform_wrench": {"t": _RIGID},
    "transform_set_translation transform_set_rotation": {"xform": _LOCAL},
    "transform_add_inplace transform_sub_inplace": {"a": _LOCAL},
    "transform_set_rotation transform_set_rotation_copy": {"q": _UNIT},
    "transform_from_matrix": {"mat": _RIGID},
    "transform_compose": {"rotation": _UNIT, "scale": _NONZERO},
    "transform_decompose": {"m": _is("invertible")},
    # arrays
    "address view": _IN_ARRAY,
    "array_store atomic_*": {"arr": _WRITTEN, **_IN_ARRAY},
    "lower_bound": {
        "arr": _SORTED,
        "arr_begin": _index("arr"),
        "arr_end": (_index("arr"), _is("at least", "arr_begin")),
    },
    "identity": {"n": _CONSTANT},
    "slice": {"start": _CONSTANT, "stop": _CONSTANT, "step": (_CONSTANT, _NONZERO)},
    "range": {"step": _NONZERO},
    # checks that print what they find wrong
    "expect_eq expect_near": {"b": _is("equal", "a")},
    "expect_neq": {"b": _is("different", "a")},
    # dense linear algebra on flat arrays
    "dense_gemm": {
        **dict.fromkeys(("m", "n", "p"), _within(1, 8)),
        **_MULTIPLIED,
    },
    "dense_gemm_batched": {**_MULTIPLIED, "A_start": _index("A"), "B_start": _index("B"), "C_start": _index("C")},
    "dense_chol": {"A": (_SPD, _length("n * n")), "L": (_WRITTEN, _length("n * n")), "n": _within(1, 8)},
    "dense_subs": {
        "L": (_is("triangular"), _length("n * n")),
        "b": _length("n"),
        "x": (_WRITTEN, _length("n")),
        "n": _within(1, 8),
    },
    "dense_solve": {"A": _length("n * n"), "L": (_is("triangular"), _length("n * n")), "n": _within(1, 8)},
    "dense_chol_batched": {"L": (_WRITTEN, _length("A_dim * A_dim"))},
    "dense_chol_batched dense_solve_batched": {"A": (_SPD, _length("A_dim * A_dim")), "A_start": _index("A")},
    "dense_solve_batched": {
        "L": (_is("triangular"), _length("A_dim * A_dim")),
        "b": _length("A_dim"),
        "x": (_WRITTEN, _length("A_dim")),
        "b_start": _index("b"),
    },
    # random numbers
    "randi randu randf": {"state": _STATE, "high": _is("at least", "low")},
    "poisson": {"state": _STATE, "lam": _POSITIVE},
    "sample_cdf": {"state": _STATE, "cdf": (_SORTED, _within(0, 1))},
    "pnoise": {"state": _STATE, **{period: _within(1, 64) for period in ("px", "py", "pz", "pt")}},
    "curlnoise": {"state": _STATE, "octaves": _within(1, 8), "lacunarity": _POSITIVE, "gain": _within(0, 1)},
    "randn noise sample_*": {"state": _STATE},
    # meshes, bounding volume hierarchies, hash grids
    "mesh_query_point_sign_winding_number": {"id": _handle("mesh with solid angles"), "accuracy": _within(1, 3)},
    "mesh_query_furthest_point_no_sign": {"min_dist": _within(0, 100)},
    "mesh_query_point_sign_parity": {"n_sample": _within(1, 8), "perturbation_scale": _between(0, 1)},
    "mesh_query_point*": dict.fromkeys(("inside", "face", "bary_u", "bary_v"), _WRITTEN),
    "mesh_query_furthest_point*": dict.fromkeys(("face", "bary_u", "bary_v"), _WRITTEN),
    "mesh_query_ray": dict.fromkeys(("t", "bary_u", "bary_v", "sign", "normal", "face"), _WRITTEN),
    "mesh_query_next mesh_query_aabb_next bvh_query_next hash_grid_query_next": {"index": _WRITTEN},
    "mesh_query_ray*": {"dir": _UNIT, "max_t": _POSITIVE, "root": _ROOT},
    "mesh_query_aabb*": {"high": _is("at least", "low")},
    "mesh_eval_*": {"face": _index("mesh faces"), "bary_u": _within(0, 0.5), "bary_v": _within(0, 0.5)},
    "mesh_get_index": {"index": _index("mesh indices")},
    "mesh_get_point mesh_get_velocity": {"index": _index("mesh points")},
    "mesh_get_group_root": {"id": _handle("mesh with groups"), "group": _index("groups")},
    "mesh_* tile_mesh_*": {"id": _handle("mesh"), "radius": _POSITIVE, "max_dist": _POSITIVE, "epsilon": _POSITIVE},
    "bvh_get_group_root": {"id": _handle("bvh with groups"), "group": _index("groups")},
    "bvh_query_ray* tile_bvh_query_ray": {"dir": _UNIT},
    "bvh_query_aabb* tile_bvh_query_aabb tile_mesh_query_aabb": {"high": _is("at least", "low")},
    "bvh_query_capsule": {"dir": _UNIT},
    "bvh_* tile_bvh_*": {"id": _handle("bvh"), "root": _ROOT, "radius": _POSITIVE, "max_dist": _POSITIVE},
    "hash_grid_query": {
        "max_dist": _POSITIVE,
        "group": _index("groups"),
        "id": _handle("hash grid of the point's scalar"),
    },
    "hash_grid_point_id": {"id": _handle("hash grid"), "index": _index("hash grid points")},
    "closest_point_edge_edge": {"epsilon": _between(0, 0.01)},
    # volumes and textures
    "volume_sample_f volume_lookup_f volume_store_f volume_sample_grad_f": {"id": _handle("volume of float32")},
    "volume_sample_v volume_lookup_v volume_store_v": {"id": _handle("volume of vec3f")},
    "volume_sample_i volume_lookup_i volume_store_i": {"id": _handle("volume of int32")},
    "volume_sample volume_sample_grad volume_lookup": {"id": _handle("volume of dtype")},
    "volume_store": {"id": _handle("volume of value")},
    "volume_*_index": {"voxel_data": _length("voxels")},
    "volume_*": {"id": _handle("volume"), "sampling_mode": _SAMPLING, "grad": _WRITTEN, **_VOXEL},
    "texture_sample": {**dict.fromkeys(("u", "v", "w", "uv", "uvw"), _within(0, 1)), "lod": _within(0, 4)},
    # tiles
    "tile_cholesky": {"A": _SPD},
    "tile_cholesky_inplace": {"A": (_SPD, _LOCAL)},
    "tile_cholesky_solve tile_lower_solve": {"L": _is("triangular")},
    "tile_cholesky_solve_inplace tile_lower_solve_inplace": {"L": _is("triangular"), "y": _LOCAL},
    "tile_upper_solve": {"U": _is("triangular")},
    "tile_upper_solve_inplace": {"U": _is("triangular"), "z": _LOCAL},
    "tile_extract": _IN_TILE,
    "tile_scatter_add tile_scatter_masked": {"a": _LOCAL, **_IN_SMALL_TILE},
    "tile_add_inplace tile_sub_inplace tile_bit_*": {"a": _LOCAL, **_IN_SMALL_TILE},
    "tile_assign": {"dst": _LOCAL},
    "tile_axpy": {"dest": _LOCAL},
    "tile_matmul": {"out": _LOCAL},
    "tile_fft tile_ifft": {"inout": _LOCAL},
    "tile_sort": {"keys": _LOCAL, "values": _LOCAL},
    "tile_store tile_atomic_add": {"a": _WRITTEN},
    "tile_store_indexed tile_atomic_add_indexed": {"a": _WRITTEN},
    "assign": {"dst": _LOCAL, "dest": _LOCAL, **dict.fromkeys("ijklmn", _index("dst"))},
    "tile_load_indexed tile_store_indexed tile_atomic_add_indexed": {"indices": _index("a")},
    "tile_from_thread": {"thread_idx": _within(0, 0)},
    "tile_randi tile_randf": {"rng": _STATE},
    "tile": {"x": _LOCAL},
    "tile_sum tile_reduce": {"axis": _CONSTANT},
}


@cache
def conditions_of(name: str) -> Mapping[str, tuple[Condition, ...]]:
    """Return what must hold of the arguments of a builtin, by parameter."""
    found: dict[str, tuple[Condition, ...]] = {}
    for said in _said_of(name):
        for parameter, conditions in said.items():
            found.setdefault(parameter, conditions if isinstance(conditions, tuple) else (conditions,))
    return found


def _said_of(name: str) -> Iterator[Mapping[str, _Said]]:
    exact, beginnings = _by_name()
    yield from exact.get(name, ())
    yield from (said for beginning, ending, said in beginnings if name.startswith(beginning) and name.endswith(ending))


@cache
def _by_name() -> tuple[dict[str, list[Mapping[str, _Said]]], list[tuple[str, str, Mapping[str, _Said]]]]:
    exact: dict[str, list[Mapping[str, _Said]]] = {}
    beginnings: list[tuple[str, str, Mapping[str, _Said]]] = []
    for names, said in CONDITIONS.items():
        for name in names.split():
            if "*" in name:
                beginning, ending = name.split("*")
                beginnings.append((beginning, ending, said))
            else:
                exact.setdefault(name, []).append(said)
    return exact, beginnings
