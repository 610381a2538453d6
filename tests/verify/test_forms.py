"""Forms that Warp gets wrong: their examples have them, and are a mismatch."""

import ast

import pytest

from tests.verify.judged import as_row, judged
from tests.verify.kernels import OUT, X, row
from tests.verify.upstream import N
from warpsmith.synth.adjoints import FORMS, Form, Text

SIGNATURE = "x: wp.array[float], n: int, mesh: wp.uint64, out: wp.array[float]"
MESH = {"name": "mesh", "kind": "mesh", "shape": "sphere", "resolution": 2, "extent": 1.0, "noise": 0.0}
ROWS = {form.name: row(form.example, X, N, MESH, OUT, signature=SIGNATURE, before=form.before) for form in FORMS}


@pytest.fixture(scope="module")
def verdicts() -> dict[str, str | None]:
    return dict(zip(ROWS, (judgement.verdict.gradient for judgement in judged(list(ROWS.values()))), strict=True))


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_the_example_has_the_form_and_is_wrong(form: Form, verdicts: dict[str, str | None]) -> None:
    made, _ = as_row(ROWS[form.name])
    assert form.found(Text(ast.parse(made["python_source"]), made["overloads"]))
    assert verdicts[form.name] == "mismatch"


@pytest.mark.parametrize(
    "body",
    [
        "s = float(1.0)\nfor j in range(4):\n    s = s * x[i]\nout[i] = s",
        "v = wp.vec2(x[i], 1.0)\nv[0] += x[i]\nout[i] = v[0]",
        "out[i] += x[i]",
        "v = wp.vec2(x[i], 1.0)\nout[i] = v[0]",
        "hit = wp.mesh_query_ray(mesh, wp.vec3(x[i], 0.0, 0.0), wp.vec3(0.0, 0.0, 1.0), 9.0)\nout[i] = wp.sign(hit.t)",
    ],
)
def test_what_is_right_has_none_of_them(body: str) -> None:
    text = Text(ast.parse(row(body, X, N, OUT, signature=SIGNATURE)["python_source"]))
    assert [form.name for form in FORMS if form.found(text)] == []


def test_an_array_that_a_called_function_stores_to_is_stored_to() -> None:
    put = "@wp.func\ndef put(a: wp.array[float], i: int, v: float):\n    a[i] = v\n"
    over = row("y = x[i]\nput(x, i, y * y)\nout[i] = y", before=put)["python_source"]
    beside = row("y = x[i]\nput(out, i, y * y)", before=put)["python_source"]
    assert [form.name for form in FORMS if form.found(Text(ast.parse(over)))] == ["overwritten array"]
    assert [form.name for form in FORMS if form.found(Text(ast.parse(beside)))] == []
