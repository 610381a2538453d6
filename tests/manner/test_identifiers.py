"""Single identifiers are taken by their roles, and nothing else is."""

import pytest

from tests.manner.written import function
from warpsmith.manner.identifiers import LONGEST, is_plain, roles, types_named
from warpsmith.manner.kinds import Scope

KERNEL = """
def _Integrate_bodies_2(positions: wp.array[wp.vec3], out: wp.array2d[float], hits: wp.array[int], dt: float, s: State):
    i, j = wp.tid()
    p = positions[i]
    near = p[0] < RADIUS
    speed = compute_speed(p, s.mass)
    half = 0.5 * speed
    for k in range(3):
        wp.atomic_add(hits, 0, k)
    out[i, j] = half
    _ = near
"""


def test_roles_of_a_kernel() -> None:
    node = function(KERNEL)
    found = list(roles(node, Scope.of(node, ("wp",))))
    assert sorted(dict.fromkeys(found)) == [
        ("constant", "RADIUS"),
        ("counter", "k"),
        ("element:vec3", "positions"),
        ("field", "mass"),
        ("function", "compute_speed"),
        ("kernel", "bodies"),
        ("kernel", "integrate"),
        ("output:float", "out"),
        ("output:int", "hits"),
        ("parameter:float", "dt"),
        ("parameter:other", "s"),
        ("thread:2:0", "i"),
        ("thread:2:1", "j"),
        ("variable:binary", "half"),
        ("variable:call", "speed"),
        ("variable:element", "p"),
        ("variable:flag", "near"),
    ]


def test_what_is_written_in_a_loop_or_by_two_names_is_no_thread() -> None:
    node = function("def f(x: wp.array[int]):\n    t.i = wp.tid()\n    a = b = wp.tid()\n")
    assert [role for role, _ in roles(node, Scope.of(node, ("wp",)))] == ["kernel", "element:int"]


def named(text: str, *wanted: str) -> list[tuple[str, str]]:
    """Return what a function names in the wanted roles."""
    node = function(text)
    yielded = dict.fromkeys(roles(node, Scope.of(node, ("wp",))))
    return sorted((role, name) for role, name in yielded if role.partition(":")[0] in wanted)


FIELDS = """
def f(s: State, t: fem.Sample, x: wp.array[wp.vec3], v: wp.vec3, m: mat43, h: wp.HashGrid, a: Any, g):
    s.size = s.mass + t.index
    s.shape = x.shape[0] + x.ndim + v.x + m.rows + h.cells + a.any
    query = wp.mesh_query_point(m, v, 1.0)
    p = x[0]
    q = load(query.face, query.u, p.x, p.xy, p.c, p.weight)
    tile = t
    q.rest = tile.dtype + tile.grad[0] + g.given + g.strides + q.p + q.q
    u: Local = load()
    w: wp.vec3 = load()
    u.depth = w.height
    one, two = load_both()
    one.front = two.back + two.size
    made = Made()
    made.x = made.dtype
    three, four = wp.both()
    three.no = four.no
"""


def test_fields_are_those_of_structs() -> None:
    names = {name for _, name in named(FIELDS, "field")}
    assert names == {
        "size",
        "mass",
        "index",
        "shape",
        "weight",
        "rest",
        "given",
        "depth",
        "front",
        "back",
        "x",
        "dtype",
    }


def test_parameters_and_variables_are_no_constants() -> None:
    text = "def f(N: int):\n    K = 3 + N\n    for I in range(N):\n        a = K + I + OUTSIDE + T(1.0) * _INNER\n"
    assert named(text, "constant") == [("constant", "OUTSIDE"), ("constant", "_INNER")]


TYPES = """
def f(x: wp.array(dtype=float)):
    a = vec6(1.0) + mat43(0.0) + spatial_vec_t() + quatf() + float32(1) + dtype(2) + my_dtype(2) + wptype(3) + T(1)
    b = Geom() + _SecretState() + scalar_type(1)
    c = scale(a) + _helper(b) + mat_mul(a) + vector_of(b) + quat_step(b) + spatial_add(a) + joint_type(a)
"""


def test_types_are_no_functions() -> None:
    names = [name for _, name in named(TYPES, "function")]
    assert names == ["_helper", "joint_type", "mat_mul", "quat_step", "scale", "spatial_add", "vector_of"]


def test_types_by_how_they_are_used() -> None:
    text = """
    def f(a: state, b: wp.array[number], c: wp.array(dtype=six, ndim=N), d: array(seven), e: float) -> Tuple[pair, int]:
        g: local = wp.tile_zeros(shape=M, dtype=kind)
        h = lib.one(value, other=2)
    """
    assert set(types_named(function(text))) == {
        "state", "number", "six", "seven", "float", "pair", "int", "local", "kind",
    }  # fmt: skip


def test_what_is_unused_by_convention_is_left_out() -> None:
    text = """
    def f(_x: wp.array[int], _n: int, y: wp.array[int]):
        i, _j = wp.tid()
        _a = _helper(i) + _CELL
        for _k in range(3):
            y[i] = _a
    """
    wanted = ("element", "output", "parameter", "thread", "variable", "counter", "function", "constant")
    assert named(text, *wanted) == [
        ("constant", "_CELL"),
        ("function", "_helper"),
        ("output:int", "y"),
        ("thread:2:0", "i"),
    ]


@pytest.mark.parametrize("name", ["i", "_local", "worldid", "T0", "a" * LONGEST])
def test_names_that_a_profile_may_hold(name: str) -> None:
    assert is_plain(name)


@pytest.mark.parametrize("name", ["", "_", "__", "wp", "sum", "for", "None", "ValueError", "größe", "a b", "a" * 25])
def test_names_that_it_may_not(name: str) -> None:
    assert not is_plain(name)
