"""Kernels from text: no file, no import, and nothing left behind when they are released."""

import builtins
import linecache
from collections import ChainMap
from dataclasses import dataclass
from itertools import count, islice
from types import CodeType
from typing import Any

import warp as wp

from warpsmith.bridge.fast import accelerated
from warpsmith.bridge.inside import context
from warpsmith.bridge.live import concrete
from warpsmith.bridge.quiet import hushed
from warpsmith.bridge.swap import swapped
from warpsmith.errors import ExtractionError

MODULE = "warpsmith_kernel"
"""The name of the Python and the Warp module that every kernel from text is defined in; it is never registered."""

_loads = count(1)
"""Numbers of what is loaded from the modules of that name, no number twice in a process."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A live kernel that was defined from text, and what must be let go with it: see `release`.

    `filename` is made up (``saxpy.py`` for a kernel ``saxpy``); Warp finds the lines of the text under it, and it is
    what the comments of the generated code say.
    """

    kernel: wp.Kernel
    filename: str
    namespace: dict[str, Any]
    modules: tuple[wp.Module, ...]


class _OwnModule(wp.Module):
    """A Warp module that nobody ever reloads, so it need not find out what it depends on."""

    def _find_references(self, adj: Any) -> None:
        pass

    def increment_id(self) -> int:
        """Count over all modules of the one name: Warp unloads by name and number, and may be late."""
        return next(_loads)


def define(text: str, kernel_name: str) -> Definition:
    """Execute a self-contained kernel text and return the kernel that it binds to `kernel_name`.

    The text is executed as it is: it can do whatever Python can. Pass what comes back to `release` when done. If
    `kernel_name` is a generic kernel with exactly one overload, that overload is meant.

    Raises:
        ExtractionError: the text defines no such kernel, or an overload must be chosen.
        Exception: whatever executing the text raises, Warp's own complaints among it.
    """
    filename = f"{kernel_name}.py"
    with context._codegen_lock, hushed(), accelerated():
        namespace = {"__name__": MODULE, "__builtins__": builtins}
        module = _OwnModule(MODULE, None)
        linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
        known = len(context.user_modules)
        try:
            code = compile(text, filename, "exec", dont_inherit=True)
            _execute(code, namespace, module)
            modules = (module, *_unique_modules(known, namespace))
            return Definition(_chosen(namespace, kernel_name), filename, namespace, modules)
        except BaseException:
            _let_go((module, *_unique_modules(known, namespace)), filename)
            raise


def release(definition: Definition) -> None:
    """Let go of all that Warp and Python keep of a definition, so that its memory can be used again.

    The kernel must not be used afterwards. The objects are in cycles, so the memory comes back with the next garbage
    collection.
    """
    with context._codegen_lock:
        _let_go(definition.modules, definition.filename)
        definition.namespace.clear()


def _execute(code: CodeType, namespace: dict[str, Any], module: wp.Module) -> None:
    """Execute a text with its Warp module and its counts of function names in place for just as long as that takes."""
    counts = ChainMap({}, context.function_key_counts)
    shadowed = context.user_modules.pop(MODULE, None)
    context.user_modules[MODULE] = module
    try:
        with swapped(context, function_key_counts=counts):
            exec(code, namespace)
    finally:
        del context.user_modules[MODULE]
        if shadowed is not None:
            context.user_modules[MODULE] = shadowed


def _unique_modules(known: int, namespace: dict[str, Any]) -> list[wp.Module]:
    """Return the modules of their own that kernels of a text asked for (``module="unique"``)."""
    added = islice(context.user_modules.values(), known, None)
    return [module for module in added if any(k.func.__globals__ is namespace for k in module.kernels.values())]


def _chosen(namespace: dict[str, Any], kernel_name: str) -> wp.Kernel:
    kernel = namespace.get(kernel_name)
    if not isinstance(kernel, wp.Kernel):
        raise ExtractionError(f"the text defines no kernel named {kernel_name!r}")
    return concrete(kernel)


def _let_go(modules: tuple[wp.Module, ...], filename: str) -> None:
    linecache.cache.pop(filename, None)
    for module in modules:
        module._detach_references()
        if module.execs:
            module.unload()
        if context.user_modules.get(module.name) is module:
            del context.user_modules[module.name]
        module.kernels, module.functions, module.structs = {}, {}, {}
