"""Launch a kernel text from its recipe on any device; what a record's `launch` column is for.

`launch` compiles one kernel at a time. `define_in` puts many into one Warp module, which compiles faster in all.
"""

import json
import linecache
from typing import Any, NamedTuple

import numpy as np
import warp as wp

from warpsmith import bridge
from warpsmith.record import KernelSource

Array = np.ndarray[Any, Any]


class Defined(NamedTuple):
    """A live kernel with the names that its text defines and its recipe."""

    kernel: Any
    namespace: dict[str, Any]
    recipe: dict[str, Any]


def launch(source: KernelSource, device: str) -> dict[str, Array]:
    """Define a kernel, launch it from its recipe and return its arrays by name as they are afterwards."""
    definition = bridge.define(source.python_source, source.kernel_name)
    try:
        return launch_defined(Defined(definition.kernel, definition.namespace, _recipe(source)), device)
    finally:
        bridge.release(definition)


def define_in(module: str, source: KernelSource) -> Defined:
    """Define a kernel in a Warp module that it shares with others."""
    file = f"<{module} {source.id}>"
    linecache.cache[file] = (len(source.python_source), None, source.python_source.splitlines(True), file)
    namespace: dict[str, Any] = {"__name__": module}
    exec(compile(source.python_source, file, "exec"), namespace)
    return Defined(namespace[source.kernel_name], namespace, _recipe(source))


def launch_defined(defined: Defined, device: str, seed_shift: int = 0) -> dict[str, Array]:
    """Launch a live kernel and return its arrays by name; `seed_shift` gives other numbers in the same ranges."""
    random = np.random.default_rng(defined.recipe["seed"] + seed_shift)
    described = defined.recipe["arguments"]
    arguments = {a["name"]: make_argument(a, defined.namespace, random, device) for a in described}
    wp.launch(defined.kernel, dim=defined.recipe["dim"], inputs=list(arguments.values()), device=device)
    return {name: value.numpy().copy() for name, value in arguments.items() if isinstance(value, wp.array)}


def outputs(defined: Defined) -> list[str]:
    """Return the names of the arrays that the recipe fills with zeros only."""
    arrays = [a for a in defined.recipe["arguments"] if a["kind"] == "array" and "fields" not in a]
    return [a["name"] for a in arrays if a["low"] == a["high"] == 0]


def _recipe(source: KernelSource) -> dict[str, Any]:
    assert source.launch is not None
    recipe: dict[str, Any] = json.loads(source.launch)
    return recipe


def make_argument(argument: dict[str, Any], structs: dict[str, Any], random: np.random.Generator, device: str) -> Any:
    """Make one argument: a number, a vector, an array, a struct or an array of structs."""
    if argument["kind"] == "scalar":
        return make_value(argument["dtype"], argument["value"])
    shape = tuple(argument["shape"])
    if "struct" in argument:
        return make_struct(argument, structs[argument["struct"]], shape, random, device)
    dtype = getattr(wp, argument["dtype"])
    return wp.array(uniform(argument, shape, random), dtype=dtype, device=device)


def make_value(dtype: str, value: Any) -> Any:
    """Make a scalar, vector or matrix of its exact type."""
    kind = getattr(wp, dtype)
    return kind(*value) if isinstance(value, list) else kind(value)


def make_struct(
    argument: dict[str, Any], struct: Any, shape: tuple[int, ...], random: np.random.Generator, device: str
) -> Any:
    """Make an array of structs, or one struct where the shape is empty."""
    filled = np.zeros(shape or (1,), dtype=struct.numpy_dtype())
    for name, filling in argument["fields"].items():
        filled[name] = uniform(filling, shape or (1,), random)
    if shape:
        return wp.array(filled, dtype=struct, device=device)
    value = struct()
    for name, filling in argument["fields"].items():
        content = filled[name][0]
        setattr(value, name, make_value(filling["dtype"], content.ravel().tolist() if content.ndim else content.item()))
    return value


def uniform(filling: dict[str, Any], shape: tuple[int, ...], random: np.random.Generator) -> Array:
    """Return uniform random numbers from low to high; integers include both, bfloat16 comes as float32."""
    kind = getattr(wp, filling["dtype"])
    scalar = getattr(kind, "_wp_scalar_type_", kind)
    full = shape + tuple(getattr(kind, "_shape_", ()))
    number = np.dtype(np.float32 if scalar is wp.bfloat16 else wp.dtype_to_numpy(scalar))
    if number.kind in "biu":
        return random.integers(int(filling["low"]), int(filling["high"]), full, endpoint=True).astype(number)
    return random.uniform(filling["low"], filling["high"], full).astype(number)


def agreement(a: Array, b: Array, tolerance: float = 1e-3) -> float:
    """Return the fraction of elements that two arrays agree in; NaN agrees with NaN, structs are compared by field."""
    if a.dtype.names:
        return min(agreement(a[name], b[name], tolerance) for name in a.dtype.names)
    if a.dtype.kind == "f":
        wide = a.astype(np.float64), b.astype(np.float64)
        tolerance = max(tolerance, 10 * float(np.finfo(a.dtype).eps))
        return float(np.isclose(*wide, rtol=tolerance, atol=tolerance, equal_nan=True).mean())
    return float((a == b).mean())
