"""The child of `warpsmith.verify.verifier`: takes kernels through the stages, saying at once what it does and finds.

Each line in is an order as JSON: a stage and the kernels that are wanted for it, with the batch that they are of where
it is another one than before. The lines out are events: ``["begun"]``, ``["doing", stage, number, wide, adjoint]``,
``["found", number, seconds, finding…]``, ``["died", how]`` or ``["spoiled"]`` where a kernel ended or ruined the copy
of this process that it was launched in, ``["fault", text]`` for a failure of our own, and ``["finished"]``. The
standard output is kept for them: what Warp or a kernel prints goes to the error stream.
"""

import json
import os
import resource
import sys
import time
import traceback
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import warp as wp

from warpsmith import bridge
from warpsmith.errors import WarpsmithError
from warpsmith.record import Stage
from warpsmith.verify.compilation import Compilation, compile_all, cpu_compiler, cuda_compiler
from warpsmith.verify.copies import SpoiledError, in_a_copy
from warpsmith.verify.execution import Subject, judge_gradient, judge_run, one_line, subject
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
        order = json.loads(line)
        events.write('["begun"]\n')
        try:
            examiner = _serve(order, examiner, events)
        except Exception as error:  # noqa: BLE001 - it would else be taken for a kernel's fault
            traceback.print_exc()
            events.write(json.dumps(["fault", one_line(error)]) + "\n")
            return


def _serve(order: dict[str, Any], examiner: "Examiner | None", events: TextIO) -> "Examiner":
    """Carry out an order; return who knows its batch."""
    if batch := order["batch"]:
        if examiner:
            examiner.release()
        wp.config.kernel_cache_dir = batch["kernel_cache"]
        resource.setrlimit(resource.RLIMIT_AS, (batch["memory_bytes"], resource.RLIM_INFINITY))
        examiner = Examiner(batch, Reporter(events, batch["compile_seconds"], batch["kernel_seconds"]))
    assert examiner is not None
    how = examiner.examine(order["stage"], order["numbers"], frozenset(order["narrow"]))
    examiner.reporter.say(*(["died", how] if how not in ("", "spoiled") else [how or "finished"]))
    return examiner


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

    def examine(self, stage: Stage, numbers: list[int], narrow: frozenset[int]) -> str:
        """Take kernels through a stage, in a copy of this process where they are launched.

        `narrow` are those whose twin is not to be launched. Returns how the copy ended, nothing where all went well.
        """
        if stage == "compiles_cuda":
            self._cuda(frozenset(numbers))
            return ""
        native = self._native()
        objects = _objects(native)
        wanted = [number for number in numbers if number in objects]
        if stage == "compiles_cpu":
            self._tell(native, stage, frozenset(numbers))
            return ""
        if stage == "runs":
            return in_a_copy(partial(self._run, wanted, objects))
        return self._gradients(wanted, objects, narrow)

    def release(self) -> None:
        """Let the code and the kernels of the batch go."""
        for piece in (piece for compilation in self._kept.values() for piece in compilation.pieces):
            piece.code.unload()
        for one in self.subjects.values():
            bridge.release(one.definition)

    def _native(self) -> Compilation[bridge.LoadedObject]:
        """Compile in native precision, where the adjoint of what has a twin is checked."""
        if not self.subjects:
            self._define()
        self.reporter.doing("compiles_cpu")
        parts = [one.part._replace(checked=number in self.twinned) for number, one in self.subjects.items()]
        return self._compiled("native", parts, wide=False)

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
        begun = time.perf_counter()
        twinned = self.twinned & objects.keys()
        self.reporter.doing("gradient", wide=True)
        twins = _objects(self._adjoints("twins", [] if twinned <= narrow else sorted(twinned), wide=True))
        self.reporter.doing("gradient")
        for number in sorted(twinned & (narrow | (twinned - twins.keys()))):
            objects = objects | _objects(self._adjoints(f"narrow {number}", [number], wide=False))
        shared = (time.perf_counter() - begun) / max(1, len(wanted))
        launched = {number: twins[number] for number in sorted(twins.keys() - narrow)}
        return in_a_copy(partial(self._check, wanted, objects, launched, shared))

    def _adjoints(self, name: str, numbers: list[int], *, wide: bool) -> Compilation[bridge.LoadedObject]:
        return self._compiled(name, [self.subjects[number].part for number in numbers], wide=wide)

    def _check(self, numbers: list[int], objects: Objects, twins: Objects, shared: float) -> None:
        for number in numbers:
            wide = number in twins
            self.reporter.doing("gradient", number, wide=wide)
            on_adjoint = partial(self.reporter.doing, "gradient", number, wide=wide, adjoint=True)
            code = twins.get(number, objects[number])
            self._found(number, judge_gradient(self.subjects[number], code, on_adjoint, wide=wide), shared)

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
