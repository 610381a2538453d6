"""A shape survives new names, numbers, comments and layout, and nothing else."""

import ast
import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warpsmith.dataset.fingerprint import fingerprint

KERNEL = '''import warp as wp

@wp.struct
class Body:
    position: wp.vec3
    mass: float

@wp.func
def fall(height: float, factor: float) -> float:
    """Say how far."""
    return height * factor - 9.81

@wp.kernel
def step(bodies: wp.array(dtype=Body), heights: wp.array[float], count: int):
    """Let everything fall."""
    i = wp.tid()
    total = float(0.5)
    for j in range(count):
        total += fall(heights[j], 2.0)
        if total > 1.5:
            break
    bodies[i].mass = wp.sin(total) + bodies[i].position[0]
'''
NAMES = (
    "bodies",
    "heights",
    "count",
    "i",
    "total",
    "j",
    "fall",
    "height",
    "factor",
    "step",
    "Body",
    "position",
    "mass",
)
identifiers = st.from_regex(r"[a-z_][a-z0-9_]{0,12}", fullmatch=True).filter(
    lambda name: not keyword.iskeyword(name) and name not in ("wp", "warp")
)


class Renamed(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for field in ("id", "arg", "name", "attr"):
            if hasattr(node, field):
                setattr(node, field, self.names.get(getattr(node, field), getattr(node, field)))
        return super().generic_visit(node)


def test_is_32_hex_digits() -> None:
    assert len(bytes.fromhex(fingerprint(KERNEL))) == 16


@given(st.lists(identifiers, min_size=len(NAMES), max_size=len(NAMES), unique=True))
def test_names_do_not_count(names: list[str]) -> None:
    renamed = Renamed(dict(zip(NAMES, names, strict=True))).visit(ast.parse(KERNEL))
    assert fingerprint(ast.unparse(renamed)) == fingerprint(KERNEL)


@given(st.floats(0, 1e30), st.floats(0, 1e30))
def test_numbers_do_not_count(first: float, second: float) -> None:
    changed = KERNEL.replace("9.81", "FIRST").replace("1.5", repr(second)).replace("FIRST", repr(first))
    assert fingerprint(changed) == fingerprint(KERNEL)


@given(st.text(st.characters(codec="utf-8", exclude_characters='"\\\r\n\x00', exclude_categories=["Cc"])))
def test_words_do_not_count(words: str) -> None:
    changed = KERNEL.replace("Say how far.", words + " ").replace(
        "    i = wp.tid()", f"    # {words}\n    i = wp.tid()"
    )
    assert fingerprint(changed) == fingerprint(KERNEL)


def test_layout_and_a_missing_docstring_do_not_count() -> None:
    bare = KERNEL.replace('    """Let everything fall."""\n', "").replace(
        "    return height", "\n\n    return   height"
    )
    assert fingerprint(bare) == fingerprint(ast.unparse(ast.parse(KERNEL))) == fingerprint(ast.parse(KERNEL))


def test_the_name_that_warp_is_imported_by_does_not_count() -> None:
    assert fingerprint(KERNEL.replace("as wp", "as w").replace("wp.", "w.")) == fingerprint(KERNEL)


def test_a_field_may_share_its_name_with_a_variable() -> None:
    assert fingerprint(KERNEL.replace("total", "mass")) == fingerprint(KERNEL)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("wp.sin", "wp.cos"),
        ("0.5", "1"),
        ("total += fall", "total -= fall"),
        ("heights[j]", "heights[i]"),
        ("break", "continue"),
        ("total > 1.5", "total >= 1.5"),
        ("wp.array[float]", "wp.array2d[float]"),
        (".position[0]", ".position.x"),
        ("    mass: float\n", "    mass: float\n    charge: float\n"),
        ("bodies[i].mass =", "bodies[i].position ="),
        ("height * factor", "factor * height"),
        ("        if total > 1.5:\n            break\n", ""),
    ],
)
def test_everything_else_counts(old: str, new: str) -> None:
    assert old in KERNEL
    assert fingerprint(KERNEL.replace(old, new)) != fingerprint(KERNEL)


def test_a_statement_that_moves_out_of_a_block_counts() -> None:
    inside = "def f(n):\n    for i in n:\n        a = 1\n        b = 2\n"
    outside = "def f(n):\n    for i in n:\n        a = 1\n    b = 2\n"
    assert fingerprint(inside) != fingerprint(outside)
