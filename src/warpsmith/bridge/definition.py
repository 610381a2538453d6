"""Kernels from text: no file, no import, and nothing left behind when they are released."""

import builtins
import linecache
from collections import ChainMap
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
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
        registry: dict[str, wp.Module] = {MODULE: module}
        try:
            code = compile(text, filename, "exec", dont_inherit=True)
            _execute(code, namespace, registry)
            return Definition(_chosen(namespace, kernel_name), filename, namespace, tuple(registry.values()))
        except BaseException:
            _let_go(registry.values(), filename)
            raise


def release(definition: Definition) -> None:
    """Let go of all that Warp and Python keep of a definition, so that its memory can be used again.

    The kernel must not be used afterwards. Warp's objects are in cycles, which are cut open: a kernel's syntax trees
    and texts need not wait for the garbage collector.
    """
    with context._codegen_lock:
        _let_go(definition.modules, definition.filename)
        definition.namespace.clear()


def _execute(code: CodeType, namespace: dict[str, Any], registry: dict[str, wp.Module]) -> None:
    """Execute a text with a registry of Warp modules and counts of function names that nobody else sees.

    A kernel with a module of its own (``module="unique"``) would else be the one that somebody has defined before, if
    both have the same hash. Modules that the text imports go where they belong.
    """
    counts = ChainMap({}, context.function_key_counts)
    try:
        with swapped(context, function_key_counts=counts, user_modules=registry):
            exec(code, namespace)
    finally:
        for name in [name for name, module in registry.items() if name != MODULE and not _is_of(module, namespace)]:
            context.user_modules.setdefault(name, registry.pop(name))


def _is_of(module: wp.Module, namespace: dict[str, Any]) -> bool:
    return any(kernel.func.__globals__ is namespace for kernel in module.kernels.values())


def _chosen(namespace: dict[str, Any], kernel_name: str) -> wp.Kernel:
    kernel = namespace.get(kernel_name)
    if not isinstance(kernel, wp.Kernel):
        raise ExtractionError(f"the text defines no kernel named {kernel_name!r}")
    return concrete(kernel)


def _let_go(modules: Iterable[wp.Module], filename: str) -> None:
    linecache.cache.pop(filename, None)
    for module in modules:
        module._detach_references()
        if module.execs:
            module.unload()
        if context.user_modules.get(module.name) is module:
            del context.user_modules[module.name]
        for thing in (*module._live_kernels, *module.functions.values()):
            if thing.adj is not None:
                vars(thing.adj).clear()
            vars(thing).clear()
        module.kernels, module.functions, module.structs = {}, {}, {}
