"""Kernels are printed as Python 3.11 prints them, and so is whatever Warp's own code is made of."""

import ast
import sys
from pathlib import Path

import pytest
import warp as wp

from warpsmith.seeds import stream
from warpsmith.synth import CATEGORIES, LEVELS, Order, SeededChoices, write_ordered
from warpsmith.synth.printing import text_of
from warpsmith.synth.profiles import BALANCED, PROFILES

ODD = """
x = (-a) ** (-b) ** c
y = not (a or b) and (c or not d) or (a < b) == (c < d)
z = (a if b else c) if (d if e else f) else g
u = -(a + b) * (c - (d - e)) / (f / g) % ((h << 2) + 1 & 3 | 4 ^ 5)
v = a[1:2, ::3, (b, c)][(d,)], (e,), (), [f, *g], "it's", 'say "no"', 1e30, -2.5, True, None
i, j = k = f(*a, b=(1, 2))(c).d[e]
w: wp.vec3 = wp.vec3()
w[0] += (1, 2)[0]
f"{x} and {y!r}"
lambda x: x + 1
"""


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="prints some things in another way")
class TestAsPythonDoes:
    @pytest.mark.parametrize("profile", PROFILES)
    def test_kernels(self, profile: str) -> None:
        for number, category in enumerate(CATEGORIES):
            order = Order(profile, category if profile == BALANCED else None, LEVELS[number % len(LEVELS)], number)
            _, tree = write_ordered(SeededChoices(stream("print", profile, number)), order)
            assert [text_of(node) for node in tree.body] == [ast.unparse(node) for node in tree.body]

    def test_code_of_warp(self) -> None:
        for path in sorted(Path(wp.__file__).parent.glob("examples/*/*.py"))[::8]:
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                assert text_of(node) == ast.unparse(node)

    @pytest.mark.parametrize("statement", ODD.strip().splitlines())
    def test_odd_statements(self, statement: str) -> None:
        node = ast.parse(statement).body[0]
        assert text_of(node) == ast.unparse(node)


def test_text_means_the_same_again() -> None:
    for statement in ODD.strip().splitlines():
        node = ast.parse(statement).body[0]
        assert ast.dump(ast.parse(text_of(node)).body[0]) == ast.dump(node)
