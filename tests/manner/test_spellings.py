"""Annotations are read in all their spellings; comments are counted, not read."""

import ast

import pytest

from tests.manner.written import kernel, scope
from warpsmith.manner.comments import comments_of
from warpsmith.manner.kinds import Scope
from warpsmith.manner.spellings import annotation_of, groups_of

ANNOTATIONS = {
    "float": ("parameter", "float", 0, "plain"),
    "wp.float32": ("parameter", "float", 0, "exact"),
    "wp.int32": ("parameter", "int", 0, "exact"),
    "wp.float64": ("parameter", "float64", 0, "plain"),
    "wp.vec3": ("parameter", "vec3", 0, "plain"),
    "wp.secret_type": ("parameter", "other", 0, "plain"),
    "State": ("parameter", "other", 0, "plain"),
    "'text'": ("parameter", "other", 0, "plain"),
    "Any": ("parameter", "other", 0, "plain"),
    "wp.array[float]": ("element", "float", 1, "subscript"),
    "wp.array2d[wp.vec3]": ("element", "vec3", 2, "subscript"),
    "wp.array4d[State]": ("element", "other", 4, "subscript"),
    "wp.array(dtype=wp.float32)": ("element", "float", 1, "call"),
    "wp.array3d(dtype=wp.mat33)": ("element", "mat33", 3, "call"),
    "wp.array(dtype=wp.quat, ndim=2)": ("element", "quat", 2, "call-ndim"),
    "wp.array(dtype=int, ndim=N)": ("element", "int", 1, "call-ndim"),
    "wp.array(float)": ("element", "float", 1, "call"),
    "wp.array()": ("element", "float", 1, "call"),
    "wp.indexedarray2d(dtype=int)": ("element", "int", 2, "call"),
}


@pytest.mark.parametrize("text", ANNOTATIONS)
def test_annotations(text: str) -> None:
    assert annotation_of(ast.parse(text, mode="eval").body, scope()) == ANNOTATIONS[text]


def test_groups_are_told_by_what_is_called() -> None:
    function = kernel("t = wp.tile_load(x, 4)\nq = wp.quat_identity()\ns = np.mesh_query(t)\nr = tile_sum(t)")
    assert groups_of(function, Scope.of(function, ("wp",))) == ["tiles", "quaternions"]


def test_comments_are_counted_by_where_they_stand() -> None:
    text = "# first\ndef f():  # behind\n    x = '# none'  # another\n    # last\n"
    assert comments_of(text) == (2, 2)
    assert comments_of("x = 1\n") == (0, 0)
    assert comments_of("x = (  # never closed\n") == (0, 0)
