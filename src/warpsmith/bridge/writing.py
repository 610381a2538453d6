"""What the author of a live kernel wrote down: names, argument types, overloads, companions, options."""

import enum
import os
from typing import Any

import warp as wp

from warpsmith.bridge.inside import context
from warpsmith.bridge.swap import swapped
from warpsmith.errors import ExtractionError

_ASIDE = frozenset({"extra_build_options", "strip_hash", "cpu_compiler_flags", "compile_time_trace", "lineinfo"})
"""Options that say how to compile on one machine, or how to name what comes out."""


def plain_name(thing: Any) -> str:
    """Return the name of a kernel, function, struct or class without those of what it was defined in."""
    source = getattr(thing, "func", None) or getattr(thing, "cls", None) or thing
    name = str(source.__name__)
    return name if name.isidentifier() else str(getattr(thing, "key", name))


def generic_of(kernel: wp.Kernel) -> wp.Kernel:
    """Return the generic kernel that a kernel is an overload of, or the kernel itself."""
    return kernel.generic_parent or kernel


def argument_types(thing: Any) -> dict[str, Any]:
    """Return the types of the arguments of a kernel or function by name, that of what it returns as ``return``."""
    kinds = dict(thing.adj.arg_types)
    if (returned := getattr(thing, "return_annotation", None)) is not None:
        kinds["return"] = returned
    return kinds


def written_overloads(function: Any) -> list[Any]:
    """Return the overloads of a function that somebody wrote, in the order in which they stand."""
    found = [*function.user_overloads.values(), *function.user_templates.values()]
    own = [one for one in dict.fromkeys(found) if one.generic_parent is None] or [function]
    return sorted(own, key=lambda one: one.func.__code__.co_firstlineno)


def companions(function: Any) -> list[tuple[str, Any]]:
    """Return the functions that take the place of a function's adjoint and replay, with the decorators for that."""
    pairs = (("func_replay", function.custom_replay_func), ("func_grad", function.custom_grad_func))
    return [(decorator, one) for decorator, one in pairs if one is not None]


FUNCTION_ATTRIBUTES = frozenset({"adj", "func", "key", "module", "native_func", "__wrapped__", "__name__"})
"""Attributes of a function that Warp has given it, and that a text need not give it."""


def changed_options(kernel: wp.Kernel) -> dict[str, Any]:
    """Return the options that a kernel's module has other than a new one under Warp's defaults would, by name.

    Raises:
        ExtractionError: it was built with code that is not Warp's.
    """
    with default_config():
        usual = context.Module("", None).options
    actual = kernel.module.options
    changed = {name: actual[name] for name in sorted(actual) if actual[name] != usual.get(name)}
    if changed.get("extra_build_options") is not None:
        raise ExtractionError("it was built with extra_build_options, which no text of a kernel can say")
    return {name: value for name, value in changed.items() if name not in _ASIDE}


_DEFAULTS = {name: value for name, value in vars(wp.config).items() if not name.startswith("_")}


def default_config() -> Any:
    """Return a ``with`` block in which Warp's configuration is what it was when it was imported."""
    plain = (bool, int, float, str, type(None), enum.Enum, os.PathLike)
    return swapped(wp.config, **{name: value for name, value in _DEFAULTS.items() if isinstance(value, plain)})
