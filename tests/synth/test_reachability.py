"""Every family, form, type and spelling is drawn: nothing in the tables is dead."""

import ast
import json
import re
from functools import cache

from warpsmith.record import KernelSource
from warpsmith.synth import CATEGORIES, generate_kernels
from warpsmith.synth.meanings import MEANINGS
from warpsmith.synth.meanings.operators import OPERATORS
from warpsmith.synth.statements import FORMS
from warpsmith.synth.types import FLOATS, INTEGERS, value_types

_DRAWS = 2400


@cache
def _kernels() -> tuple[KernelSource, ...]:
    return tuple(generate_kernels(_DRAWS, seed=11))


def test_every_family_is_drawn_at_every_level() -> None:
    assert {(k.category, k.level) for k in _kernels()} == {(c, level) for c in CATEGORIES for level in range(1, 6)}


def test_every_statement_form_is_drawn() -> None:
    drawn = {feature for kernel in _kernels() for feature in kernel.features}
    expected = set(FORMS) | {
        "if", "if-else", "if-elif-else", "for-constant", "for-runtime", "while", "break", "continue", "early-return",
        "augmented-assignment", "augmented-store", "conditional-expression", "where", "atomic_add", "atomic_sub",
        "atomic_min", "atomic_max", "bins", "struct", "array-of-structs", "struct-parameter", "neighbour-access",
        "indirect-access", "broadcast", "function-early-return", "parameter",
        *(f"threads-{n}d" for n in (1, 2, 3, 4)), *(f"array-{n}d" for n in (1, 2, 3, 4)),
    }  # fmt: skip
    assert expected - drawn == set()


def test_every_scalar_type_and_vector_and_matrix_size_is_drawn() -> None:
    dtypes = {dtype for kernel in _kernels() for dtype in re.findall(r'"dtype":"(\w+)"', kernel.launch or "")}
    assert {scalar.name for scalar in (*FLOATS, *INTEGERS)} - dtypes == set()
    assert {"vec2f", "vec3f", "vec4f", "mat22f", "mat33f", "mat44f", "bool"} - dtypes == set()
    assert dtypes <= {*value_types(), "index"}  # a volume of indices holds no values


def test_both_array_spellings_are_drawn() -> None:
    texts = [kernel.python_source for kernel in _kernels()]
    assert any("wp.array[float]" in text for text in texts)
    assert any("wp.array(dtype=float)" in text for text in texts)
    assert any("wp.array2d[" in text for text in texts)
    assert any("wp.array2d(dtype=" in text for text in texts)


def test_every_builtin_with_a_meaning_is_drawn() -> None:
    calls = {
        node.func.attr
        for kernel in _kernels()
        for node in ast.walk(ast.parse(kernel.python_source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert set(MEANINGS) - set(OPERATORS) - calls == set()


def test_every_operator_is_drawn() -> None:
    used = {
        type(n.op)
        for k in _kernels()
        for n in ast.walk(ast.parse(k.python_source))
        if isinstance(n, ast.BinOp | ast.UnaryOp)
    }
    assert {type(meaning.operator) for meaning in OPERATORS.values()} - used == set()


def test_the_recipe_names_every_parameter_in_order() -> None:
    for kernel in _kernels()[:200]:
        module = ast.parse(kernel.python_source)
        function = next(n for n in ast.walk(module) if isinstance(n, ast.FunctionDef) and n.name == kernel.kernel_name)
        recipe = json.loads(kernel.launch or "")
        assert [argument["name"] for argument in recipe["arguments"]] == [a.arg for a in function.args.args]
