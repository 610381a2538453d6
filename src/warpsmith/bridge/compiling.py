"""Generated code through the compilers that come with Warp; no GPU is needed, and no file is left behind."""

import errno
import os
import tempfile
from pathlib import Path
from typing import Any

from warpsmith.bridge.inside import compilers, context
from warpsmith.bridge.marks import NO_BFLOAT16
from warpsmith.bridge.quiet import captured, hushed
from warpsmith.errors import ExtractionError

ARCH = 75
"""The compute capability that PTX is made for when none is asked for: the oldest that Warp's NVRTC supports."""


def compile_ptx(code: str, arch: int = ARCH, **options: Any) -> str:
    """Compile a whole CUDA module (preamble and text) with NVRTC and return its PTX.

    Equal code gives equal PTX, whatever the machine. The options are those of Warp's ``build_cuda``.

    Raises:
        ExtractionError: NVRTC refuses the code; the message has what it said.
    """
    with tempfile.TemporaryDirectory(prefix="warpsmith-") as folder:
        source, output = Path(folder, "kernel.cu"), Path(folder, "kernel.ptx")
        source.write_text(_with_define(code), encoding="utf-8")
        settings = {"pch_dir": None, "use_precompiled_headers": False, **options}
        _run(folder, compilers.build_cuda, str(source), arch, str(output), **settings)
        return output.read_text(encoding="utf-8").rstrip("\0")


def compile_cpu(code: str, *, optimization_level: int = 0, **options: Any) -> bytes:
    """Compile a whole C++ module (preamble and text) with Warp's clang and return the object code.

    The first call in a process takes a second or two for the headers. The options are those of Warp's ``build_cpu``.

    Raises:
        ExtractionError: clang refuses the code; the message has what it said.
        OSError: the disk of temporary files is full.
    """
    with tempfile.TemporaryDirectory(prefix="warpsmith-") as folder:
        source, output = Path(folder, "kernel.cpp"), Path(folder, "kernel.o")
        source.write_text(_with_define(code), encoding="utf-8")
        with hushed():
            headers = {"use_precompiled_headers": True, "pch_dir": context.runtime.get_clang_pch_dir()}
        settings = {"block_dim": 1, **headers, **options}
        _run(folder, compilers.build_cpu, str(output), str(source), optimization_level=optimization_level, **settings)
        if made := output.read_bytes():
            return made
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), folder)  # clang does not say so


def _with_define(code: str) -> str:
    """Spare the compiler the overloads for bfloat16 where no kernel asks for them, as Warp does."""
    return code if "bfloat16" in code else NO_BFLOAT16 + code


def _run(folder: str, compiler: Any, *args: Any, **settings: Any) -> None:
    with hushed():
        try:
            with captured() as said:
                compiler(*args, **settings)
        except Exception as error:
            said = [line.replace(f"{folder}{os.sep}", "") for line in said]
            raise ExtractionError("\n".join((str(error), *said))) from error
