"""Sums that cancel out are seen, within an expression and over statements."""

import ast

from warpsmith.seeds import stream
from warpsmith.synth.affine import added, cancels, multiple
from warpsmith.synth.choices import SeededChoices
from warpsmith.synth.expr import leaf, name
from warpsmith.synth.expressions import ExpressionWriter
from warpsmith.synth.interval import Interval
from warpsmith.synth.scope import Block, Value
from warpsmith.synth.types import FLOAT32


def test_coefficients_add_up() -> None:
    assert added({"x": 1.0, "y": 2.0}, {"y": 1.0}) == {"x": 1.0, "y": 3.0}
    assert added({"x": 1.0}, {"y": 1.0}, -1.0) == {"x": 1.0, "y": -1.0}
    assert multiple({"x": 2.0}, -0.5) == {"x": -1.0}
    assert added({"x": 1.0}, None) is None


def test_an_input_that_drops_out_is_seen() -> None:
    assert cancels(added({"x": 1.0, "y": 1.0}, {"x": 1.0}, -1.0))
    assert not cancels(added({"x": 1.0}, {"x": 1.0}))
    assert not cancels(None)


def sums(coefficient: float) -> set[str]:
    """Return what one step makes of x beside a variable that holds a multiple of x, over many seeds."""
    x = leaf(name("x"), FLOAT32, Interval(-2.0, 2.0), "x", varying=True)
    other = leaf(name("y"), FLOAT32, Interval(-5.0, 5.0), "y", varying=True, roots=frozenset(("x",)))
    texts = set()
    for seed in range(300):
        writer = ExpressionWriter(SeededChoices(stream("sum", seed)), (("arith", 1.0),), FLOAT32)
        block = Block()
        block.add(Value(x))
        block.add(Value(other._replace(affine={"x": coefficient})))
        texts.add(ast.unparse(writer.grow(block, x, 1).node))
    return texts


def test_a_variable_that_cancels_is_not_added() -> None:
    assert {"x + y", "y + x"} & sums(2.0)
    assert not {"x + y", "y + x"} & sums(-1.0)
