"""From a text to its answer: kernels, overloads, line maps, and the line of every kind of error."""

import os
from pathlib import Path

import msgspec
import pytest

from tests.explore.texts import GOOD
from warpsmith.explore.answers import Answer, Question
from warpsmith.explore.executing import answer
from warpsmith.extract import extract_source
from warpsmith.record import KernelCode, KernelSource


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer in a folder of its own."""
    monkeypatch.chdir(tmp_path)


def answered(text: str, *, ptx: bool = False, kernel: str | None = None) -> Answer:
    """Answer in a copy of this process, for the kernels of a text stay where it was executed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            with os.fdopen(writing, "wb") as file:
                file.write(msgspec.json.encode(answer(Question(text, ptx=ptx, kernel=kernel))))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        said = file.read()
    os.waitpid(child, 0)
    return msgspec.json.decode(said, type=Answer)


def test_code_is_that_of_the_extractor() -> None:
    (kernel,) = answered(GOOD).kernels
    extracted = extract_source(KernelSource(GOOD, "scale", "", "", 1))
    assert isinstance(extracted, KernelCode)
    assert (kernel.name, kernel.line, kernel.end_line) == ("scale", 4, 7)
    assert kernel.arguments == {"x": "array[float32]", "factor": "float32"}
    assert kernel.builtins == extracted.builtins
    for ours, theirs in ((kernel.cpu, extracted.cpu), (kernel.cuda, extracted.cuda)):
        assert ours is not None
        assert theirs is not None
        assert ours.forward.lines == theirs.forward.lines
        assert ours.backward is not None
        assert theirs.backward is not None
        assert ours.backward.lines == theirs.backward.lines
        assert ours.text.replace("pasted.py", "scale.py") == theirs.text


def test_python_of_a_kernel_is_what_was_pasted() -> None:
    (kernel,) = answered(GOOD).kernels
    lines = GOOD.splitlines()[kernel.line - 1 : kernel.end_line]
    assert kernel.python.splitlines() == lines


def test_import_of_warp_is_implied_and_moves_no_line() -> None:
    text = GOOD.removeprefix("import warp as wp\n\n\n")
    without = answered(text)
    assert without.notes == ("`import warp as wp` is implied",)
    assert answered(GOOD).notes == ()
    (kernel,) = without.kernels
    assert kernel.cpu is not None
    assert (kernel.line, kernel.end_line) == (1, 4)
    assert set(kernel.cpu.forward.lines) == {0, 2, 3, 4}


MANY = """from typing import Any

import warp as wp


@wp.struct
class Body:
    mass: float


@wp.func
def twice(x: Any):
    return x + x


@wp.kernel
def second(x: wp.array[Any]):
    i = wp.tid()
    x[i] = twice(x[i])


@wp.kernel
def alone(x: wp.array[Any]):
    i = wp.tid()
    x[i] = twice(x[i])


@wp.kernel(module="unique")
def third(bodies: wp.array[Body]):
    i = wp.tid()
    bodies[i].mass = wp.static(2.0 * 3.0)


def make(factor: float):
    @wp.kernel
    def made(x: wp.array[float]):
        i = wp.tid()
        x[i] = factor * x[i]

    return made


made = make(3.0)
wp.overload(second, [wp.array[float]])
wp.overload(second, [wp.array[int]])
print("printed")
"""


def test_all_kernels_of_a_text_in_their_order() -> None:
    made = answered(MANY)
    assert made.problem is None
    assert [kernel.name for kernel in made.kernels] == ["second", "second", "alone", "third", "made"]
    assert [kernel.arguments["x"] for kernel in made.kernels[:2]] == ["array[float32]", "array[int32]"]
    assert [kernel.cpu is not None for kernel in made.kernels] == [True, True, False, True, True]
    alone = made.kernels[2].problem
    assert alone is not None
    assert (alone.stage, alone.line) == ("build", 22)
    assert "wp.overload" in alone.reason


def test_one_kernel_can_be_chosen_and_may_be_missing() -> None:
    assert [kernel.name for kernel in answered(MANY, kernel="made").kernels] == ["made"]
    missing = answered(MANY, kernel="nothing").problem
    assert missing is not None
    assert (missing.stage, missing.reason) == ("empty", "the text defines no kernel named 'nothing'")


def test_of_two_kernels_of_one_name_the_last_counts() -> None:
    text = GOOD + GOOD.removeprefix("import warp as wp\n").replace("factor * x[i]", "factor")
    (kernel,) = answered(text).kernels
    assert kernel.line == 10


def test_ptx_where_it_is_asked_for() -> None:
    (kernel,) = answered(GOOD, ptx=True).kernels
    assert kernel.ptx is not None
    assert ".entry scale_cuda_kernel_forward" in kernel.ptx
    assert kernel.problem is None


def test_what_nvrtc_refuses_has_its_code_all_the_same() -> None:
    text = """import warp as wp


@wp.func_native("return nothing_known(x);")
def broken(x: float) -> float: ...


@wp.kernel
def native(x: wp.array[float]):
    i = wp.tid()
    x[i] = broken(x[i])
"""
    (kernel,) = answered(text, ptx=True).kernels
    assert kernel.cuda is not None
    assert kernel.ptx is None
    assert kernel.problem is not None
    assert (kernel.problem.stage, kernel.problem.line) == ("ptx", 8)
    assert "nothing_known" in kernel.problem.reason


NESTED = """import warp as wp


@wp.func
def inner(x: float):
    y = x
    return unknown_thing(y)


@wp.kernel
def outer(x: wp.array[float]):
    i = wp.tid()
    x[i] = inner(x[i])


@wp.kernel
def fine(x: wp.array[float]):
    i = wp.tid()
    x[i] = 1.0
"""


def test_functions_have_their_lines_too() -> None:
    kernel = answered(NESTED.replace("unknown_thing(y)", "y + x")).kernels[0]
    for code in (kernel.cpu, kernel.cuda):
        assert code is not None
        text, lines = code.functions.text.splitlines(), code.functions.lines
        assert len(text) == len(lines)
        assert set(lines) == {0, 5, 6, 7}
        assert {line for line, code_line in zip(lines, text, strict=True) if "wp::copy" in code_line} == {6}
        assert {line for line, code_line in zip(lines, text, strict=True) if "adj_add" in code_line} == {7}


def test_an_error_in_a_function_is_on_its_line_and_the_other_kernels_are_there() -> None:
    outer, fine = answered(NESTED).kernels
    assert outer.problem is not None
    assert (outer.problem.stage, outer.problem.line, outer.problem.trail) == ("build", 7, (13, 7))
    assert outer.problem.reason == "Referencing undefined symbol: unknown_thing"
    assert fine.problem is None
    assert fine.cpu is not None


@pytest.mark.parametrize(
    ("text", "stage", "line", "reason"),
    [
        ("import warp as wp\n\ndef f(:\n    pass\n", "syntax", 3, "SyntaxError"),
        ("x = 1\n  y = 2\n", "syntax", 2, "IndentationError"),
        ("\n\nimport nothing_there\n", "import", 3, "No module named 'nothing_there'"),
        ("def f():\n    return q\n\n\nf()\n", "define", 2, "name 'q' is not defined"),
        ("import warp as wp\n\n@wp.kernel\ndef f(x):\n    pass\n", "define", 3, ""),
        ("raise KeyboardInterrupt\n", "define", 1, "KeyboardInterrupt"),
        ("raise BaseException('a\\nb')\n", "define", 1, "BaseException: a"),
        ("x = 1\n", "empty", None, "no kernel"),
        ("", "empty", None, "no kernel"),
        ("import sys\n\nsys.exit('bye')\n", "exit", 3, "bye"),
        (GOOD + "\n\neval('1 +')\n", "define", 10, "SyntaxError"),
        (GOOD.replace("factor * x[i]", "factor + x"), "build", 7, ""),
        (GOOD.replace("factor * x[i]", "wp.sinn(factor)"), "build", 7, "sinn"),
    ],
)
def test_errors_have_stage_line_and_reason(text: str, stage: str, line: int | None, reason: str) -> None:
    made = answered(text)
    problem = made.problem or made.kernels[0].problem
    assert problem is not None
    assert (problem.stage, problem.line) == (stage, line)
    assert reason in problem.reason
    assert "\n" not in problem.reason


def test_a_traceback_shows_the_text_and_nothing_of_ours() -> None:
    problem = answered("def f():\n    return q\n\n\nf()\n").problem
    assert problem is not None
    assert problem.trail == (5, 2)
    assert problem.message.count('File "pasted.py"') == 2
    assert "warpsmith" not in problem.message


def test_a_text_without_newline_or_with_odd_characters() -> None:
    made = answered(GOOD.rstrip() + "  # </script><b>ü\N{SNOWMAN}")
    assert made.kernels[0].problem is None
    assert made.kernels[0].python.endswith("# </script><b>ü\N{SNOWMAN}")


def test_warnings_of_warp_come_along() -> None:
    made = answered(GOOD + "\n\nimport logging\nlogging.getLogger('warpsmith.warp').warning('beware')\n")
    assert made.warnings == ("beware",)
