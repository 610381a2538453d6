"""Seeing what a program has built and launched, without being in its way."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import signature
from typing import Any, NamedTuple

import warp as wp

from warpsmith.bridge.inside import context
from warpsmith.bridge.swap import Swap


class Launch(NamedTuple):
    """A launch as the program asked for it: extents, arguments in order, and how many threads a block has.

    `tiled` tells that the extents count blocks (`wp.launch_tiled`).
    """

    dim: Any
    arguments: tuple[Any, ...]
    block_dim: int
    tiled: bool


@contextmanager
def witnessing(
    built: Callable[[list[wp.Kernel]], None], launched: Callable[[wp.Kernel, Launch], None]
) -> Iterator[None]:
    """Tell of the kernels of every module that is loaded inside a ``with`` block, and of every launch.

    Of generic kernels, the overloads are told. Both functions are called in the program's own threads.
    """
    swap = Swap()
    asked = threading.local()

    def load(module: Any, *args: Any, **kwargs: Any) -> Any:
        found = original_load(module, *args, **kwargs)
        for hasher in module.hashers.values():
            built(list(hasher.get_unique_kernels()))
        return found

    def hooks(executable: Any, kernel: wp.Kernel) -> Any:
        launch, asked.launch = getattr(asked, "launch", None), None
        if launch is not None:
            launched(kernel, launch)
        return original_hooks(executable, kernel)

    original_load, original_hooks = context.Module.load, context.ModuleExec.get_kernel_hooks
    swap.set(context.Module, "load", load)
    swap.set(context.ModuleExec, "get_kernel_hooks", hooks)
    for name in ("launch", "launch_tiled"):
        replaced = _noting(getattr(context, name), asked, tiled=name == "launch_tiled")
        swap.set(context, name, replaced)
        swap.set(wp, name, replaced)
    try:
        yield
    finally:
        swap.restore()


def _noting(original: Callable[..., Any], asked: threading.local, *, tiled: bool) -> Callable[..., Any]:
    """Return a launching function that notes what it is asked for until the kernel is found."""
    parameters = signature(original)

    def noting(*args: Any, **kwargs: Any) -> Any:
        outermost = getattr(asked, "launch", None) is None
        if outermost:
            asked.launch = _launch(parameters, args, kwargs, tiled=tiled)
        try:
            return original(*args, **kwargs)
        finally:
            if outermost:
                asked.launch = None

    return noting


def _launch(parameters: Any, args: tuple[Any, ...], kwargs: dict[str, Any], *, tiled: bool) -> Launch | None:
    try:
        given = parameters.bind(*args, **kwargs)
    except TypeError:
        return None  # the program will hear of it
    given.apply_defaults()
    if given.arguments.get("adjoint"):
        return None
    inputs = (*(given.arguments.get("inputs") or ()), *(given.arguments.get("outputs") or ()))
    return Launch(given.arguments["dim"], inputs, given.arguments.get("block_dim") or 256, tiled)
