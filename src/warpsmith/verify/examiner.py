"""The child of `warpsmith.verify.verifier`: takes kernels through the stages, saying at once what it does and finds.

Each line in is a batch as JSON; the lines out are events: ``["doing", stage, number, how]``,
``["found", number, finding…]``, ``["spoiled"]`` before it ends because a kernel wrote where it should not, and
``["finished"]``. The standard output is kept for them: what Warp or a kernel prints goes to the error stream.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

import warp as wp

from warpsmith import bridge
from warpsmith.errors import WarpsmithError
from warpsmith.record import Stage
from warpsmith.verify.compilation import Compilation, compile_all, cpu_compiler, cuda_compiler
from warpsmith.verify.execution import Subject, arguments_of, gradient, launcher, run, subject
from warpsmith.verify.stages import Finding
from warpsmith.verify.unit import Part, has_twin
from warpsmith.verify.worker import die_with_parent

ALL = -1
"""The number in events that are about all kernels of the batch."""

_CUDA_UNIT = 64
"""So many kernels are compiled for CUDA together: enough to share the headers, no more to keep in memory."""


def main() -> None:
    """Serve until the input ends or the parent is gone."""
    events = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    die_with_parent()
    wp.config.log_level = wp.LOG_WARNING
    wp.config.optimization_level = 0
    for line in sys.stdin:
        batch = json.loads(line)
        wp.config.kernel_cache_dir = batch["cache"]
        resource.setrlimit(resource.RLIMIT_AS, (batch["memory_bytes"], resource.RLIM_INFINITY))
        Examiner(batch, events).examine()


class Examiner:
    """Examines one batch."""

    def __init__(self, batch: dict[str, Any], events: TextIO) -> None:
        self.batch, self.events = batch, events
        self.cache = Path(batch["cache"])
        self.rows: dict[int, dict[str, Any]] = dict(batch["kernels"])
        self.wanted: dict[str, list[int]] = batch["wanted"]
        self.subjects: dict[int, Subject] = {}
        self.loaded: list[bridge.LoadedObject] = []
        self.started = time.perf_counter()
        self._twinned = frozenset(number for number in batch["wide"] if self._has_twin(number))

    def _has_twin(self, number: int) -> bool:
        row = self.rows[number]
        return bool(row["cpp"] and row["cpp_backward"]) and has_twin(row["cpp"])

    def examine(self) -> None:
        """Take all kernels through all stages that are wanted."""
        if any(self.wanted.get(stage) for stage in ("compiles_cpu", "runs", "gradient")):
            self._define()
            self._on_the_cpu()
        if self.wanted.get("compiles_cuda"):
            self._cuda()
        for code in self.loaded:
            code.unload()
        for one in self.subjects.values():
            bridge.release(one.definition)
        self._say("finished")

    def _define(self) -> None:
        for number, row in self.rows.items():
            if row["cpp"] is None:
                continue
            self._doing("compiles_cpu", number)
            try:
                self.subjects[number] = subject(number, row)
            except WarpsmithError as error:
                self._found(number, Finding("compiles_cpu", False, str(error)))

    def _on_the_cpu(self) -> None:
        """Compile, run, and check gradients."""
        self._doing("compiles_cpu", ALL)
        compiler = cpu_compiler(self.batch["preambles"]["cpp"], self.cache)
        compilation = compile_all(compiler, [self._part(number) for number in self.subjects])
        self._tell(compilation, "compiles_cpu")
        objects = self._load(compilation)
        for number in self._wanted("runs", objects):
            self._doing("runs", number)
            self._run(self.subjects[number], objects[number])
        self._gradients(objects)

    def _part(self, number: int) -> Part:
        """Return a kernel's place in the unit of native precision, where the adjoint of one with a twin is checked."""
        part = self.subjects[number].part
        return part._replace(checked=number in self._twinned)

    def _tell(self, compilation: Compilation, stage: Stage) -> None:
        wanted = frozenset(self.wanted.get(stage, ()))
        for number, reason in compilation.refused.items():
            if number in wanted:
                self._found(number, Finding(stage, False, reason))
        for number in (number for piece in compilation.pieces for number in piece.numbers if number in wanted):
            self._found(number, Finding(stage, True))

    def _run(self, kernel: Subject, code: bridge.LoadedObject) -> None:
        try:
            arguments = arguments_of(kernel)
            finding = run(launcher(kernel, code, arguments, wide=False, adjoint=False))
        except Exception as error:  # noqa: BLE001 - Warp and the text raise what they like
            finding = Finding("runs", False, _one_line(error))
        self._found(kernel.number, finding)
        if finding.damaged:
            self._end_spoiled()

    def _gradients(self, objects: dict[int, bridge.LoadedObject]) -> None:
        wanted = self._wanted("gradient", objects)
        for number in [number for number in wanted if not self.rows[number]["cpp_backward"]]:
            wanted.remove(number)
            self._found(number, Finding("gradient", None, "it has no adjoint"))
        self._doing("gradient", ALL)
        # all that were ever wide are compiled, so that what was compiled before a death is found again
        twins = self._adjoints([number for number in objects if number in self._twinned], wide=True)
        narrow = frozenset(self.batch["narrow"]) | (self._twinned - twins.keys())
        objects |= self._adjoints([number for number in objects if number in narrow & self._twinned], wide=False)
        for number in wanted:
            is_wide = number in twins and number not in narrow
            self._doing("gradient", number, wide=is_wide)
            self._gradient(self.subjects[number], twins[number] if is_wide else objects[number], wide=is_wide)

    def _adjoints(self, numbers: list[int], *, wide: bool) -> dict[int, bridge.LoadedObject]:
        compiler = cpu_compiler(self.batch["preambles"]["cpp"], self.cache, wide=wide)
        return self._load(compile_all(compiler, [self.subjects[number].part for number in numbers]))

    def _gradient(self, kernel: Subject, code: bridge.LoadedObject, *, wide: bool) -> None:
        try:
            arguments = arguments_of(kernel)
            finding = gradient(launcher(kernel, code, arguments, wide=wide), int(kernel.row["id"], 16))
        except Exception as error:  # noqa: BLE001 - Warp and the text raise what they like
            finding = Finding("gradient", None, _one_line(error))
        self._found(kernel.number, finding)
        if finding.damaged:
            self._end_spoiled()

    def _load(self, compilation: Compilation) -> dict[int, bridge.LoadedObject]:
        objects: dict[int, bridge.LoadedObject] = {}
        for piece in compilation.pieces:
            code = bridge.LoadedObject(piece.code)
            self.loaded.append(code)
            objects |= dict.fromkeys(piece.numbers, code)
        return objects

    def _cuda(self) -> None:
        preamble = self.batch["preambles"].get("cuda", "")
        parts = [Part(number, row["cuda"]) for number, row in self.rows.items() if row["cuda"] is not None]
        for start in range(0, len(parts), _CUDA_UNIT):
            self._doing("compiles_cuda", ALL)
            some = {part.number: part for part in parts[start : start + _CUDA_UNIT]}
            quick = compile_all(cuda_compiler(preamble, self.cache, optimized=False), some.values())
            # who is refused may be so for how it was compiled: the way that Warp compiles it decides
            refused = [some[number] for number in quick.refused]
            plain = compile_all(cuda_compiler(preamble, self.cache, optimized=True), refused)
            self._tell(Compilation(quick.pieces + plain.pieces, plain.refused), "compiles_cuda")

    def _wanted(self, stage: Stage, objects: dict[int, Any]) -> list[int]:
        return [number for number in self.wanted.get(stage, ()) if number in objects]

    def _doing(self, stage: Stage, number: int, *, wide: bool = False) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = self.batch["compile_seconds" if number == ALL else "kernel_seconds"]
        spent = int(used.ru_utime + used.ru_stime)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + limit + 1, resource.RLIM_INFINITY))
        self.started = time.perf_counter()
        self._say("doing", stage, number, wide)

    def _found(self, number: int, finding: Finding) -> None:
        self._say("found", number, round(time.perf_counter() - self.started, 6), *finding[:-1])
        self.started = time.perf_counter()

    def _say(self, *event: Any) -> None:
        self.events.write(json.dumps(event) + "\n")

    def _end_spoiled(self) -> None:
        """End this process: its memory is not what it should be."""
        self._say("spoiled")
        self.events.flush()
        os._exit(0)


def _one_line(error: Exception) -> str:
    text = str(error) if isinstance(error, WarpsmithError) else f"{type(error).__name__}: {error}"
    return " ".join(text.split())[:400]


if __name__ == "__main__":
    main()
