"""Launch a kernel text from its recipe on any device; what a record's `launch` column is for.

`launch` compiles one kernel at a time. `define_in` puts many into one Warp module, which compiles faster in all.
"""

import json
import linecache
from collections.abc import Mapping
from typing import Any, NamedTuple

import warp as wp

from warpsmith import bridge
from warpsmith.errors import UsageError
from warpsmith.record import KernelSource, Record, source_id
from warpsmith.verify.arguments import make_arguments
from warpsmith.verify.dtypes import numbers_in
from warpsmith.verify.numbers import Array

Launchable = KernelSource | Record | Mapping[str, Any]


class Live(NamedTuple):
    """A live kernel with the names that its text defines and its recipe."""

    kernel: Any
    namespace: dict[str, Any]
    recipe: dict[str, Any]


class Outcome(NamedTuple):
    """The arrays of a launch by name, those of structs as ``params.positions``, before it and after it."""

    before: dict[str, Array]
    after: dict[str, Array]


def launch(kernel: Launchable, device: str = "cpu") -> dict[str, Array]:
    """Launch a kernel from its recipe and return its arrays by name as they are afterwards.

    `kernel` is a `KernelSource`, a `Record` or a row of a data set; its text is executed. An array in a struct goes by
    its path, for instance ``params.positions``; an array of structs is a structured NumPy array. Equal kernels give
    equal inputs on every machine.

    Raises:
        UsageError: the kernel has no recipe, or one that asks for what there is not.
        ExtractionError: the text defines no such kernel.
    """
    text, name, recipe = _parts(kernel)
    definition = bridge.define(text, name)
    try:
        return run(Live(definition.kernel, definition.namespace, recipe), device).after
    finally:
        bridge.release(definition)


def define_in(module: str, kernel: Launchable) -> Live:
    """Define a kernel in a Warp module that it shares with others; it stays until the process ends."""
    text, name, recipe = _parts(kernel)
    file = f"<{name} {source_id(text)}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    namespace: dict[str, Any] = {"__name__": module}
    exec(compile(text, file, "exec", dont_inherit=True), namespace)
    return Live(bridge.concrete(namespace[name]), namespace, recipe)


def run(live: Live, device: str = "cpu", shift: int = 0) -> Outcome:
    """Launch a live kernel; `shift` gives other numbers in the same ranges to all that is drawn."""
    arguments = make_arguments(live.recipe, live.namespace, device, shift)
    before = {name: numbers_in(array) for name, array in arguments.arrays.items()}
    settings = {"block_dim": live.recipe["block_dim"]} if "block_dim" in live.recipe else {}
    # tiled: a block of threads for each index, which is one thread on the CPU
    begin = wp.launch_tiled if live.recipe.get("tiled") else wp.launch
    begin(live.kernel, dim=live.recipe["dim"], inputs=list(arguments.values), device=device, **settings)
    return Outcome(before, {name: numbers_in(array) for name, array in arguments.arrays.items()})


def outputs(recipe: Mapping[str, Any]) -> list[str]:
    """Return the paths of the arrays that a recipe fills with zeros only."""
    return [path for argument in recipe["arguments"] for path in _zeros(argument, argument["name"])]


def _zeros(argument: Mapping[str, Any], path: str) -> list[str]:
    if argument.get("kind", "array" if argument.get("shape") else "") == "array" and "fields" not in argument:
        return [path] if argument["low"] == argument["high"] == 0 else []
    if argument.get("shape"):
        return []
    fields = argument.get("fields", {})
    return [found for name in fields for found in _zeros(fields[name], f"{path}.{name}")]


def perturb(recipe: Mapping[str, Any], name: str | None = None, shift: int = 1) -> dict[str, Any]:
    """Return a recipe with other numbers in the same ranges for one argument, or for all where no name is given.

    Scalars change only where their recipe has a range. Raises UsageError for an argument that there is not.
    """
    names = [argument["name"] for argument in recipe["arguments"]]
    if name is not None and name not in names:
        raise UsageError(f"'{name}' is no argument of the launch recipe; it has {', '.join(names)}")
    chosen = names if name is None else [name]
    arguments = [a | {"shift": shift} if a["name"] in chosen else a for a in recipe["arguments"]]
    return {**recipe, "arguments": arguments}


def _parts(kernel: Launchable) -> tuple[str, str, dict[str, Any]]:
    """Return text, name and recipe of a kernel."""
    if isinstance(kernel, Record):
        kernel = kernel.source
    if isinstance(kernel, KernelSource):
        kernel = {name: getattr(kernel, name) for name in ("python_source", "kernel_name", "launch")}
    text, name, recipe = kernel["python_source"], kernel["kernel_name"], kernel["launch"]
    if not recipe:
        raise UsageError(f"kernel '{name}' has no launch recipe; generated kernels have one")
    return text, name, json.loads(recipe)
