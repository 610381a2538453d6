"""Launches a written kernel from its recipe on the CPU, as a user of a data set would; used by the tests of synth."""

import json
import linecache
from itertools import count
from typing import Any, NamedTuple

import numpy as np
import warp as wp

from warpsmith.record import KernelSource

_numbers = count()
_SUFFIXES = {"h": wp.float16, "f": wp.float32, "d": wp.float64}


class Defined(NamedTuple):
    """A kernel that was defined from a record, with the structs that its text defines."""

    kernel: Any
    namespace: dict[str, Any]
    recipe: dict[str, Any]


def define(source: KernelSource, module: str) -> Defined:
    """Execute the text of a kernel in a Warp module of the given name."""
    file = f"<launch {next(_numbers)}>"
    linecache.cache[file] = (len(source.python_source), None, source.python_source.splitlines(True), file)
    namespace: dict[str, Any] = {"__name__": module}
    exec(compile(source.python_source, file, "exec"), namespace)
    assert source.launch is not None
    return Defined(namespace[source.kernel_name], namespace, json.loads(source.launch))


def make_arguments(defined: Defined, seed_shift: int = 0) -> list[Any]:
    """Make the arguments that the recipe describes; `seed_shift` gives other numbers in the same ranges."""
    rng = np.random.default_rng(defined.recipe["seed"] + seed_shift)
    return [_argument(defined, recipe, rng) for recipe in defined.recipe["arguments"]]


def outputs(defined: Defined, arguments: list[Any]) -> list[Any]:
    """Return the output arrays: those that the recipe fills with zeros only."""
    return [
        argument.numpy().copy()
        for argument, recipe in zip(arguments, defined.recipe["arguments"], strict=True)
        if recipe["kind"] == "array" and "fields" not in recipe and recipe["low"] == recipe["high"] == 0
    ]


def launch(defined: Defined, seed_shift: int = 0) -> list[Any]:
    """Launch once and return the output arrays."""
    arguments = make_arguments(defined, seed_shift)
    wp.launch(defined.kernel, dim=tuple(defined.recipe["dim"]), inputs=arguments, device="cpu")
    return outputs(defined, arguments)


def _argument(defined: Defined, recipe: dict[str, Any], rng: np.random.Generator) -> Any:
    if recipe["kind"] == "scalar":
        dtype = _dtype(recipe["dtype"])
        return dtype(*recipe["value"]) if isinstance(recipe["value"], list) else dtype(recipe["value"])
    if "fields" in recipe:
        return _structs(defined, recipe, rng)
    dtype = _dtype(recipe["dtype"])
    values = _numbers_of(recipe, tuple(recipe["shape"]), rng)
    return wp.array(values, dtype=dtype, shape=tuple(recipe["shape"]), device="cpu")


def _structs(defined: Defined, recipe: dict[str, Any], rng: np.random.Generator) -> Any:
    struct = defined.namespace[recipe["struct"]]
    if recipe["kind"] == "struct":
        return _struct(struct, recipe, rng)
    total = int(np.prod(recipe["shape"]))
    items = [_struct(struct, recipe, rng) for _ in range(total)]
    return wp.array(items, dtype=struct, device="cpu").reshape(tuple(recipe["shape"]))


def _struct(struct: Any, recipe: dict[str, Any], rng: np.random.Generator) -> Any:
    value = struct()
    for name, filling in recipe["fields"].items():
        dtype = _dtype(filling["dtype"])
        numbers = _numbers_of(filling, (), rng)
        setattr(value, name, dtype(*np.ravel(numbers).tolist()))
    return value


def _numbers_of(filling: dict[str, Any], shape: tuple[int, ...], rng: np.random.Generator) -> Any:
    dtype = _dtype(filling["dtype"])
    inner = tuple(getattr(dtype, "_shape_", ()))
    low, high = filling["low"], filling["high"]
    size = (*shape, *inner)
    scalar = getattr(dtype, "_wp_scalar_type_", dtype)
    if scalar in (wp.float16, wp.float32, wp.float64, wp.bfloat16):
        return rng.uniform(low, high, size).astype(np.float64 if scalar is wp.float64 else np.float32)
    return rng.integers(int(low), int(high), size, endpoint=True)


def _dtype(name: str) -> Any:
    return getattr(wp, name)
