"""Kernels for coverage: they keep the promises of all kernels, and Warp resolves what they call to what was dealt."""

import ast
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.synth.checker import check
from tests.synth.strategies import DrawnChoices
from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.extract import extract_source
from warpsmith.record import KernelCode
from warpsmith.seeds import stream
from warpsmith.synth import LEVELS, Draft, Order, SeededChoices, write_ordered
from warpsmith.synth.complexity import complexity, level_of
from warpsmith.synth.coverage.targets import deal
from warpsmith.verify import Limits, try_all

_ORDERS = 600


def _written(number: int, attempt: int = 0, category: str | None = None, level: int | None = None) -> Draft:
    choices = SeededChoices(stream("coverage test", number, attempt))
    return write_ordered(choices, Order("coverage", category, level, number))


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    return [_written(number) for number in range(_ORDERS)]


def test_kernels_call_what_they_were_dealt(drafts: list[Draft]) -> None:
    missed = []
    for number, draft in enumerate(drafts):
        code = extract_source(draft.source, ("cpu",))
        if not isinstance(code, KernelCode):
            missed.append(f"{number}: {code.reason}")
            continue
        wanted = {s.key for s in deal(number).signatures if s.origin == "concrete"}
        missed += [f"{number}: {key}" for key in sorted(wanted - set(code.overloads))]
    assert missed == []


def test_another_attempt_calls_the_same(drafts: list[Draft]) -> None:
    for number in range(40):
        again = _written(number, attempt=1)
        code = extract_source(again.source, ("cpu",))
        assert isinstance(code, KernelCode), code
        assert {s.key for s in deal(number).signatures if s.origin == "concrete"} <= set(code.overloads)
        assert again.source.python_source != drafts[number].source.python_source


@settings(max_examples=50)
@given(st.data(), st.integers(0, 5000))
def test_drawn_kernels_keep_every_promise(data: st.DataObject, number: int) -> None:
    source, tree = write_ordered(DrawnChoices(data.draw), Order("coverage", number=number))
    assert check(source.python_source, source.kernel_name) == []
    assert ast.dump(tree) == ast.dump(ast.parse(source.python_source))


def test_seeded_kernels_keep_every_promise(drafts: list[Draft]) -> None:
    for draft in drafts:
        assert check(draft.source.python_source, draft.source.kernel_name) == [], draft.source.python_source
        assert level_of(complexity(draft.tree)) == draft.source.level


def test_no_two_have_one_shape(drafts: list[Draft]) -> None:
    shapes = {fingerprint(draft.tree) for draft in drafts}
    assert len(shapes) >= 0.995 * len(drafts)


def test_recipes_name_every_parameter_in_order(drafts: list[Draft]) -> None:
    for source, tree in drafts:
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        kernel = next(node for node in functions if node.name == source.kernel_name)
        recipe = json.loads(source.launch or "")
        assert [argument["name"] for argument in recipe["arguments"]] == [a.arg for a in kernel.args.args]


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_can_be_asked_for(level: int) -> None:
    for number in range(30):
        source, tree = _written(number, level=level)
        assert source.level == level == level_of(complexity(tree))


@pytest.mark.parametrize("category", ["quaternions", "mesh_query", "tile_reduction", "math", "loop"])
def test_a_category_can_be_asked_for(category: str) -> None:
    assert {_written(number, category=category).source.category for number in range(12)} == {category}


def test_kernels_launch_and_are_finite() -> None:
    kernels = [_written(number).source for number in range(0, 480, 10)]
    trials = list(try_all(kernels, Limits(debug=True)))
    faults = [
        (kernel.python_source, trial)
        for kernel, trial in zip(kernels, trials, strict=True)
        if trial.fate != "launched" or not trial.finite
    ]
    assert faults == []
    assert sum(trial.sensitive for trial in trials) >= 0.95 * len(trials)
