"""Kernels in the manner of a profile: what they promise, what they are made of, and that they run."""

import ast
from collections import Counter
from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.synth.checker import check
from tests.synth.strategies import DrawnChoices
from warpsmith.extract import extract_source
from warpsmith.record import KernelCode, KernelSource
from warpsmith.seeds import stream
from warpsmith.synth import SeededChoices
from warpsmith.synth.complexity import Bounds, complexity, level_of
from warpsmith.synth.families import CATEGORIES
from warpsmith.synth.grammar.draft import write_in_manner
from warpsmith.synth.grammar.kernel import PRODUCTIONS, start
from warpsmith.synth.grammar.manner import Manner
from warpsmith.synth.grammar.suites import STATEMENTS
from warpsmith.synth.profiles import shipped, shipped_manner
from warpsmith.synth.statements import FORMS
from warpsmith.synth.types import FLOAT32, UINT32, ValueType, transform
from warpsmith.synth.writer import KernelWriter, Style
from warpsmith.verify import Limits, try_all

_SAMPLE = 300


def _short() -> Manner:
    """Return the realistic manner with short kernels only, which Hypothesis can draw."""
    return Manner(msgspec.structs.replace(shipped("realistic"), lines={"3": 1.0, "6": 1.0, "9": 1.0}, groups={}))


@cache
def _sample() -> tuple[KernelSource, ...]:
    manner = shipped_manner("realistic")
    return tuple(
        write_in_manner(SeededChoices(stream("grammar", seed)), manner, None, None).source for seed in range(_SAMPLE)
    )


@st.composite
def short_kernels(draw: Any) -> KernelSource:
    return write_in_manner(DrawnChoices(draw), _short(), None, None).source


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(short_kernels())
def test_drawn_kernels_keep_every_promise(source: KernelSource) -> None:
    assert check(source.python_source, source.kernel_name) == [], source.python_source


def test_seeded_kernels_keep_every_promise() -> None:
    for source in _sample():
        assert check(source.python_source, source.kernel_name) == [], source.python_source


def test_warp_takes_seeded_kernels() -> None:
    for source in _sample()[:100]:
        code = extract_source(source)
        assert isinstance(code, KernelCode), (code, source.python_source)


def test_kernels_run_and_depend_on_their_inputs() -> None:
    trials = list(try_all(_sample()[:48], Limits(batch=48)))
    assert all(trial.fate == "launched" for trial in trials)
    assert all(trial.finite for trial in trials)
    assert sum(bool(trial.sensitive) for trial in trials) >= 46


def test_every_statement_and_every_feature_is_drawn() -> None:
    drawn = {feature for kernel in _sample() for feature in kernel.features}
    assert set(STATEMENTS) - drawn == set()
    assert {"in-place", "enumeration", "module-constant", "static", "struct-parameter", "indirect-access"} <= drawn


def test_every_kind_of_expression_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: Counter[str] = Counter()

    def counting(kind: str) -> Any:
        def write(*arguments: Any) -> Any:
            expr = PRODUCTIONS[kind](*arguments)
            counts[kind] += expr is not None
            return expr

        return write

    monkeypatch.setattr("warpsmith.synth.grammar.kernel.PRODUCTIONS", {kind: counting(kind) for kind in PRODUCTIONS})
    manner = shipped_manner("realistic")
    for seed in range(_SAMPLE):
        write_in_manner(SeededChoices(stream("grammar", seed)), manner, None, None)
    # a flag is refused wherever it comes up; a plain condition is the last resort of a function without arguments
    assert set(PRODUCTIONS) - set(counts) <= {"flag", "condition"}


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_the_level_that_is_asked_for(level: int) -> None:
    source = write_in_manner(SeededChoices(stream("level", level)), shipped_manner("realistic"), None, level).source
    assert source.level == level == level_of(complexity(ast.parse(source.python_source)))


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_family_writes_in_the_manner(category: str) -> None:
    for seed in range(3):
        choices = SeededChoices(stream("category", category, seed))
        source = write_in_manner(choices, shipped_manner("realistic"), category, None).source
        assert source.category == category
        assert check(source.python_source, source.kernel_name) == [], source.python_source
        assert isinstance(extract_source(source, ("cpu",)), KernelCode), source.python_source


@pytest.mark.parametrize("kind", [transform(FLOAT32), UINT32])
def test_what_has_no_sign_is_not_negated(kind: ValueType) -> None:
    w = KernelWriter(SeededChoices(stream("negative")), Style((("arith", 1.0),), {}), Bounds(0, 100), FORMS)
    g = start(w, shipped_manner("realistic"))
    for _ in range(20):
        assert g.attempt("negative", kind, 0) is None


def test_an_attempt_that_fails_leaves_no_trace() -> None:
    w = KernelWriter(SeededChoices(stream("trace")), Style((("arith", 1.0),), {}), Bounds(0, 100), FORMS)
    g = start(w, shipped_manner("realistic"))
    before = g.standing()
    for _ in range(50):
        g.expression(FLOAT32, "store")
        g.go_back(before)
        assert g.standing() == before
        assert not w.parameters
        assert not w.functions


def test_the_tree_is_what_the_text_is_parsed_to() -> None:
    for seed in range(60):
        draft = write_in_manner(SeededChoices(stream("tree", seed)), shipped_manner("realistic"), None, None)
        assert ast.dump(ast.parse(draft.source.python_source)) == ast.dump(ast.parse(ast.unparse(draft.tree)))
