"""Kernels from text leave no files and nothing else behind, and what is wrong with them is said."""

import gc
import linecache
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from warpsmith import bridge
from warpsmith.bridge.inside import codegen, context
from warpsmith.errors import ExtractionError

SAXPY = """import warp as wp

{extra}
@wp.kernel
def saxpy(x: wp.array[float], y: wp.array[float], a: float):
    i = wp.tid()
    y[i] = a * x[i] + y[i]
"""

RICH = """import warp as wp


@wp.struct
class Ball:
    position: wp.vec3
    weight_{n}: float


@wp.func
def weigh_{n}(ball: Ball, scale: float):
    return ball.weight_{n} * scale * wp.static(2.0 + {n}.0)


@wp.kernel(module="unique")
def roll_{n}(balls: wp.array[Ball], totals: wp.array[float]):
    i = wp.tid()
    totals[i] = weigh_{n}(balls[i], 0.5)
"""


def test_kernel_from_text() -> None:
    definition = bridge.define(SAXPY.format(extra=""), "saxpy")
    assert definition.kernel.key == "saxpy"
    assert definition.filename == "saxpy.py"
    bridge.release(definition)


def test_no_file_and_no_module_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    modules, python_modules = dict(context.user_modules), set(sys.modules)
    definition = bridge.define(SAXPY.format(extra=""), "saxpy")
    assert dict(context.user_modules) == modules
    assert set(sys.modules) == python_modules
    assert not list(tmp_path.iterdir())
    bridge.release(definition)


def test_two_definitions_of_one_name_live_side_by_side() -> None:
    first = bridge.define(SAXPY.format(extra=""), "saxpy")
    second = bridge.define(SAXPY.format(extra="").replace("a * x[i]", "a - x[i]"), "saxpy")
    for definition, operator in ((first, "wp::mul"), (second, "wp::sub")):
        with bridge.build(definition.kernel) as built:
            assert operator in built.generate("cpu").forward
        bridge.release(definition)


def test_warp_knows_nothing_of_a_released_kernel() -> None:
    def known() -> tuple[int, ...]:
        tables = (context.user_modules, context.function_key_counts, codegen._shared_function_sources, linecache.cache)
        return tuple(len(table) for table in tables)

    extract_rich(0)
    gc.collect()
    before = known()
    for number in range(20):
        extract_rich(number)
    gc.collect()
    assert known() == before


def test_memory_stays_flat() -> None:
    for number in range(30):
        extract_rich(number)
    gc.collect()
    before = len(gc.get_objects())
    for number in range(30, 330):
        extract_rich(number)
    gc.collect()
    assert len(gc.get_objects()) < before + 300, "less than one object a kernel"


def extract_rich(number: int) -> None:
    definition = bridge.define(RICH.replace("{n}", str(number)), f"roll_{number}")
    with bridge.build(definition.kernel) as built:
        built.generate("cpu")
        built.generate("cuda")
    bridge.release(definition)


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("def f(:", SyntaxError, "f.py"),
        ("import no_such_module", ModuleNotFoundError, "no_such_module"),
        ("f = 3", ExtractionError, "no kernel named 'f'"),
        ("import warp as wp\n@wp.kernel\ndef f(x):\n    pass\n", codegen.WarpCodegenError, "Incomplete argument"),
        (
            "import warp as wp\nfrom typing import Any\n@wp.kernel\ndef f(x: wp.array[Any]):\n    pass\n",
            ExtractionError,
            "has 0 overloads",
        ),
    ],
)
def test_text_that_defines_no_kernel(text: str, error: type[Exception], says: str) -> None:
    before = len(context.user_modules), len(linecache.cache)
    with pytest.raises(error, match=says):
        bridge.define(text, "f")
    assert (len(context.user_modules), len(linecache.cache)) == before


def test_overload_of_a_generic_kernel() -> None:
    text = SAXPY.replace("wp.array[float]", "wp.array[Any]").replace("a: float", "a: Any") + "\n{overloads}\n"
    text = "from typing import Any\n" + text.replace("{extra}", "")
    floats = "halves = wp.overload(saxpy, [wp.array[wp.float16], wp.array[wp.float16], wp.float16])"
    both = floats + "\nwp.overload(saxpy, [wp.array[float], wp.array[float], float])"
    for overloads, name in ((floats, "saxpy"), (floats, "halves"), (both, "halves")):
        definition = bridge.define(text.replace("{overloads}", overloads), name)
        with bridge.build(definition.kernel) as built:
            assert "wp::float16 var_a" in built.generate("cpu").forward
        bridge.release(definition)
    with pytest.raises(ExtractionError, match="2 overloads"):
        bridge.define(text.replace("{overloads}", both), "saxpy")


def test_control_characters_that_marks_are_made_of_are_refused() -> None:
    refuse: Callable[[str], object] = lambda text: bridge.define(text, "saxpy")  # noqa: E731
    definition = refuse(SAXPY.format(extra="").replace("    y[i]", "    # \x1d\n    y[i]"))
    assert isinstance(definition, bridge.Definition)
    with pytest.raises(ExtractionError, match="control characters"), bridge.build(definition.kernel):
        pass
    bridge.release(definition)
