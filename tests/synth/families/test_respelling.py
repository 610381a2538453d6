"""Spellings of a text mean what the text means."""

import ast
import math
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from warpsmith.synth.families.pieces import pieces, typed
from warpsmith.synth.families.respelling import VARIANTS, respelled
from warpsmith.synth.types import FLOAT32, FLOAT64, vector

_TEXT = """
d = wp.sqrt(wp.dot(a, b) + 2.0 * wp.abs(a - b))
total = 0.5
for k in range(3):
    total += d * wp.exp(-d) + float(k)
    if total > d + b:
        total = wp.max(total * a, wp.min(d, wp.clamp(b, -1.0, 1.0)))
steps = 0
while steps < 4:
    total += a * d
    steps += 1
"""
_WP = SimpleNamespace(
    sqrt=lambda x: math.sqrt(abs(x)),
    dot=lambda x, y: x * y,
    abs=abs,
    exp=math.exp,
    max=max,
    min=min,
    clamp=lambda x, low, high: min(max(x, low), high),
)


def result(text: str, a: float, b: float) -> float:
    names: dict[str, Any] = {"wp": _WP, "a": a, "b": b}
    exec(text, names)
    return float(names["total"])


@given(st.floats(-3.0, 3.0), st.floats(-3.0, 3.0), st.integers(0, VARIANTS - 1))
def test_a_spelling_gives_the_same_result(a: float, b: float, variant: int) -> None:
    assert math.isclose(result(respelled(_TEXT, variant), a, b), result(_TEXT, a, b), rel_tol=1e-9, abs_tol=1e-9)


def test_spellings_differ_and_the_first_is_the_text() -> None:
    assert respelled(_TEXT, 0) == _TEXT
    assert len({respelled(_TEXT, variant) for variant in range(VARIANTS)}) > VARIANTS // 2


def test_counters_stay_as_they_are() -> None:
    assert all(respelled(_TEXT, variant).rstrip().endswith("steps += 1") for variant in range(VARIANTS))


def test_a_part_gets_a_name_of_its_own_that_is_free() -> None:
    text = "size = wp.length(a) * wp.length(b)"
    for variant in range(VARIANTS):
        targets = [ast.unparse(node.targets[0]) for node in ast.parse(respelled(text, variant)).body]  # type: ignore[attr-defined]
        assert len(targets) == len(set(targets))
        assert targets[-1] == "size"


def test_types_and_numbers_are_spelled_out() -> None:
    text = "x = V(0.5, T(k), 1.0) * T(2.0)"
    assert typed(text, FLOAT32) == "x = wp.vec3(0.5, float(k), 1.0) * float(2.0)"
    double = "wp.float64"
    assert typed(text, FLOAT64) == f"x = wp.vec3d({double}(0.5), {double}(k), {double}(1.0)) * {double}(2.0)"
    assert typed("y = D()", FLOAT32, FLOAT64) == "y = wp.float64(0.0)"
    assert typed("y = D()", FLOAT32, vector(2, FLOAT32)) == "y = wp.vec2()"


def test_every_spelling_of_a_piece_gives_what_it_promises() -> None:
    for piece in pieces("geometry"):
        for text in piece.texts:
            for variant in range(VARIANTS):
                tree = ast.parse(respelled(text, variant))
                stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
                assert set(piece.gives) <= stored
