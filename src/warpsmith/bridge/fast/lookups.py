"""Where Warp searches, and what it finds anyway."""

from typing import Any

from warpsmith.bridge.inside import codegen
from warpsmith.bridge.swap import Swap

_resolve = codegen.resolve_closure_or_global


def install(swap: Swap) -> None:
    """Stand in for Warp's own."""
    swap.set(codegen, "resolve_closure_or_global", resolve_closure_or_global)


def resolve_closure_or_global(func: Any, name: str) -> Any:
    """Return what a name means in a function: most functions close over nothing."""
    if func.__closure__ is None:
        return func.__globals__.get(name)
    return _resolve(func, name)
