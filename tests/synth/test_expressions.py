"""Expressions that Warp would trip over are not written."""

import ast

from warpsmith.seeds import stream
from warpsmith.synth.choices import SeededChoices
from warpsmith.synth.expr import Expr, cast, name
from warpsmith.synth.expressions import ExpressionWriter
from warpsmith.synth.interval import Interval
from warpsmith.synth.scope import Block, Value
from warpsmith.synth.types import FLOAT32, FLOAT64, INT32, INT64


def counter(*, unrolled: bool) -> Expr:
    return Expr(name("k"), INT32, Interval(0.0, 7.0), "k", ("k",), leaf=True, unrolled=unrolled)


def test_an_unrolled_counter_becomes_a_64_bit_number_by_way_of_float32() -> None:
    for scalar in (FLOAT64, INT64):
        assert "float(k)" in ast.unparse(cast(counter(unrolled=True), scalar).node)
        assert ast.unparse(cast(counter(unrolled=False), scalar).node) == f"wp.{scalar.name}(k)"
    assert ast.unparse(cast(counter(unrolled=True), FLOAT32).node) == "float(k)"


def grown(unrolled: bool) -> set[str]:
    """Return what one step makes of a counter, over many seeds."""
    texts = set()
    for seed in range(400):
        writer = ExpressionWriter(SeededChoices(stream("grow", seed)), (("arith", 1.0),), FLOAT64)
        block = Block()
        value = block.add(Value(counter(unrolled=unrolled)))
        texts.add(ast.unparse(writer.grow(block, value.expr, 1).node))
    return texts


def test_an_unrolled_counter_is_not_negated() -> None:
    # Warp takes -k for a constant like k itself, and makes that constant a 64-bit number when it is converted to one
    assert "-k" in grown(unrolled=False)
    assert "-k" not in grown(unrolled=True)
