import typing
from typing import Any

import numpy as np
import pytest
import warp as wp

from warpsmith import bridge

vec5 = wp.types.vector(length=5, dtype=wp.float64)


@wp.struct
class Pair:
    """Two numbers."""

    a: float
    b: vec5  # type: ignore[valid-type]


def name_of(thing: Any) -> str:
    return {id(Pair): "Pair", id(Any): "Any", id(np): "numpy"}[id(thing)]


NAMES = {"wp": wp, "Pair": Pair, "Any": typing.Any, "numpy": np}
TYPES = {
    "float": float,
    "wp.float16": wp.float16,
    "wp.vec3": wp.vec3,
    "wp.vec3d": wp.vec3d,
    "wp.mat33": wp.mat33,
    "wp.quat": wp.quat,
    "wp.transform": wp.transform,
    "wp.types.vector(length=5, dtype=wp.float64)": vec5,
    "wp.types.matrix(shape=(2, 5), dtype=wp.float32)": wp.types.matrix(shape=(2, 5), dtype=wp.float32),
    "wp.array[wp.vec3]": wp.array(dtype=wp.vec3),
    "wp.array3d[Pair]": wp.array3d[Pair],
    "wp.array[Any]": wp.array[Any],
    "wp.indexedarray(dtype=wp.int32, ndim=2)": wp.indexedarray(dtype=wp.int32, ndim=2),
    "Pair": Pair,
    "Any": Any,
}
SMALL = wp.float32(np.float32(1e-7))  # type: ignore[arg-type]
VALUES = [
    *(True, 3, -0.5, float("inf"), "a 'word'", None, (1, 2.0), (3,), [1.0, 2.0]),
    *(wp.float16(0.1), wp.uint8(7), SMALL, np.float64(0.25)),
    *(wp.vec3(1.0, 2.0, 3.0), vec5(0.1), wp.mat22(1.0, 2.0, 3.0, 4.0), wp.quat(0.0, 0.0, 0.6, 0.8)),
    wp.transform(wp.vec3(1.0, 2.0, 3.0), wp.quat_identity()),
]


@pytest.mark.parametrize("words", TYPES)
def test_types_are_written_as_they_are_read(words: str) -> None:
    spelled = bridge.spell_type(TYPES[words], name_of)
    assert spelled.replace("wp.float32", "float").replace("wp.int32", "int") == words.replace(
        "wp.float32", "float"
    ).replace("wp.int32", "int")
    assert bridge.same_type(eval(spelled, NAMES), TYPES[words])


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_values_are_written_as_they_are_read(value: Any) -> None:
    words = bridge.spell_value(value, name_of)
    assert words is not None
    again = eval(words, NAMES)
    assert type(again) is type(value)
    assert str(again) == str(value)


def test_what_is_no_value_has_no_words() -> None:
    assert bridge.spell_value(object(), name_of) is None
    assert bridge.spell_value([object()], name_of) is None
