"""Expressions and statements are told apart by what they are and of what."""

import ast

import pytest

from tests.manner.written import kernel, scope
from warpsmith.manner.kinds import is_constructor, is_scalar, kind_of, statement_kind

EXPRESSIONS = {
    "v": "local",
    "n": "parameter",
    "RADIUS": "global",
    "1": "number",
    "-1.5": "number",
    "True": "flag",
    "'s'": "text",
    "None": "text",
    "-v": "negative",
    "not v": "not",
    "~v": "invert",
    "+v": "other",
    "v * 2": "binary",
    "v < 2": "compare",
    "v and n": "logic",
    "v if n else 2": "choice",
    "(v, n)": "tuple",
    "wp.pi": "constant",
    "State.OPEN": "member",
    "v.x": "axis",
    "p.mass": "field",
    "p.mass.x": "axis",
    "x[0]": "element",
    "v[0]": "component",
    "p.shape[0]": "shape",
    "p.masses[0]": "field-element",
    "y[0, 1][2]": "element-component",
    "f()[0]": "other",
    "[v]": "other",
    "wp.sin(v)": "builtin",
    "wp.atomic_add(x, 0, v)": "builtin",
    "wp.vec3(v)": "constructor",
    "wp.mat33d(v)": "constructor",
    "wp.quat_rotate(v, n)": "builtin",
    "wp.transform_point(v, n)": "builtin",
    "wp.float64(v)": "cast",
    "float(v)": "cast",
    "helper(v)": "function",
    "np.sin(v)": "function",
    "wp.static(n)": "static",
    "wp.tile_load(x, 4)": "tile",
}

STATEMENTS = {
    "i = wp.tid()": "threads",
    "i, j = wp.tid()": "threads",
    "a = 1": "assign",
    "a: int = 1": "assign",
    "seen = 1": "reassign",
    "a, b = f()": "unpack",
    "a = b = 1": "other",
    "x[0] = 1.0": "store",
    "y[0][1] = 1.0": "store",
    "v[0] = 1.0": "component-store",
    "v.x = 1.0": "field-store",
    "seen += 1": "augment",
    "x[0] += 1.0": "augment-store",
    "v[0] += 1.0": "augment-store",
    "wp.atomic_add(x, 0, 1.0)": "atomic",
    "wp.printf('hello')": "print",
    "wp.tile_store(x, v)": "call-tile",
    "helper(v)": "call-function",
    "wp.expect_eq(v, n)": "call-builtin",
    "'words'": "text",
    "if v:\n    return": "guard-return",
    "if v:\n    continue": "guard-continue",
    "if v:\n    break": "guard-break",
    "if v:\n    a = 1": "if",
    "if v:\n    return\nelse:\n    a = 1": "if-else",
    "if v:\n    return\nelif n:\n    a = 1": "if-elif",
    "for k in range(n):\n    a = 1": "for",
    "for k in wp.query(n):\n    a = 1": "for-each",
    "while v:\n    a = 1": "while",
    "return": "return",
    "pass": "pass",
    "with v:\n    a = 1": "other",
}


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_kinds_of_expressions(text: str) -> None:
    assert kind_of(ast.parse(text, mode="eval").body, scope("v")) == EXPRESSIONS[text]


@pytest.mark.parametrize("text", STATEMENTS)
def test_kinds_of_statements(text: str) -> None:
    assert statement_kind(ast.parse(text).body[0], scope("v", "a", "seen"), {"seen"}) == STATEMENTS[text]


def test_a_scope_knows_what_names_are() -> None:
    found = type(scope()).of(kernel("i = wp.tid()\nfor k in range(n):\n    v = x[i]"), ("wp",))
    assert (found.parameters, found.arrays) == (frozenset("xyn"), frozenset("xy"))
    assert found.variables == frozenset("ikv")
    assert [found.local(name) for name in ("k", "n", "g")] == [True, True, False]


CONSTRUCTORS = """
vec2 vec3f vec4ub vector mat22 mat44d matrix quat quatf quaternion transform transformd spatial_vector spatial_matrixh
"""


@pytest.mark.parametrize("name", CONSTRUCTORS.split())
def test_constructors(name: str) -> None:
    assert is_constructor(name)


@pytest.mark.parametrize("name", ["vec_min", "quat_inverse", "transform_point", "transpose", "matmul", "float32"])
def test_what_is_no_constructor(name: str) -> None:
    assert not is_constructor(name)


def test_scalars_are_types_of_numbers() -> None:
    assert all(map(is_scalar, ("float32", "bool", "uint8", "bfloat16")))
    assert not any(map(is_scalar, ("float8", "float", "int", "vec3", "sin")))
