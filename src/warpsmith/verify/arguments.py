"""The arguments of a launch from its recipe: numbers, arrays and structs here, meshes and their like in `handles`."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from warpsmith.errors import UsageError
from warpsmith.verify.dtypes import bfloat16_bits, dtype_named
from warpsmith.verify.fillings import filled
from warpsmith.verify.handles import HANDLES
from warpsmith.verify.making import Making
from warpsmith.verify.numbers import Array

Maker = Callable[[dict[str, Any], str, Making], Any]


class Arguments(NamedTuple):
    """The arguments of a launch in order; its arrays by path; and what must stay alive until the launch is over."""

    values: tuple[Any, ...]
    arrays: dict[str, Any]
    keep: tuple[Any, ...]


def make_arguments(
    recipe: Mapping[str, Any], namespace: dict[str, Any], device: str = "cpu", shift: int = 0
) -> Arguments:
    """Make the arguments of a recipe on a device; `namespace` has the structs that the kernel's text defines.

    Each argument has random numbers of its own, which follow from the recipe's seed and the argument's name; `shift`
    gives all of them other numbers in the same ranges (`warpsmith.verify.perturb` one of them). Keep what is returned
    until the launch is over.

    Raises:
        UsageError: the recipe asks for what there is not.
    """
    making = Making(namespace, device, recipe["seed"] + shift)
    described = recipe["arguments"]
    # what is built of another argument's points comes last
    made = {a["name"]: make(a, a["name"], making) for a in sorted(described, key=_refers)}
    return Arguments(tuple(made[a["name"]] for a in described), making.arrays, tuple(making.keep))


def make(argument: dict[str, Any], path: str, making: Making) -> Any:
    """Make one argument, or one field of a struct."""
    kind = argument.get("kind") or _kind_of_field(argument)
    if kind not in MAKERS:
        raise UsageError(f"kind '{kind}' of argument '{path}' is unknown; known are {', '.join(MAKERS)}")
    return MAKERS[kind](argument, path, making)


def _kind_of_field(argument: dict[str, Any]) -> str:
    if argument.get("shape"):
        return "array"
    return "struct" if "struct" in argument else "value"


def _refers(argument: Mapping[str, Any]) -> bool:
    return isinstance(argument.get("points"), str) or any(map(_refers, argument.get("fields", {}).values()))


def make_value(dtype: str, value: Any) -> Any:
    """Make a number, vector or matrix of its exact type; a vector or matrix is given by its components."""
    kind = dtype_named(dtype).warp
    return kind(*value) if isinstance(value, list) else kind(value)


def _scalar(argument: dict[str, Any], path: str, making: Making) -> Any:
    if not argument.get("shift") or "low" not in argument:
        return make_value(argument["dtype"], argument["value"])
    return _value(argument, path, making)


def _value(argument: dict[str, Any], path: str, making: Making) -> Any:
    """Make a value that is drawn, as the fields of structs are."""
    content = filled(argument, (), making.numbers(argument, path))
    return make_value(argument["dtype"], content.ravel().tolist() if content.ndim else content.item())


def _array(argument: dict[str, Any], path: str, making: Making) -> Any:
    shape = tuple(argument["shape"])
    if "struct" in argument:
        struct = making.namespace[argument["struct"]]
        content = np.zeros(shape, dtype=struct.numpy_dtype())
        _fill_structs(argument, path, content, making)
        made = making.array(content, struct)
    else:
        values = filled(argument, shape, making.numbers(argument, path))
        made = making.array(values, dtype_named(argument["dtype"]).warp)
    making.arrays[path] = made
    return made


def _fill_structs(argument: dict[str, Any], path: str, content: Array, making: Making) -> None:
    for name, field in _fields(argument):
        inner = f"{path}.{name}"
        match field.get("kind") or _kind_of_field(field):
            case "value":
                values = filled(field, content.shape, making.numbers(field, inner))
                content[name] = bfloat16_bits(values) if dtype_named(field["dtype"]).is_bfloat16 else values
            case "struct":
                _fill_structs(field, inner, content[name], making)
            case other:
                raise UsageError(f"field '{inner}' is of kind '{other}', which structs in an array cannot have")


def _struct(argument: dict[str, Any], path: str, making: Making) -> Any:
    struct = making.namespace[argument["struct"]]()
    for name, field in _fields(argument):
        setattr(struct, name, make(field, f"{path}.{name}", making))
    return struct


def _fields(argument: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the fields of a struct; other numbers for a struct are other numbers for each of them."""
    shift = argument.get("shift", 0)
    for name, field in argument["fields"].items():
        yield name, field | {"shift": shift} if shift else field


MAKERS: dict[str, Maker] = {"scalar": _scalar, "value": _value, "array": _array, "struct": _struct, **HANDLES}
