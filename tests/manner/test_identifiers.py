"""Single identifiers are taken by their roles, and nothing else is."""

import pytest

from tests.manner.written import function
from warpsmith.manner.identifiers import LONGEST, is_plain, roles
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


@pytest.mark.parametrize("name", ["i", "_local", "worldid", "T0", "a" * LONGEST])
def test_names_that_a_profile_may_hold(name: str) -> None:
    assert is_plain(name)


@pytest.mark.parametrize("name", ["", "_", "__", "wp", "sum", "for", "None", "ValueError", "größe", "a b", "a" * 25])
def test_names_that_it_may_not(name: str) -> None:
    assert not is_plain(name)
