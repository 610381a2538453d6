"""What a live kernel says about itself."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import warp as wp

from warpsmith.bridge.inside import context, types
from warpsmith.errors import ExtractionError


def concrete(kernel: wp.Kernel) -> wp.Kernel:
    """Return the kernel itself, or the one overload of a generic kernel.

    Raises:
        ExtractionError: a generic kernel with no overload, or with several.
    """
    if not kernel.is_generic:
        return kernel
    found = overloads(kernel)
    if len(found) != 1:
        raise ExtractionError(
            f"kernel {kernel.key!r} is generic and has {len(found)} overloads; "
            "name one of them: overload = wp.overload(kernel, types)"
        )
    return found[0]


def overloads(kernel: wp.Kernel) -> tuple[wp.Kernel, ...]:
    """Return the overloads that a generic kernel was given so far, or the kernel itself."""
    return tuple(kernel.overloads.values()) if kernel.is_generic else (kernel,)


def own_source(kernel: wp.Kernel) -> str:
    """Return the source text of a kernel function itself, decorators included, as Warp read it."""
    return str(kernel.adj.source)


def first_line(kernel: wp.Kernel) -> int:
    """Return the line of its file or text that `own_source` starts at."""
    if kernel.adj.fun_lineno:
        return int(kernel.adj.fun_lineno)
    code = getattr(kernel.func, "__code__", None)
    return code.co_firstlineno if code else 1


def file_name(kernel: wp.Kernel) -> str:
    """Return the name of the file that defines a kernel, without its folder."""
    return Path(kernel.adj.filename).name


def arguments(kernel: wp.Kernel) -> dict[str, str]:
    """Return the arguments of a kernel and their types, however they were spelled: ``array2d[vec3f]``, ``float32``."""
    return {arg.label: _type_name(arg.type) for arg in kernel.adj.args}


def _type_name(kind: Any) -> str:
    if types.is_array(kind):
        dimensions = f"{kind.ndim}d" if kind.ndim > 1 else ""
        return f"{types.concrete_array_type(kind).__name__}{dimensions}[{_type_name(kind.dtype)}]"
    return str(types.type_repr(kind)) if isinstance(kind, type) else str(kind.key)


def live_kernels(file: str) -> list[wp.Kernel]:
    """Return the kernels of a file that somebody still holds, in no order, generic ones without their overloads."""
    found = {id(kernel): kernel for module in context.user_modules.values() for kernel in module._live_kernels}
    return [kernel for kernel in found.values() if source_file(kernel) == file]


def source_file(kernel: wp.Kernel) -> str:
    """Return the file that a kernel's code stands in, links followed; a made-up name where there is no file."""
    code = getattr(kernel.func, "__code__", None)
    return _real(code.co_filename) if code else ""


@cache
def _real(name: str) -> str:
    return os.path.realpath(name)
