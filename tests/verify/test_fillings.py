"""What arguments are filled with: ranges, forms, independence of the streams."""

import json
from typing import Any

import numpy as np
import pytest
import warp as wp

from warpsmith.errors import UsageError
from warpsmith.synth.launch import ArrayArgument, Filling, recipe
from warpsmith.verify import make_arguments, perturb
from warpsmith.verify.dtypes import bfloat16_bits, numbers_in
from warpsmith.verify.numbers import Array, Numbers

NUMBERS = ["float16", "bfloat16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint64"]
SHAPED = [
    "vec2f",
    "vec5f",
    "vec3bf",
    "mat22bf",
    "vec3h",
    "vec4ub",
    "mat33d",
    "mat23f",
    "mat10x2f",
    "quatf",
    "transformd",
    "spatial_vectorf",
]


def made(filling: Filling, shape: tuple[int, ...] = (16,), seed: int = 1) -> Array:
    """Return an array of a recipe, as NumPy has it."""
    content = json.loads(recipe((1,), seed, (ArrayArgument("x", shape, filling),)))
    values = numbers_in(make_arguments(content, {}).arrays["x"])
    return values.astype(np.float64) if values.dtype.kind == "f" else values


@pytest.mark.parametrize("dtype", [*NUMBERS, *SHAPED, "uint32", "bool", "spatial_matrixf"])
def test_every_dtype_is_filled_from_low_to_high(dtype: str) -> None:
    low, high = (0.0, 1.0) if dtype == "bool" else (1.0, 3.0)
    values = made(Filling(dtype, low, high), (4, 8))
    assert values.shape[:2] == (4, 8)
    assert ((values >= low) & (values <= high)).all()
    assert len(np.unique(values)) > 1


def test_integers_reach_both_ends_also_of_64_bits() -> None:
    assert set(made(Filling("int32", -1, 1), (64,))) == {-1, 0, 1}
    words = Numbers("test").integers((64,), -(2**63), 2**63 - 1).astype(np.int64)
    assert words.min() < -(2**61)
    assert words.max() > 2**61
    assert Numbers("test").integers((64,), 0, 2**64 - 1).max() > 2**63


def test_arrays_have_up_to_four_dimensions() -> None:
    assert made(Filling("vec3f", 0.0, 1.0), (2, 3, 4, 5)).shape == (2, 3, 4, 5, 3)


@pytest.mark.parametrize(
    ("dtype", "components"), [("quatf", slice(0, 4)), ("vec3d", slice(0, 3)), ("vec7f", slice(0, 7))]
)
def test_units_have_length_one(dtype: str, components: slice) -> None:
    assert np.allclose(np.linalg.norm(made(Filling(dtype, -1.0, 1.0, "unit"))[:, components], axis=1), 1.0, atol=1e-6)


def test_transforms_have_a_unit_rotation_and_a_place_in_range() -> None:
    values = made(Filling("transformf", 2.0, 3.0, "unit"), (64,))
    assert np.allclose(np.linalg.norm(values[:, 3:], axis=1), 1.0, atol=1e-6)
    assert ((values[:, :3] >= 2.0) & (values[:, :3] <= 3.0)).all()


@pytest.mark.parametrize("dtype", ["mat22f", "mat33d", "mat44f", "mat66d"])
def test_forms_of_matrices(dtype: str) -> None:
    spd = made(Filling(dtype, 0.5, 2.0, "spd"))
    eigenvalues = np.linalg.eigvalsh(spd)
    assert np.allclose(spd, np.swapaxes(spd, 1, 2))
    assert ((eigenvalues > 0.499) & (eigenvalues < 2.001)).all()
    rotation = made(Filling(dtype, -1.0, 1.0, "orthogonal"))
    assert np.allclose(rotation @ np.swapaxes(rotation, 1, 2), np.eye(rotation.shape[1]), atol=1e-5)
    assert np.allclose(np.linalg.det(rotation), 1.0, atol=1e-5)
    invertible = made(Filling(dtype, -3.0, 1.0, "invertible"))
    assert np.abs(invertible).max() <= 3.0
    assert np.linalg.cond(invertible).max() < 10.0


def test_forms_along_the_last_axis() -> None:
    ascending = made(Filling("float32", -1.0, 1.0, "sorted"), (3, 16))
    assert (np.diff(ascending, axis=1) >= 0).all()
    offsets = made(Filling("int32", 0, 40, "offsets"), (9,))
    assert offsets[0] == 0
    assert offsets[-1] == 40
    assert (np.diff(offsets) >= 0).all()
    assert sorted(made(Filling("int32", 0, 15, "permutation"))) == list(range(16))
    assert len(set(made(Filling("int32", 5, 24, "distinct"), (20,)))) == 20
    assert len(set(made(Filling("float32", 0.0, 1.0, "distinct"), (50,)))) == 50


@pytest.mark.parametrize("span", [16, 17, 31, 1000, 10**12])
def test_distinct_integers_are_in_range(span: int) -> None:
    values = made(Filling("int64", -7, -7 + span - 1, "distinct"))
    assert len(set(values)) == 16
    assert values.min() >= -7
    assert values.max() < -7 + span


def test_too_few_integers_come_again_as_late_as_can_be() -> None:
    values = made(Filling("int32", 3, 7, "distinct"), (3, 16))
    windows = np.lib.stride_tricks.sliding_window_view(values, 5, axis=1).reshape(-1, 5)
    assert all(sorted(window) == [3, 4, 5, 6, 7] for window in windows)


@pytest.mark.parametrize(
    ("filling", "said"),
    [
        (Filling("vec3q", 0.0, 1.0), "dtype 'vec3q'"),
        (Filling("array", 0.0, 1.0), "dtype 'array'"),
        (Filling("float32", 0.0, 1.0, "wavy"), "form 'wavy'"),  # type: ignore[arg-type]
        (Filling("float32", 0.0, 1.0, "unit"), "has no length"),
        (Filling("mat23f", 0.0, 1.0, "invertible"), "no square matrix"),
        (Filling("mat33f", 0.0, 1.0, "spd"), "low 0.0"),
    ],
)
def test_what_cannot_be_filled_is_named(filling: Filling, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        made(filling)


def test_an_argument_has_numbers_of_its_own() -> None:
    filling = Filling("float32", 0.0, 1.0)
    x, y = ArrayArgument("x", (8,), filling), ArrayArgument("y", (8,), filling)
    both = json.loads(recipe((1,), 1, (x, y)))
    alone = json.loads(recipe((1,), 1, (y,)))
    assert np.array_equal(arrays(both)["y"], arrays(alone)["y"])
    assert not np.array_equal(arrays(both)["x"], arrays(both)["y"])
    other = arrays(perturb(both, "x"))
    assert not np.array_equal(other["x"], arrays(both)["x"])
    assert np.array_equal(other["y"], arrays(both)["y"])
    assert not np.array_equal(arrays(perturb(both))["y"], arrays(both)["y"])
    with pytest.raises(UsageError, match="'z' is no argument"):
        perturb(both, "z")


def arrays(content: dict[str, Any]) -> dict[str, Array]:
    return {name: array.numpy() for name, array in make_arguments(content, {}).arrays.items()}


def test_the_numbers_are_these_on_every_machine() -> None:
    assert made(Filling("int32", 0, 99), (6,)).tolist() == [67, 10, 59, 29, 93, 55]


def test_bits_of_bfloat16_are_those_of_the_nearest() -> None:
    values = Numbers("test").between((256,), -300.0, 300.0).astype(np.float32)
    bits = bfloat16_bits(values)
    array: Any = wp.array(values, dtype=wp.bfloat16, device="cpu")
    assert np.array_equal((bits.astype(np.uint32) << 16).view(np.float32), numbers_in(array))
