"""Object code in this process: loaded, its entry points called, let go of again."""

import ctypes
import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from typing import Any

from warpsmith.bridge.inside import context
from warpsmith.bridge.quiet import captured, hushed
from warpsmith.errors import ExtractionError

EntryPoint = Any
"""A function of generated code for the CPU; it takes the bounds of a launch and one or two addresses of arguments."""

_numbers = count()
_MISSING = re.compile(r"Symbols not found: \[ ([^ ,\]]+)")


class LoadedObject:
    """Object code of `compile_cpu`, linked into this process until `unload`.

    It is linked when a function of it is first looked up; `first` names one to do so at once.

    Raises:
        ExtractionError: a function that the code calls is nowhere defined; the message has its symbol.
    """

    def __init__(self, code: bytes, first: str = "") -> None:
        with hushed():
            self._llvm = context.runtime.llvm
        self._handle = f"warpsmith_object_{next(_numbers)}".encode()
        with captured() as said:
            refused = self._llvm.wp_load_obj_from_bytes(code, len(code), self._handle, False)
            refused = refused or (first and not self._llvm.wp_lookup(self._handle, first.encode()))
        if refused:
            self.unload()
            missing = _MISSING.search(" ".join(said))
            raise ExtractionError(
                f"the compiled code cannot be linked: {missing[1] if missing else said} is not defined"
            )

    def entry_point(self, name: str, adjoint: bool = False) -> EntryPoint:
        """Return the ``extern "C"`` function of a name; raises ExtractionError where there is none."""
        return ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * (3 if adjoint else 2))(self._address(name))

    def integer(self, name: str) -> ctypes.c_int:
        """Return the ``extern "C"`` integer of a name, to be set; raises ExtractionError where there is none."""
        return ctypes.c_int.from_address(self._address(name))

    def _address(self, name: str) -> int:
        address: int | None = self._llvm.wp_lookup(self._handle, name.encode())
        if not address:
            raise ExtractionError(f"the compiled code has no entry point '{name}'")
        return address

    def unload(self) -> None:
        """Let the code go; its entry points must not be called afterwards."""
        with suppress(OSError):
            self._llvm.wp_unload_obj(self._handle)


def launch_bounds(dim: Sequence[int], kernel_dim: int) -> Any:
    """Return the bounds of a launch as generated code takes them, for a kernel of so many thread dimensions."""
    return context._build_launch_bounds_from_tuple(tuple(dim), kernel_dim)
