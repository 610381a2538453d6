"""Extraction under the names that the prototypes had: `extract_ir`, `extract_python_ir_pair`, `IRExtractor`."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType, ModuleType
from typing import Any

import warp as wp

from warpsmith import bridge
from warpsmith.errors import UsageError
from warpsmith.extract.code import extract_kernel
from warpsmith.record import TARGETS, MappedText, Target


@dataclass(frozen=True, slots=True)
class ExtractedIR:
    """A kernel and the code that Warp makes of it for one device.

    `python_source` is the text of the kernel function alone. `cpp_code` is the whole module but for its `preamble`;
    `forward_code` and `backward_code` are the two functions alone, and `backward_code` is None where no adjoint was
    generated. `forward_lines` and `backward_lines` have for each of their lines the line of `python_source` that it
    comes from, 0 where none. `metadata` has the name of the kernel, the device, the types of the arguments, the
    builtins that are called, the file and line of the kernel and the version of Warp.
    """

    python_source: str
    cpp_code: str
    preamble: str
    forward_code: str
    backward_code: str | None
    forward_lines: tuple[int, ...]
    backward_lines: tuple[int, ...] | None
    metadata: Mapping[str, Any]


def extract_ir(kernel: wp.Kernel, device: str = "cpu", include_backward: bool = True) -> ExtractedIR:
    """Return the code that Warp makes of a live kernel for ``"cpu"`` or ``"cuda"``; no GPU is needed for either.

    Of a generic kernel, pass an overload (``wp.overload(kernel, types)``), unless it has exactly one.

    Raises:
        UsageError: `device` is neither of the two, or `kernel` is no kernel.
        ExtractionError: Warp refuses the kernel, or an overload must be chosen.
    """
    target = _target(device)
    if not isinstance(kernel, wp.Kernel):
        raise UsageError(f"kernel: {kernel!r} is not a Warp kernel; pass what @wp.kernel made of your function")
    kernel = bridge.concrete(kernel)
    extracted = extract_kernel(kernel, (target,), include_backward=include_backward)
    code = extracted.cpu if target == "cpu" else extracted.cuda
    assert code is not None
    first_line = bridge.first_line(kernel)
    return ExtractedIR(
        python_source=bridge.own_source(kernel),
        cpp_code=code.text,
        preamble=code.preamble,
        forward_code=code.forward.text,
        backward_code=code.backward.text if code.backward else None,
        forward_lines=_counted_from(first_line, code.forward),
        backward_lines=_counted_from(first_line, code.backward) if code.backward else None,
        metadata=MappingProxyType(
            {
                "kernel_name": kernel.key,
                "device": target,
                "arguments": bridge.arguments(kernel),
                "builtins": extracted.builtins,
                "file": bridge.file_name(kernel),
                "line": first_line,
                "warp_version": bridge.WARP_VERSION,
            }
        ),
    )


def extract_python_ir_pair(kernel: wp.Kernel, device: str = "cpu") -> tuple[str, str]:
    """Return the source of a live kernel and its forward function for a device; it raises as `extract_ir` does."""
    ir = extract_ir(kernel, device, include_backward=False)
    return ir.python_source, ir.forward_code


def extract_module(
    module: ModuleType | wp.Module, device: str = "cpu", include_backward: bool = True
) -> tuple[ExtractedIR, ...]:
    """Extract all kernels of a Python module or of a Warp module, in the order in which they were defined.

    Of generic kernels, their overloads are extracted. Kernels that the Python module only imports are left out.

    Raises:
        UsageError: `device` is neither ``"cpu"`` nor ``"cuda"``, or `module` is no module.
        ExtractionError: Warp refuses one of the kernels.
    """
    return tuple(extract_ir(kernel, device, include_backward) for kernel in _kernels(module))


class IRExtractor:
    """The extractor of the prototypes: `extract_ir` with a dictionary for an answer."""

    def extract_ir(self, kernel: wp.Kernel, device: str = "cpu", include_backward: bool = True) -> dict[str, Any]:
        """Return what `warpsmith.extract_ir` does, under the keys that the prototypes had."""
        ir = extract_ir(kernel, device, include_backward)
        return {
            "python_source": ir.python_source,
            "cpp_code": ir.cpp_code,
            "forward_function": ir.forward_code,
            "backward_function": ir.backward_code,
            "metadata": dict(ir.metadata),
        }

    def extract_module(
        self, module: ModuleType | wp.Module, device: str = "cpu", include_backward: bool = True
    ) -> list[dict[str, Any]]:
        """Return what `extract_ir` does for all kernels of a module."""
        return [self.extract_ir(kernel, device, include_backward) for kernel in _kernels(module)]


def _target(device: str) -> Target:
    for target in TARGETS:
        if device == target:
            return target
    raise UsageError(f"device: {device!r} is not known; use {' or '.join(map(repr, TARGETS))}")


def _kernels(module: ModuleType | wp.Module) -> list[wp.Kernel]:
    if isinstance(module, wp.Module):
        kernels = list(module.kernels.values())
    elif isinstance(module, ModuleType):
        own = [thing for thing in vars(module).values() if isinstance(thing, wp.Kernel)]
        kernels = list(dict.fromkeys(kernel for kernel in own if kernel.func.__module__ == module.__name__))
    else:
        raise UsageError(f"module: {module!r} is not a module; pass a Python module or a Warp module")
    return [concrete for kernel in kernels for concrete in bridge.overloads(kernel)]


def _counted_from(first_line: int, code: MappedText) -> tuple[int, ...]:
    return tuple(line and line - first_line + 1 for line in code.lines)
