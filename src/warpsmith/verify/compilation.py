"""Compiling many kernels at once: in one unit as long as it compiles, else without those that are to blame."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from warpsmith import bridge
from warpsmith.errors import ExtractionError
from warpsmith.verify.unit import Part, complaints, cuda_unit, entry_point, unit

Code = TypeVar("Code")
Compiler = Callable[[list[Part]], Code]
# no names for values, no check of clang's own work, plain frames: a seventh less time
_LEAN = "-discard-value-names -disable-llvm-verifier -mframe-pointer=all"


class Compiled(NamedTuple, Generic[Code]):
    """What a compiler made, and the numbers of the kernels in it."""

    code: Code
    numbers: tuple[int, ...]


class Compilation(NamedTuple, Generic[Code]):
    """What came of compiling: pieces of code, and why the kernels that are in none of them are not."""

    pieces: list[Compiled[Code]]
    refused: dict[int, str]


def compile_all(compiler: Compiler[Code], parts: Iterable[Part]) -> Compilation[Code]:
    """Compile kernels together; those that a compiler complains about are compiled alone, the others again.

    Only what is refused alone is refused, for a fault of one kernel may show in the text of the next. Where the
    complaint names nobody, both halves are tried.
    """
    wanted = list(parts)
    if not wanted:
        return Compilation([], {})
    numbers = tuple(part.number for part in wanted)
    try:
        return Compilation([Compiled(compiler(wanted), numbers)], {})
    except ExtractionError as error:
        named = complaints(str(error))
        if len(wanted) == 1:
            return Compilation([], {numbers[0]: named.get(numbers[0]) or str(error).splitlines()[-1]})
    alone = [[part] for part in wanted if part.number in named]
    others = [part for part in wanted if part.number not in named]
    middle = len(wanted) // 2
    groups = [*alone, others] if alone else [wanted[:middle], wanted[middle:]]
    return _joined([compile_all(compiler, group) for group in groups])


def _joined(compilations: list[Compilation[Code]]) -> Compilation[Code]:
    pieces = [piece for compilation in compilations for piece in compilation.pieces]
    return Compilation(pieces, {number: why for one in compilations for number, why in one.refused.items()})


def cpu_compiler(preamble: str, cache: Path, *, wide: bool = False) -> Compiler[bridge.LoadedObject]:
    """Return a compiler of C++ that loads what it made into this process, and remembers it in a folder."""

    def compiled(parts: list[Part]) -> bridge.LoadedObject:
        text = unit(preamble, parts, wide)
        # arithmetic is not fused, so that another machine computes the same numbers
        made = _remembered(text, cache / "cpp", lambda: bridge.compile_cpu(text, fuse_fp=False, extra_flags=_LEAN))
        return bridge.LoadedObject(made, entry_point(parts[0].number))

    return compiled


def cuda_compiler(preamble: str, cache: Path, *, optimized: bool) -> Compiler[None]:
    """Return a compiler of CUDA to PTX, which is thrown away; that it is made is the point.

    Unless `optimized`, it is made for a debugger, without optimisation.
    """
    folder = cache / ("optimized" if optimized else "debugged")
    settings = {"optimization_level": 3} if optimized else {"config": "debug", "optimization_level": 0}

    def compiled(parts: list[Part]) -> None:
        text = cuda_unit(preamble, parts)
        _remembered(text, folder, lambda: bridge.compile_ptx(text, **settings).encode()[:0])

    return compiled


def _remembered(text: str, folder: Path, compiler: Callable[[], bytes]) -> bytes:
    """Return what compiling gives, or gave before: a process that died starts where it was."""
    folder.mkdir(exist_ok=True)
    file = folder / hashlib.sha256(text.encode()).hexdigest()
    made, refused = file.with_suffix(".o"), file.with_suffix(".txt")
    if made.exists():
        return made.read_bytes()
    if refused.exists():
        raise ExtractionError(refused.read_text(encoding="utf-8"))
    try:
        code = compiler()
    except ExtractionError as error:
        _keep(refused, str(error).encode())
        raise
    _keep(made, code)
    return code


def _keep(file: Path, content: bytes) -> None:
    """Write a file that is whole or not there, whatever ends this process."""
    aside = file.with_suffix(".part")
    aside.write_bytes(content)
    aside.replace(file)
