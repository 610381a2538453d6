"""Structs with everything in them, values, and launches of kernels that take them."""

import json
from typing import Any

import numpy as np
import pytest

import warpsmith
from tests.verify.kernels import DOUBLED, OUT, X, row
from warpsmith.errors import ExtractionError, UsageError
from warpsmith.record import KernelSource
from warpsmith.synth.launch import ArrayArgument, Filling, MeshArgument, ScalarArgument, StructArgument, recipe
from warpsmith.verify import launch, outputs, perturb

STRUCTS = """@wp.struct
class Material:
    density: float
    colour: wp.vec3


@wp.struct
class State:
    positions: wp.array[wp.vec3]
    total: wp.array[float]
    material: Material
    turn: wp.quat
    count: int
    mesh: wp.uint64
"""
MATERIAL = (("density", Filling("float32", 1.0, 2.0)), ("colour", Filling("vec3f", 0.0, 1.0)))
STATE = StructArgument(
    "state",
    "State",
    (),
    (
        ("positions", ArrayArgument("positions", (8,), Filling("vec3f", -1.0, 1.0))),
        ("total", ArrayArgument("total", (8,), Filling("float32", 0.0, 0.0))),
        ("material", StructArgument("material", "Material", (), MATERIAL)),
        ("turn", Filling("quatf", -1.0, 1.0, "unit")),
        ("count", ScalarArgument("count", "int32", 8)),
        ("mesh", MeshArgument("mesh", "box", resolution=2)),
    ),
)


def test_a_struct_with_arrays_structs_values_and_a_mesh() -> None:
    body = """turned = wp.quat_rotate(state.turn, state.positions[i])
faces = wp.mesh_get(state.mesh).indices.shape[0] // 3
state.total[i] = state.material.density * wp.length(turned) + float(state.count + faces)"""
    kernel = row(body, STATE.recipe(), before=STRUCTS, signature="state: State")
    result = launch(kernel)
    lengths = np.linalg.norm(result["state.positions"], axis=1)
    density = (result["state.total"] - 56.0) / lengths
    assert np.allclose(density, density[0], rtol=1e-4)
    assert 1.0 <= density[0] <= 2.0
    assert outputs(json.loads(kernel["launch"])) == ["state.total"]
    other = launch(kernel | {"launch": json.dumps(perturb(json.loads(kernel["launch"]), "state"))})
    assert not np.array_equal(result["state.positions"], other["state.positions"])


def test_an_array_of_structs_with_structs_in_them() -> None:
    body = "out[i] = parts[i].weight * parts[i].material.density"
    structs = f"{STRUCTS}\n\n@wp.struct\nclass Part:\n    weight: float\n    material: Material\n"
    fields = (
        ("weight", Filling("float32", 3.0, 4.0)),
        ("material", StructArgument("material", "Material", (), MATERIAL)),
    )
    parts = StructArgument("parts", "Part", (8,), fields)
    result = launch(
        row(body, parts.recipe(), OUT, before=structs, signature="parts: wp.array[Part], out: wp.array[float]")
    )
    expected = result["parts"]["weight"] * result["parts"]["material"]["density"]
    assert np.allclose(result["out"], expected)
    assert len(set(result["out"])) == 8
    broken = StructArgument("parts", "Part", (8,), (("weight", MeshArgument("mesh", "box")),))
    with pytest.raises(UsageError, match=r"field 'parts.weight' is of kind 'mesh'"):
        launch(row(body, broken.recipe(), OUT, before=structs, signature="parts: wp.array[Part], out: wp.array[float]"))


@pytest.mark.parametrize(
    ("dtype", "annotation", "value"),
    [
        ("float32", "float", 2.5),
        ("bool", "bool", True),
        ("uint8", "wp.uint8", 200),
        ("float16", "wp.float16", 0.5),
        ("bfloat16", "wp.bfloat16", 0.5),
        ("float64", "wp.float64", 0.1),
    ],
)
def test_values_have_their_exact_type(dtype: str, annotation: str, value: Any) -> None:
    scalar = ScalarArgument("s", dtype, value)
    result = launch(row("out[i] = float(s)", scalar.recipe(), OUT, signature=f"s: {annotation}, out: wp.array[float]"))
    assert result["out"][0] == np.float32(value)


@pytest.mark.parametrize(
    ("dtype", "annotation", "value", "element"),
    [
        ("vec5f", "wp.types.vector(5, float)", (1.0, 2.0, 3.0, 4.0, 5.0), "s[4]"),
        ("mat23f", "wp.types.matrix((2, 3), float)", (0.0, 1.0, 2.0, 3.0, 4.0, 5.0), "s[1, 2]"),
        ("quatf", "wp.quat", (0.0, 0.0, 0.0, 5.0), "s[3]"),
        ("transformf", "wp.transform", (0.0, 5.0, 0.0, 0.0, 0.0, 0.0, 1.0), "wp.transform_get_translation(s)[1]"),
        ("spatial_vectorf", "wp.spatial_vector", (0.0, 1.0, 2.0, 3.0, 4.0, 5.0), "s[5]"),
    ],
)
def test_vectors_and_matrices_are_given_by_components(
    dtype: str, annotation: str, value: tuple[float, ...], element: str
) -> None:
    scalar = ScalarArgument("s", dtype, value)
    signature = f"s: {annotation}, out: wp.array[float]"
    assert launch(row(f"out[i] = {element}", scalar.recipe(), OUT, signature=signature))["out"][0] == 5.0


def test_a_scalar_with_a_range_varies_when_it_is_asked_to() -> None:
    arguments = (ScalarArgument("n", "int32", 5, varied=(1, 4)), ScalarArgument("m", "int32", 7))
    kernel = row(
        "out[i] = float(n)", *(a.recipe() for a in arguments), OUT, signature="n: int, m: int, out: wp.array[float]"
    )
    assert launch(kernel)["out"][0] == 5.0
    other = kernel | {"launch": json.dumps(perturb(json.loads(kernel["launch"])))}
    assert 1.0 <= launch(other)["out"][0] <= 4.0


def test_a_tile_kernel_with_its_blocks() -> None:
    body = "t = wp.tile_load(x, shape=4, offset=i * 4)\nwp.tile_atomic_add(out, t * 2.0, offset=i * 4)"
    tiled = {**json.loads(recipe((2,), 3, (), block_dim=32, tiled=True)), "arguments": [X, OUT]}
    result = launch(row(body) | {"launch": json.dumps(tiled)})
    assert np.array_equal(result["out"], 2.0 * result["x"])


def test_sources_records_and_rows_are_launched_alike() -> None:
    row_result = warpsmith.launch(DOUBLED)
    source = KernelSource(DOUBLED["python_source"], "work", "test", "doubles", 1, launch=DOUBLED["launch"])
    record = warpsmith.synthesize_pair(source)
    for result in (warpsmith.launch(source), warpsmith.launch(record), warpsmith.launch(record.row())):
        assert {name: values.tolist() for name, values in result.items()} == {
            name: values.tolist() for name, values in row_result.items()
        }


def test_what_cannot_be_launched_says_why() -> None:
    with pytest.raises(UsageError, match="kernel 'work' has no launch recipe"):
        launch(DOUBLED | {"launch": None})
    with pytest.raises(ExtractionError, match="no kernel named 'other'"):
        launch(DOUBLED | {"kernel_name": "other"})
