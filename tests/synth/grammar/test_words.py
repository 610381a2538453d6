"""Descriptions of kernels in the manner of a profile: they say what the code does, and not at length."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from warpsmith.record import KernelSource
from warpsmith.seeds import stream
from warpsmith.synth import SeededChoices
from warpsmith.synth.expr import literal, made_of, name
from warpsmith.synth.grammar.draft import write_in_manner
from warpsmith.synth.grammar.nouns import noun_of
from warpsmith.synth.interval import UNIT
from warpsmith.synth.printing import text_of
from warpsmith.synth.profiles import shipped_manner
from warpsmith.synth.types import FLOAT32

_SAMPLE = 300
_FREE = frozenset({"loop", "atomic", "multi_conditional", "control_flow", "combined", "multi_statement", "scalar_param",
                   "arithmetic"})  # fmt: skip
_SUMMED = re.compile(r"\b[Tt]hen (name|store|stop|skip|branch|loop|use|make|take)\b")


@cache
def _sample() -> tuple[tuple[KernelSource, ast.Module], ...]:
    manner = shipped_manner("realistic")
    drafts = [write_in_manner(SeededChoices(stream("words", seed)), manner, None, None) for seed in range(_SAMPLE)]
    return tuple((draft.source, draft.tree) for draft in drafts)


def _told() -> Iterator[tuple[str, ast.Module]]:
    """Yield the descriptions that sum nothing up, with the syntax trees."""
    for source, tree in _sample():
        if source.category in _FREE and not _SUMMED.search(source.description):
            yield source.description, tree


def test_descriptions_are_short_and_distinct() -> None:
    said = [source.description for source, _ in _sample()]
    assert len(set(said)) == len(said)
    assert max(map(len, said)) < 1500
    assert sum(len(one) > 1100 for one in said) < 15


def test_no_word_comes_twice_and_no_blank() -> None:
    for source, _ in _sample():
        assert "  " not in source.description
        assert not re.search(r"\b(?!minus|not)([a-z]{3,}) \1\b", source.description), source.description


def test_loops_say_where_they_start() -> None:
    loops = 0
    for source, tree in _sample():
        if source.category not in _FREE:
            continue
        for node in ast.walk(tree):
            match node:
                case ast.For(target=ast.Name(id=counter), iter=ast.Call(args=[ast.Constant(value=1), end])):
                    said = f"for each {noun_of(counter)} "
                    told = source.description.count(said)
                    assert source.description.count(f"{said}from 1 {_last(end)},") == told, source.description
                    loops += told
    assert loops > 5


def _last(end: ast.expr) -> str:
    """Return how the end of a range is told."""
    match end:
        case ast.Constant(value=int(number)):
            return f"to {number - 1}"
    return f"on below the {noun_of(text_of(end))}"


def test_stores_at_a_number_say_where() -> None:
    for said, tree in _told():
        for node in ast.walk(tree):
            match node:
                case ast.Assign(
                    targets=[
                        ast.Subscript(
                            value=ast.Name(id=array), slice=ast.Tuple(elts=[*_, ast.Constant(value=int(place))])
                        )
                    ]
                ):
                    assert re.search(rf" to {array} at [\w ,]*, {place}\b", said), (said, ast.unparse(node))


def test_flags_are_told_as_such() -> None:
    flags = 0
    for source, tree in _sample():
        for node in ast.walk(tree):
            match node:
                case ast.Assign(targets=[ast.Name(id=flag)], value=ast.Compare() | ast.BoolOp()):
                    told = source.description.count(f"et {noun_of(flag)} be ")
                    flags += bool(told)
                    assert source.description.count(f"et {noun_of(flag)} be whether ") == told, source.description
    assert flags > 3


def test_whole_parts_are_told() -> None:
    for said, tree in _told():
        casts = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "int"]
        if "a function of" not in said and any(not isinstance(node.args[0], ast.Constant) for node in casts):
            assert "the whole part of" in said, said


def test_no_underscores_of_indices() -> None:
    for said, _ in _told():
        assert not re.search(r"the \w+_\w+ of \w+", said), said


def test_what_ends_with_a_sum_stands_in_brackets() -> None:
    total = made_of(name("s"), FLOAT32, UNIT, "{0} plus {1}", [literal(1.0, FLOAT32), literal(2.0, FLOAT32)])
    sine = made_of(name("s"), FLOAT32, UNIT, "the sine of {0}", [total])
    assert sine.words == "the sine of 1 plus 2"
    difference = made_of(name("s"), FLOAT32, UNIT, "{0} minus {1}", [sine, literal(3.0, FLOAT32)])
    assert difference.words == "(the sine of 1 plus 2) minus 3"
