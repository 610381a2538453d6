"""From a pasted text to its answer, in this very process: `keeper` has it done in one that may be lost."""

import ast
import gc
import linecache
import logging
import os
import sys
from types import ModuleType

import msgspec

from warpsmith import bridge
from warpsmith.bridge import Kernel
from warpsmith.bridge.quiet import hushed
from warpsmith.errors import ExtractionError
from warpsmith.explore.answers import Answer, KernelAnswer, Mapped, Problem, Question, TargetAnswer, failed
from warpsmith.explore.locating import FILENAME, problem_of
from warpsmith.explore.walls import relieve
from warpsmith.extract import extract_kernel
from warpsmith.extract.lines import map_quotes
from warpsmith.record import KernelCode, MappedText, TargetCode

MODULE = "pasted"
"""The name of the Python and the Warp module of a text: what stands under ``if __name__ == "__main__"`` is not run."""

_IMPLIED = "import warp as wp"
_MOST_WARNINGS = 100


def answer(question: Question) -> Answer:
    """Execute a text and return the code of its kernels, or what is wrong with it.

    Whatever the text raises is caught. Its kernels stay in memory.
    """
    heard = _Heard()
    log = logging.getLogger("warpsmith.warp")
    log.addHandler(heard)
    try:
        with hushed(), bridge.accelerated():
            answered = _answer(question)
    finally:
        log.removeHandler(heard)
    return Answer(answered.kernels, answered.problem, tuple(heard.lines), answered.notes)


class _Heard(logging.Handler):
    """Keeps the warnings of Warp, each of them once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning."""
        if len(self.lines) < _MOST_WARNINGS:
            self.lines[record.getMessage()] = None


def _answer(question: Question) -> Answer:
    try:
        notes = _execute(question.text)
    except SystemExit as end:
        found = problem_of(end, "define")
        why = f"it ends the program (SystemExit: {end.code})"
        return Answer(problem=Problem("exit", why, why, found.line, trail=found.trail))
    except BaseException as error:  # noqa: BLE001 - a pasted text may raise whatever it likes
        relieve()
        return Answer(problem=problem_of(error, "define"))
    kernels = [kernel for kernel in _kernels() if question.kernel in (None, bridge.plain_name(kernel))]
    if not kernels:
        return _nothing(question.kernel)
    return Answer(tuple(_described(kernel, ptx=question.ptx) for kernel in kernels), notes=notes)


def _execute(text: str) -> tuple[str, ...]:
    """Execute a text as a module of its own, with ``wp`` for Warp; return what there is to say about it."""
    lines = text.splitlines(keepends=True)
    linecache.cache[FILENAME] = (len(text), None, lines, FILENAME)
    code = compile(text, FILENAME, "exec", dont_inherit=True)
    module = sys.modules[MODULE] = ModuleType(MODULE)
    module.__file__ = FILENAME
    exec(_IMPLIED, vars(module))
    exec(code, vars(module))
    return () if _binds_wp(text) else (f"`{_IMPLIED}` is implied",)


def _binds_wp(text: str) -> bool:
    nodes = ast.walk(ast.parse(text))
    names = (alias for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names)
    return any((alias.asname or alias.name) in ("wp", "warp", "*") for alias in names)


def _kernels() -> list[Kernel]:
    """Return the kernels of the text that live, in the order in which they stand; overloads for generic ones."""
    gc.collect()  # those that another definition of the same name has replaced
    found = bridge.live_kernels(os.path.realpath(FILENAME))
    concrete = [one for kernel in found for one in bridge.overloads(kernel) or (kernel,)]
    return sorted(concrete, key=lambda kernel: (bridge.first_line(kernel), str(kernel.key)))


def _nothing(name: str | None) -> Answer:
    if name is not None:
        return failed("empty", f"the text defines no kernel named {name!r}")
    return failed("empty", "the text defines no kernel yet; put @wp.kernel before a function")


def _described(kernel: Kernel, *, ptx: bool) -> KernelAnswer:
    python, line = bridge.own_source(kernel), bridge.first_line(kernel)
    name, end_line = bridge.plain_name(kernel), line + python.rstrip("\n").count("\n")
    code, problem = _extracted(kernel, line, ptx=ptx)
    described = KernelAnswer(name, line, end_line, python, bridge.arguments(kernel), problem=problem)
    if code is None:
        return described
    return msgspec.structs.replace(
        described, cpu=_target(code.cpu), cuda=_target(code.cuda), builtins=code.builtins, ptx=code.ptx
    )


def _extracted(kernel: Kernel, line: int, *, ptx: bool) -> tuple[KernelCode | None, Problem | None]:
    """Return the code of a kernel, the problem that it has, or both where only PTX cannot be made of it."""
    try:
        return extract_kernel(kernel, ptx=ptx), None
    except BaseException as error:  # noqa: BLE001 - so may what Warp evaluates of it
        relieve()
        # the extractor names the kernel in front of what Warp raised
        is_named = isinstance(error, ExtractionError) and str(error).startswith(f"kernel {kernel.key!r}: ")
        refused = error.__cause__ if is_named and error.__cause__ else error
    if ptx:
        code, problem = _extracted(kernel, line, ptx=False)
        return code, problem or problem_of(refused, "ptx", line)
    return None, problem_of(refused, "build", line)


def _target(code: TargetCode | None) -> TargetAnswer | None:
    if code is None:
        return None
    backward = _mapped(code.backward) if code.backward else None
    return TargetAnswer(
        code.text, code.structs, _mapped(map_quotes(code.functions)), _mapped(code.forward), backward, code.entry_points
    )


def _mapped(text: MappedText) -> Mapped:
    return Mapped(text.text, text.lines)
