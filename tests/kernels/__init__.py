"""Hand-written kernels, by category: what extraction, the golden files and the GPU tests are tried on.

Every module here is plain Warp as a person would write it and imports nothing of warpsmith.
"""

import importlib
import pkgutil
from types import ModuleType

import warp as wp

CATEGORIES: tuple[str, ...] = tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def load(category: str) -> ModuleType:
    """Return the module of a category, for instance ``load("structs")``."""
    return importlib.import_module(f"{__name__}.{category}")


def kernels_of(module: ModuleType) -> list[wp.Kernel]:
    """Return the concrete kernels that a module holds, in the order of their names; generic ones by their overloads."""
    kernels = [value for _, value in sorted(vars(module).items()) if isinstance(value, wp.Kernel)]
    return [concrete for kernel in kernels for concrete in _concrete(kernel)]


def all_kernels() -> list[wp.Kernel]:
    """Return the concrete kernels of all categories."""
    return [kernel for category in CATEGORIES for kernel in kernels_of(load(category))]


def _concrete(kernel: wp.Kernel) -> list[wp.Kernel]:
    return list(kernel.overloads.values()) if kernel.is_generic else [kernel]
