"""Builtins of quaternions, transformations and spatial algebra are all drawn, and used as they may be."""

import ast
from collections.abc import Iterator

import pytest

from warpsmith.bridge.catalog import signatures
from warpsmith.seeds import stream
from warpsmith.synth import SeededChoices, generate_kernel
from warpsmith.synth.expr import leaf, name
from warpsmith.synth.expressions import ExpressionWriter
from warpsmith.synth.interval import UNIT, Interval
from warpsmith.synth.meanings.rotations import LIBRARY, ROTATIONS
from warpsmith.synth.scope import Block, Value
from warpsmith.synth.types import FLOAT32, ValueType, matrix, quaternion, transform, vector

_FAMILIES = ("quaternions", "transforms", "spatial")
_GROUPS = ("Quaternion Math", "Transformations", "Spatial Math")
_DRAWS = 700


def calls(families: tuple[str, ...], draws: int) -> Iterator[str]:
    """Yield the name of every call that kernels of some families make."""
    for family in families:
        for seed in range(draws):
            for node in ast.walk(ast.parse(generate_kernel(family, seed).python_source)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    yield node.func.attr


def test_every_builtin_of_the_groups_is_drawn() -> None:
    drawn = set(calls(_FAMILIES, _DRAWS))
    # setters that give back a copy are what Warp itself calls where a program sets in place
    builtins = {s.name for s in signatures() if s.group in _GROUPS and not s.name.endswith("_copy")}
    assert len(builtins) > 20
    assert builtins - drawn == set()
    assert (set(ROTATIONS) | {builtin for builtin, *_ in LIBRARY}) - drawn == set()
    assert {"transform_compose", "transform_decompose", "transform_from_matrix", "quat_to_euler"} <= drawn


def grown(value_type: ValueType, interval: Interval, tag: str, seeds: int = 300) -> set[str]:
    """Return what one step of a kind makes of x beside another x and its copies, over many seeds."""
    texts = set()
    for seed in range(seeds):
        writer = ExpressionWriter(SeededChoices(stream("rotation", seed)), ((tag, 1.0),), FLOAT32)  # type: ignore[arg-type]
        block = Block()
        x = block.add(Value(leaf(name("x"), value_type, interval, "x", varying=True)))
        block.add(Value(leaf(name("p"), vector(3, FLOAT32), Interval(-2.0, 2.0), "p", varying=True)))
        block.add(Value(leaf(name("y"), value_type, interval, "y", varying=True, roots=frozenset(("x",)))))
        texts.add(ast.unparse(writer.grow(block, x.expr, 1).node))
    return texts


def test_a_rotation_is_not_multiplied_by_what_is_made_of_it() -> None:
    texts = grown(quaternion(FLOAT32), UNIT, "arith")
    assert not {"x * y", "y * x"} & texts
    assert not any("+" in text or "/" in text for text in texts)


def test_quaternions_that_are_no_rotations_are_normalised_first() -> None:
    texts = grown(quaternion(FLOAT32), Interval(-3.0, 3.0), "quat")
    assert any(text.startswith("wp.quat_rotate(wp.normalize(x), ") for text in texts)
    assert not any(text.startswith("wp.quat_rotate(x, ") for text in texts)


@pytest.mark.parametrize("kind", [transform(FLOAT32), quaternion(FLOAT32)])
def test_rotations_become_numbers_vectors_and_matrices(kind: ValueType) -> None:
    wanted: list[ValueType] = [FLOAT32, *(vector(n, FLOAT32) for n in (3, 6)), *(matrix(n, FLOAT32) for n in (3, 6))]
    for seed, to in enumerate(wanted):
        writer = ExpressionWriter(SeededChoices(stream("turn", seed)), (("arith", 1.0),), FLOAT32)
        block = Block()
        x = block.add(Value(leaf(name("x"), kind, UNIT, "x", varying=True)))
        made = writer.to_type(block, x.expr, to)
        assert made.type is to
        assert "x" in ast.unparse(made.node)


def test_the_length_of_a_direction_is_not_asked_for() -> None:
    for seed in range(200):
        writer = ExpressionWriter(SeededChoices(stream("length", seed)), (("vec", 1.0),), FLOAT32)
        block = Block()
        x = block.add(Value(leaf(name("x"), vector(3, FLOAT32), Interval(-2.0, 2.0), "x", varying=True)))
        text = ast.unparse(writer.to_type(block, writer.grow(block, x.expr, 2), FLOAT32).node)
        assert "length(wp.normalize" not in text
        assert "length_sq(wp.normalize" not in text
