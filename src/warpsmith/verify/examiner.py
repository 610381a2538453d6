"""The child of `warpsmith.verify.verifier`: takes kernels through the stages, saying at once what it does and finds.

Each line in is a batch as JSON; the lines out are events: ``["doing", stage, number, how]``,
``["found", number, seconds, finding…]``, ``["died", how]`` or ``["spoiled"]`` where a kernel ended or ruined the copy
of this process that it was launched in, and ``["finished"]``. A batch that comes again, with what is still wanted of
it, finds its code compiled and loaded. The standard output is kept for events: what Warp or a kernel prints goes to
the error stream.
"""

import json
import os
import resource
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import warp as wp

from warpsmith import bridge
from warpsmith.errors import WarpsmithError
from warpsmith.record import Stage
from warpsmith.verify.compilation import Compilation, compile_all, cpu_compiler, cuda_compiler
from warpsmith.verify.copies import SpoiledError, in_a_copy
from warpsmith.verify.execution import Subject, judge_gradient, judge_run, subject
from warpsmith.verify.reporting import Reporter
from warpsmith.verify.stages import Finding
from warpsmith.verify.unit import Part, has_twin
from warpsmith.verify.worker import die_with_parent

_CUDA_UNIT = 64
"""So many kernels are compiled for CUDA together: enough to share the headers, no more to keep in memory."""

Objects = dict[int, bridge.LoadedObject]


def main() -> None:
    """Serve until the input ends or the parent is gone."""
    events = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    die_with_parent()
    wp.config.log_level = wp.LOG_WARNING
    wp.config.optimization_level = 0
    examiner: Examiner | None = None
    for line in sys.stdin:
        batch = json.loads(line)
        wp.config.kernel_cache_dir = batch["kernel_cache"]
        resource.setrlimit(resource.RLIMIT_AS, (batch["memory_bytes"], resource.RLIM_INFINITY))
        if examiner is None or examiner.cache != Path(batch["cache"]):
            if examiner:
                examiner.release()
            examiner = Examiner(batch, Reporter(events, batch["compile_seconds"], batch["kernel_seconds"]))
        how = examiner.examine(batch["wanted"], frozenset(batch["narrow"]))
        examiner.reporter.say(*([how] if how in ("finished", "spoiled") else ["died", how]))


class Examiner:
    """Examines one batch; what was compiled and loaded for it is kept until `release`."""

    def __init__(self, batch: dict[str, Any], reporter: Reporter) -> None:
        self.reporter = reporter
        self.cache = Path(batch["cache"])
        self.preambles: dict[str, str] = batch["preambles"]
        self.rows: dict[int, dict[str, Any]] = dict(batch["kernels"])
        self.twinned = frozenset(number for number in self.rows if batch["twins"] and self._has_twin(number))
        self.subjects: dict[int, Subject] = {}
        self._kept: dict[str, Compilation[bridge.LoadedObject]] = {}

    def _has_twin(self, number: int) -> bool:
        row = self.rows[number]
        return bool(row["cpp"] and row["cpp_backward"]) and has_twin(row["cpp"])

    def examine(self, wanted: dict[Stage, list[int]], narrow: frozenset[int]) -> str:
        """Take kernels through the stages that are wanted of them, in a copy of this process where they are launched.

        `narrow` are those whose twin is not to be launched. Returns ``"finished"``, or how the copy ended.
        """
        how = ""
        if wanted.get("compiles_cpu") or wanted.get("runs") or wanted.get("gradient"):
            objects = self._native(wanted.get("compiles_cpu", []))
            if runs := [number for number in wanted.get("runs", []) if number in objects]:
                how = in_a_copy(partial(self._run, runs, objects))
            if not how and (checked := [number for number in wanted.get("gradient", []) if number in objects]):
                how = self._gradients(checked, objects, narrow)
        if not how and wanted.get("compiles_cuda"):
            self._cuda(frozenset(wanted["compiles_cuda"]))
        return how or "finished"

    def release(self) -> None:
        """Let the code and the kernels of the batch go."""
        for piece in (piece for compilation in self._kept.values() for piece in compilation.pieces):
            piece.code.unload()
        for one in self.subjects.values():
            bridge.release(one.definition)

    def _native(self, wanted: list[int]) -> Objects:
        """Compile in native precision, where the adjoint of what has a twin is checked."""
        if not self.subjects:
            self._define()
        self.reporter.doing("compiles_cpu")
        parts = [one.part._replace(checked=number in self.twinned) for number, one in self.subjects.items()]
        compilation = self._compiled("native", parts, wide=False)
        self._tell(compilation, "compiles_cpu", frozenset(wanted))
        return _objects(compilation)

    def _define(self) -> None:
        for number in [number for number, row in self.rows.items() if row["cpp"] is not None]:
            self.reporter.doing("compiles_cpu", number)
            try:
                self.subjects[number] = subject(number, self.rows[number])
            except WarpsmithError as error:
                self.reporter.found(number, Finding("compiles_cpu", False, str(error)))

    def _compiled(self, name: str, parts: list[Part], *, wide: bool) -> Compilation[bridge.LoadedObject]:
        if name not in self._kept:
            self._kept[name] = compile_all(cpu_compiler(self.preambles["cpp"], self.cache, wide=wide), parts)
        return self._kept[name]

    def _tell(self, compilation: Compilation[Any], stage: Stage, wanted: frozenset[int]) -> None:
        for number, reason in compilation.refused.items():
            if number in wanted:
                self.reporter.found(number, Finding(stage, False, reason), among=len(wanted))
        for number in (number for piece in compilation.pieces for number in piece.numbers if number in wanted):
            self.reporter.found(number, Finding(stage, True), among=len(wanted))

    def _run(self, numbers: list[int], objects: Objects) -> None:
        for number in numbers:
            self.reporter.doing("runs", number)
            self._found(number, judge_run(self.subjects[number], objects[number]))

    def _gradients(self, wanted: list[int], objects: Objects, narrow: frozenset[int]) -> str:
        """Compile the twins, and in native precision the adjoints of those that have none; check all."""
        self.reporter.doing("gradient")
        begun = time.perf_counter()
        twins = _objects(self._adjoints("twins", sorted(self.twinned & objects.keys()), wide=True))
        native = sorted(self.twinned & objects.keys() & (narrow | (self.twinned - twins.keys())))
        objects = objects | _objects(self._adjoints(f"narrow {native}", native, wide=False))
        shared = (time.perf_counter() - begun) / len(wanted)
        launched = {number: twins[number] for number in sorted(twins.keys() - narrow)}
        return in_a_copy(partial(self._check, wanted, objects, launched, shared))

    def _adjoints(self, name: str, numbers: list[int], *, wide: bool) -> Compilation[bridge.LoadedObject]:
        return self._compiled(name, [self.subjects[number].part for number in numbers], wide=wide)

    def _check(self, numbers: list[int], objects: Objects, twins: Objects, shared: float) -> None:
        for number in numbers:
            self.reporter.doing("gradient", number, wide=number in twins)
            code = twins.get(number, objects[number])
            self._found(number, judge_gradient(self.subjects[number], code, wide=number in twins), shared)

    def _found(self, number: int, finding: Finding, shared: float = 0.0) -> None:
        self.reporter.found(number, finding, shared=shared)
        if finding.damaged:
            raise SpoiledError

    def _cuda(self, wanted: frozenset[int]) -> None:
        preamble = self.preambles.get("cuda", "")
        parts = [Part(number, row["cuda"]) for number, row in self.rows.items() if row["cuda"] is not None]
        for start in range(0, len(parts), _CUDA_UNIT):
            self.reporter.doing("compiles_cuda")
            some = {part.number: part for part in parts[start : start + _CUDA_UNIT]}
            quick = compile_all(cuda_compiler(preamble, self.cache, optimized=False), some.values())
            # who is refused may be so for how it was compiled: the way that Warp compiles it decides
            refused = [some[number] for number in quick.refused]
            plain = compile_all(cuda_compiler(preamble, self.cache, optimized=True), refused)
            both = Compilation(quick.pieces + plain.pieces, plain.refused)
            self._tell(both, "compiles_cuda", wanted & some.keys())


def _objects(compilation: Compilation[bridge.LoadedObject]) -> Objects:
    return {number: piece.code for piece in compilation.pieces for number in piece.numbers}


if __name__ == "__main__":
    main()
