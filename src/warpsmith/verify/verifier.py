"""Kernels taken through the stages by the hundred: in a process of its own, many to a unit, a verdict for each.

Kernels are launched in copies of that process, so one that crashes takes only a copy down. It is tried once more in a
fresh one, for what it met may have been damaged before; when it fails again, that is its verdict, and it is not run any
more. Where the process itself dies, a compiler's death or a launch that waits for ever, what was compiled is found
again in a folder of the verifier.
"""

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from warpsmith.record import Depth, Stage, Verdict
from warpsmith.verify.child import Child
from warpsmith.verify.stages import Finding, stages_of

COLUMNS = ("id", "kernel_name", "python_source", "launch", "cpp", "cpp_backward", "cuda")
"""The columns of a row that its examination needs."""

_ALL = -1


@dataclass(frozen=True, slots=True)
class VerifyLimits:
    """How much a kernel may take: seconds of processor time for compiling a batch and for one kernel, and memory.

    `batch` kernels share a unit. A wall clock ten times as generous ends what waits and does not compute.
    """

    batch: int = 256
    compile_seconds: int = 1200
    kernel_seconds: int = 20
    memory_bytes: int = 4 << 30


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out about a kernel: the verdict, and where it failed, if anywhere, the stage and the reason."""

    verdict: Verdict
    failed: Stage | None = None
    reason: str = ""
    seconds: Mapping[Stage, float] = field(default_factory=dict)


class Verifier:
    """Judges kernels in one process of its own at a time; use it as a context, or `close` it."""

    def __init__(self, depth: Depth, preambles: Mapping[str, str], limits: VerifyLimits | None = None) -> None:
        self.stages = stages_of(depth)
        self.limits = limits or VerifyLimits()
        self.preambles = dict(preambles)
        self._folder = tempfile.TemporaryDirectory(prefix="warpsmith-")
        self.kernel_cache = self._folder.name
        self.child = Child("warpsmith.verify.examiner", self._folder.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process and forget what it compiled."""
        self.child.end()
        self._folder.cleanup()

    def judge(self, rows: Sequence[Mapping[str, Any]]) -> list[Judgement]:
        """Return the judgement of each row, in order; a row has the columns `COLUMNS`."""
        judged: list[Judgement] = []
        for start in range(0, len(rows), self.limits.batch):
            chunk = {number: _needed(row) for number, row in enumerate(rows[start : start + self.limits.batch])}
            with tempfile.TemporaryDirectory(dir=self._folder.name) as cache:
                examination = _Examination(self, chunk, cache)
                examination.finish(chunk)
            judged += [_judgement(examination, number) for number in chunk]
        return judged


def _needed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in COLUMNS}


class _Examination:
    """The examination of one batch, through as many deaths of the child as it takes."""

    def __init__(self, verifier: Verifier, rows: dict[int, dict[str, Any]], cache: str) -> None:
        self.verifier, self.cache = verifier, cache
        self.child = verifier.child
        self.rows = rows
        self.findings: dict[int, dict[Stage, Finding]] = {number: {} for number in rows}
        self.seconds: dict[int, Counter[Stage]] = {number: Counter() for number in rows}
        self.narrow: set[int] = set()
        self._deaths: Counter[tuple[Stage, int, bool]] = Counter()

    def finish(self, rows: dict[int, dict[str, Any]]) -> None:
        """Examine kernels that share their units until every stage of each has a finding."""
        while wanted := self._wanted(rows):
            death = self._attempt(rows, wanted)
            if death is None:
                return
            stage, number, wide, reason = death
            if number == _ALL and len(rows) > 1:
                numbers = list(rows)
                for half in (numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]):
                    self.finish({number: rows[number] for number in half})
                return
            self._count(stage, next(iter(rows)) if number == _ALL else number, wide, reason)

    def _wanted(self, rows: dict[int, dict[str, Any]]) -> dict[Stage, list[int]]:
        wanted: dict[Stage, list[int]] = {}
        for stage in self.verifier.stages:
            numbers = [number for number in rows if self._is_wanted(number, stage)]
            if numbers:
                # who died comes first in the fresh process, before anybody can have damaged it
                wanted[stage] = sorted(numbers, key=lambda number: -self._died(stage, number))
        return wanted

    def _died(self, stage: Stage, number: int) -> int:
        return self._deaths[stage, number, False] + self._deaths[stage, number, True]

    def _is_wanted(self, number: int, stage: Stage) -> bool:
        findings = self.findings[number]
        if stage in findings or self.rows[number]["cuda" if stage == "compiles_cuda" else "cpp"] is None:
            return False
        failed = any(finding.passed is False and name != "gradient" for name, finding in findings.items())
        return not failed

    def _attempt(
        self, rows: dict[int, dict[str, Any]], wanted: dict[Stage, list[int]]
    ) -> tuple[Stage, int, bool, str] | None:
        """Give the batch to the child and listen until it is finished; return what it died of, if it did."""
        limits = self.verifier.limits
        self.child.give(
            {
                "cache": self.cache,
                "kernel_cache": self.verifier.kernel_cache,
                "preambles": self.verifier.preambles,
                "kernels": list(rows.items()),
                "wanted": wanted,
                "twins": "gradient" in self.verifier.stages,
                "narrow": sorted(self.narrow),
                "compile_seconds": limits.compile_seconds,
                "kernel_seconds": limits.kernel_seconds,
                "memory_bytes": limits.memory_bytes,
            }
        )
        stage, number, wide = next(iter(wanted)), _ALL, False
        while True:
            patience = limits.compile_seconds if number == _ALL else limits.kernel_seconds
            match self.child.await_event(10.0 * patience):
                case None:
                    return stage, number, wide, _cause(*self.child.fate())
                case ["doing", stage, number, wide]:
                    pass
                case ["found", found, seconds, name, passed, reason, details]:
                    self.findings[found].setdefault(name, Finding(name, passed, reason, details))
                    self.seconds[found][name] += seconds
                case ["died", how]:
                    return stage, number, wide, _cause("crashed", self.child.with_last_words(how))
                case ["spoiled"]:
                    return self._again(rows)
                case ["finished"]:
                    return None

    def _again(self, rows: dict[int, dict[str, Any]]) -> tuple[Stage, int, bool, str] | None:
        wanted = self._wanted(rows)
        return self._attempt(rows, wanted) if wanted else None

    def _count(self, stage: Stage, number: int, wide: bool, reason: str) -> None:
        """Count a death; the second in the same place is a finding, and a twin that dies makes room for its kernel."""
        self._deaths[stage, number, wide] += 1
        if self._deaths[stage, number, wide] < 2:
            return
        if wide:
            self.narrow.add(number)
        elif stage == "gradient":
            details = {"gradient": "mismatch", "gradient_error": None}
            self.findings[number][stage] = Finding(stage, False, f"its adjoint {reason}", details)
        else:
            self.findings[number][stage] = Finding(stage, False, f"it {reason}")


def _cause(fate: str, how: str) -> str:
    if fate == "hung" or how.startswith("SIGXCPU"):
        return "does not end in time"
    return f"ends the process: {how}"


def _judgement(examination: _Examination, number: int) -> Judgement:
    findings = examination.findings[number]
    columns: dict[str, Any] = {}
    for stage, finding in findings.items():
        columns |= finding.details
        if stage != "gradient":
            columns[stage] = finding.passed
    if "gradient" in findings:
        columns["gradient_reason"] = findings["gradient"].reason or None
    failures = [(s, f.reason) for s, f in findings.items() if f.passed is False and s != "gradient"]
    failed, reason = failures[0] if failures else (None, "")
    return Judgement(Verdict(**columns), failed, reason, dict(examination.seconds[number]))
