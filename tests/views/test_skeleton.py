"""What a description is completed by."""

import ast

import pytest

from tests.views.sets import real_rows
from warpsmith.views.skeleton import skeleton

TEXT = '''import warp as wp

FACTOR = wp.constant(2.0)


@wp.struct
class Body:
    mass: float


def helper(n):
    return n * 2


@wp.func
def twice(x: float):
    """Double it."""
    return x * FACTOR


def factory(op):
    offset = helper(3)

    @wp.kernel(enable_backward=False)
    def apply(x: wp.array[float], body: Body): x[0] = op(x[0]) + "é".count("é"); x[1] = 0.0
    return apply


apply = factory(wp.sin)
'''

CUT = """import warp as wp

FACTOR = wp.constant(2.0)


@wp.struct
class Body:
    mass: float


def helper(n):
    return n * 2


@wp.func
def twice(x: float):
    ...


def factory(op):
    offset = helper(3)

    @wp.kernel(enable_backward=False)
    def apply(x: wp.array[float], body: Body): ...
    return apply


apply = factory(wp.sin)
"""


def test_bodies_go_and_the_rest_stays() -> None:
    assert skeleton(TEXT) == CUT


@pytest.mark.parametrize("text", [row["python_source"] for row in real_rows()])
def test_a_skeleton_is_a_text_of_the_same_definitions(text: str) -> None:
    def names(source: str) -> list[str]:
        return [node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.ClassDef)]

    cut = skeleton(text)
    assert cut is not None
    assert names(cut) == names(text)
    assert "wp.tid()" in text
    assert "wp.tid()" not in cut


@pytest.mark.parametrize("text", ["def (", "\0", "(" * 5000])
def test_what_is_no_python_has_none(text: str) -> None:
    assert skeleton(text) is None
