"""Where Warp searches, and what it finds anyway."""

import inspect
from typing import Any

from warpsmith.bridge.inside import codegen
from warpsmith.bridge.swap import Swap

_resolve = codegen.resolve_closure_or_global
_get_full_arg_spec = codegen.get_full_arg_spec

_STARS = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS


def install(swap: Swap) -> None:
    """Stand in for Warp's own."""
    swap.set(codegen, "resolve_closure_or_global", resolve_closure_or_global)
    swap.set(codegen, "get_full_arg_spec", get_full_arg_spec)


def resolve_closure_or_global(func: Any, name: str) -> Any:
    """Return what a name means in a function: most functions close over nothing."""
    if func.__closure__ is None:
        return func.__globals__.get(name)
    return _resolve(func, name)


def get_full_arg_spec(func: Any) -> inspect.FullArgSpec:
    """Return the arguments and annotations of a function; most functions have them at hand."""
    code = getattr(func, "__code__", None)
    if code is None or code.co_flags & _STARS or code.co_kwonlyargcount or hasattr(func, "__wrapped__"):
        return _get_full_arg_spec(func)  # type: ignore[no-any-return]
    annotations = func.__annotations__
    if any(isinstance(annotation, str) for annotation in annotations.values()):
        return _get_full_arg_spec(func)  # type: ignore[no-any-return]
    names = list(code.co_varnames[: code.co_argcount])
    return inspect.FullArgSpec(names, None, None, func.__defaults__, [], None, dict(annotations))
