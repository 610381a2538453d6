"""Shares and rows of a profile as the generator asks for them, and kernels in manners that lack something."""

import ast
import re

import msgspec
import pytest

from tests.manner.written import sample
from tests.synth.checker import check
from warpsmith.manner.learning import learn
from warpsmith.manner.profile import Profile
from warpsmith.record import KernelSource
from warpsmith.seeds import stream
from warpsmith.synth import SeededChoices
from warpsmith.synth.grammar.draft import write_in_manner
from warpsmith.synth.grammar.manner import Manner
from warpsmith.synth.profiles import shipped

BODY = """
    i = wp.tid()
    a = {0} + 2.0
    if a > 1.0:
        a = wp.sin({0})
    for k in range(3):
        a += {0}
"""
ARRAYS = f"def f(x: wp.array(dtype=float), out: wp.array(dtype=float)):{BODY.format('x[i]')}    out[i] = a * 0.5\n"
VALUES = f"def f(x: float, n: int):{BODY.format('x')}    wp.printf('%f', a)\n"
NOTHING = f"def f():{BODY.format('1.0')}    wp.printf('%f', a)\n"


def learned(text: str) -> Profile:
    return learn("some", (), [sample(text)])


def written(profile: Profile, count: int = 60) -> list[KernelSource]:
    manner = Manner(profile)
    return [write_in_manner(SeededChoices(stream("lack", seed)), manner, None, None).source for seed in range(count)]


def parameters(source: KernelSource) -> list[str]:
    """Return the annotations of a kernel's parameters."""
    nodes = (node for node in ast.walk(ast.parse(source.python_source)) if isinstance(node, ast.FunctionDef))
    kernel = next(node for node in nodes if node.name == source.kernel_name)
    return [ast.unparse(argument.annotation) for argument in kernel.args.args if argument.annotation is not None]


def test_what_a_row_does_not_have_has_no_share() -> None:
    manner = Manner(learned(ARRAYS))
    assert manner.share("spellings", "element", "call") == 1.0
    assert manner.share("spellings", "element", "subscript", 0.5) == 0.0
    assert manner.share("types", "", "parameter", 0.2) == 0.0
    assert manner.share("groups", "", "tiles", 0.5) == 0.5


def test_of_a_row_that_is_not_there_the_default_is_taken() -> None:
    manner = Manner(learned(NOTHING))
    assert manner.share("spellings", "element", "subscript", 0.5) == 0.5
    assert manner.share("types", "", "parameter", 0.2) == 0.2
    alone = msgspec.structs.replace(learned(VALUES), types={"parameter": {"float": 1.0}})
    assert Manner(alone).share("types", "", "parameter", 0.2) == 0.2


def test_a_table_without_rows_is_a_row() -> None:
    manner = Manner(msgspec.structs.replace(shipped("realistic"), groups={"tiles": 0.25}))
    assert manner.share("groups", "", "tiles", 0.5) == 0.25
    assert manner.share("groups", "", "volumes", 0.5) == 0.0
    assert manner.row("lines")
    assert not manner.row("names", "no such role")


def test_of_arrays_as_calls_alone_no_other_parameters_are_written() -> None:
    annotations = [annotation for source in written(learned(ARRAYS)) for annotation in parameters(source)]
    assert annotations
    assert [one for one in annotations if not re.match(r"wp\.array([1-4]d)?\(dtype=", one)] == []


@pytest.mark.parametrize("text", [ARRAYS, VALUES, NOTHING], ids=["arrays", "values", "nothing"])
def test_kernels_are_written_whatever_a_profile_lacks(text: str) -> None:
    for source in written(learned(text), 30):
        assert check(source.python_source, source.kernel_name) == [], source.python_source
