"""The recipe of a launch that was seen: extents, shapes, and values or their ranges."""

import json
from typing import Any

import numpy as np
import warp as wp

from warpsmith import bridge

_MOST_GIVEN = 1024
_MOST_WHOLE = 4096
_MOST_NUMBERS = 1 << 20
_MOST_THREADS = 1 << 18


class _Opaque(Exception):  # noqa: N818 - a way out, not a failure
    """An argument that no recipe can make again."""


def recipe_of(kernel: wp.Kernel, launch: bridge.Launch) -> str:
    """Return the recipe of a launch as JSON; where it cannot be made again, ``"complete"`` is false in it.

    Arrays of up to 1,024 numbers are given; of larger ones it has the range. Whole numbers may be indices, so they are
    given up to 4,096 and cannot be made again beyond. A mesh and its like are only an id, which says nothing.
    """
    dim = [launch.dim] if isinstance(launch.dim, int) else [int(extent) for extent in launch.dim]
    described, complete, numbers = [], True, 0
    for argument, value in zip(kernel.adj.args, launch.arguments, strict=False):
        try:
            one = {"name": argument.label, **_described(argument.type, value)}
        except _Opaque:
            one, complete = {"name": argument.label, "kind": "opaque", **_shape_of(value)}, False
        described.append(one)
        numbers += int(np.prod(one.get("shape", [1])))
    recipe: dict[str, Any] = {"dim": dim, "seed": 0, "arguments": described}
    if launch.tiled:
        recipe["tiled"] = True
    if launch.block_dim != 256:
        recipe["block_dim"] = launch.block_dim
    complete = complete and len(described) == len(kernel.adj.args)
    if not complete or numbers > _MOST_NUMBERS or np.prod(dim) > _MOST_THREADS:
        recipe["complete"] = False
    return json.dumps(recipe, separators=(",", ":"))


def _shape_of(value: Any) -> dict[str, Any]:
    shape = getattr(value, "shape", None)
    return {"shape": [int(extent) for extent in shape]} if isinstance(shape, tuple) else {}


def _described(kind: Any, value: Any) -> dict[str, Any]:
    """Return how an argument is made; raises _Opaque where nobody can say."""
    if bridge.is_struct(kind):
        fields = {name: _described(var.type, getattr(value, name)) for name, var in kind.vars.items()}
        return {"kind": "struct", "struct": bridge.plain_name(kind), "fields": fields}
    if bridge.is_type(kind) and hasattr(kind, "ndim") and hasattr(kind, "dtype"):
        return {"kind": "array", **_array(value)}
    dtype = bridge.dtype_name(kind)
    if dtype is None or dtype == "uint64":
        raise _Opaque
    numbers = np.asarray(value if not hasattr(value, "value") else value.value)
    if numbers.dtype.kind not in "biuf":
        raise _Opaque
    return {"kind": "scalar", "dtype": dtype, "value": _plain(numbers)}


def _array(value: Any) -> dict[str, Any]:
    if value is None or not isinstance(value, wp.array) or bridge.is_struct(value.dtype) or not value.is_contiguous:
        raise _Opaque
    dtype = bridge.dtype_name(value.dtype)
    if dtype is None or dtype == "uint64" or not str(value.device).startswith("cpu") or not value.size:
        raise _Opaque
    content = np.asarray(value.numpy())
    return {"shape": [int(extent) for extent in value.shape], "dtype": dtype, **_filling(content)}


def _filling(content: Any) -> dict[str, Any]:
    """Return the numbers of an array, or their range where they are many."""
    if content.dtype.kind not in "biuf":
        raise _Opaque
    finite = content[np.isfinite(content)] if content.dtype.kind == "f" else content
    low, high = (_number(finite.min()), _number(finite.max())) if finite.size else (0, 0)
    if low == high:
        return {"low": low, "high": high}
    is_whole = content.dtype.kind != "f"
    if content.size <= (_MOST_WHOLE if is_whole else _MOST_GIVEN) and finite.size == content.size:
        return {"form": "given", "low": low, "high": high, "values": content.ravel().tolist()}
    if is_whole:
        raise _Opaque
    return {"low": low, "high": high}


def _plain(numbers: Any) -> Any:
    return numbers.item() if numbers.ndim == 0 else numbers.ravel().tolist()


def _number(value: Any) -> int | float:
    number = value.item()
    return int(number) if isinstance(number, bool) else number
