"""Kernels taken through the stages by the hundred: in a process of its own, many to a unit, a verdict for each.

Kernels are launched in copies of that process, so one that crashes takes only a copy down. It is tried once more in a
fresh one, for what it met may have been damaged before; when it fails again, that is its verdict, and it is not run any
more. Where the process itself dies, a compiler's death or a launch that waits for ever, what was compiled is found
again in a folder of the verifier.
"""

import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Self

from warpsmith.errors import VerificationError
from warpsmith.record import Depth, Stage, Verdict
from warpsmith.verify.child import Child
from warpsmith.verify.reporting import ALL, allowance
from warpsmith.verify.stages import Finding, stages_of

COLUMNS = ("id", "kernel_name", "python_source", "launch", "cpp", "cpp_backward", "cuda")
"""The columns of a row that its examination needs."""
_ROOM_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class VerifyLimits:
    """How much a kernel may take: seconds of processor time for compiling a batch and for one kernel, and memory.

    About `batch` kernels share a unit. `kernel_seconds` are for a kernel's two launches, and for its adjoint; a check
    of the gradient, which launches it some twenty times, has ten times as long. A wall clock that is ten times as
    generous ends what waits and does not compute.
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
        for block in blocks(len(rows), self.limits.batch):
            chunk = {number: _needed(rows[number]) for number in block}
            with tempfile.TemporaryDirectory(dir=self._folder.name) as cache:
                examination = _Examination(self, chunk, cache)
                examination.finish(chunk)
                require_room(cache)
            judged += [_judgement(examination, number) for number in chunk]
        return judged


def require_room(folder: str) -> None:
    """Raise VerificationError where the disk of a folder takes no more: what failed on it may be no kernel's fault."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            os.posix_fallocate(file.fileno(), 0, _ROOM_BYTES)
    except OSError as error:
        place = Path(folder).parents[1]
        message = f"{place}: {error.strerror}; make room for temporary files, or name another folder in TMPDIR"
        raise VerificationError(message) from None


def blocks(rows: int, size: int) -> list[range]:
    """Return the numbers of rows in blocks of about a size, all alike: a small one at the end costs like a big one."""
    count = max(1, round(rows / size)) if rows else 0
    return [range(rows * number // count, rows * (number + 1) // count) for number in range(count)]


def _needed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in COLUMNS}


class _Death(NamedTuple):
    """What ended the child or a copy of it: what it was doing, and how it ended.

    `wide`: with a twin; `adjoint`: the forward launches of a gradient check were behind it.
    """

    stage: Stage
    number: int
    wide: bool
    adjoint: bool
    reason: str


class _Examination:
    """The examination of one batch, through as many deaths of the child as it takes."""

    def __init__(self, verifier: Verifier, rows: dict[int, dict[str, Any]], cache: str) -> None:
        self.verifier, self.cache = verifier, cache
        self.child = verifier.child
        self.rows = rows
        self.findings: dict[int, dict[Stage, Finding]] = {number: {} for number in rows}
        self.seconds: dict[int, Counter[Stage]] = {number: Counter() for number in rows}
        self.narrow: set[int] = set()
        self._undefinable: set[int] = set()
        self._known: tuple[int, tuple[int, ...]] | None = None
        self._deaths: Counter[tuple[Stage, int, bool]] = Counter()

    def finish(self, rows: dict[int, dict[str, Any]]) -> None:
        """Examine kernels that share their units until every stage of each has a finding.

        Raises:
            VerificationError: the child cannot work, or leaves out what it was given, or the disk is full.
        """
        while order := self._order(rows):
            self._give(rows, *order)
            death = self._heard(order[0])
            if death is None:
                if self._order(rows) == order:
                    raise VerificationError(f"nothing was found out about {order}; please report this")
                continue
            require_room(self.cache)
            if death.number == ALL and len(rows) > 1:
                numbers = list(rows)
                for half in (numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]):
                    self.finish({number: rows[number] for number in half})
            else:
                self._count(death._replace(number=next(iter(rows))) if death.number == ALL else death, death.number)

    def _order(self, rows: dict[int, dict[str, Any]]) -> tuple[Stage, list[int]] | None:
        """Return the first stage that is wanted of any kernel, and of which."""
        for stage in self.verifier.stages:
            if numbers := [number for number in rows if self._is_wanted(number, stage)]:
                # who died comes first in the fresh copy, before anybody can have damaged it
                return stage, sorted(numbers, key=lambda number: -self._died(stage, number))
        return None

    def _died(self, stage: Stage, number: int) -> int:
        return self._deaths[stage, number, False] + self._deaths[stage, number, True]

    def _is_wanted(self, number: int, stage: Stage) -> bool:
        findings = self.findings[number]
        if stage in findings or self.rows[number]["cuda" if stage == "compiles_cuda" else "cpp"] is None:
            return False
        failed = any(finding.passed is False and name != "gradient" for name, finding in findings.items())
        return not failed

    def _give(self, rows: dict[int, dict[str, Any]], stage: Stage, numbers: list[int]) -> None:
        """Order a stage; a child that does not have the batch, or another one, gets it too."""
        limits = self.verifier.limits
        kernels = {number: row for number, row in rows.items() if number not in self._undefinable}
        known = (self.child.start(), tuple(kernels))
        batch = {
            "cache": self.cache,
            "kernel_cache": self.verifier.kernel_cache,
            "preambles": self.verifier.preambles,
            "kernels": list(kernels.items()),
            "twins": "gradient" in self.verifier.stages,
            "compile_seconds": limits.compile_seconds,
            "kernel_seconds": limits.kernel_seconds,
            "memory_bytes": limits.memory_bytes,
        }
        order = {"stage": stage, "numbers": numbers, "narrow": sorted(self.narrow)}
        self.child.give(order | {"batch": None if known == self._known else batch})
        self._known = known

    def _heard(self, stage: Stage) -> _Death | None:
        """Listen until the child has nothing more to say of what it was given; return what ended it, if anything."""
        limits = self.verifier.limits
        number, wide, adjoint, begun = ALL, False, False, False
        while True:
            patience = allowance(stage, number, adjoint, limits.compile_seconds, limits.kernel_seconds)
            match self.child.await_event(10.0 * patience):
                case ["begun"]:
                    begun = True
                case ["doing", stage, number, wide, adjoint]:
                    pass
                case ["found", found, seconds, name, passed, reason, details]:
                    self._note(found, Finding(name, passed, reason, details))
                    self.seconds[found][name] += seconds
                case ["died", how]:
                    how = _cause("crashed", self.child.with_last_words(how))
                    return _Death(stage, number, wide, adjoint, how)
                case ["finished"] | ["spoiled"]:
                    return None
                case ["fault", text]:
                    require_room(self.cache)
                    raise VerificationError(f"the process that verifies failed: {text}")
                case None:
                    how = _cause(*self.child.fate())
                    if not begun:
                        raise VerificationError(f"the process that verifies cannot begin; it {how}")
                    return _Death(stage, number, wide, adjoint, how)

    def _note(self, number: int, finding: Finding) -> None:
        """Keep what was found out about a kernel; one that leaves infinities has no gradient, its twin or not."""
        self.findings[number].setdefault(finding.stage, finding)
        if "gradient" in self.verifier.stages and finding.details.get("finite") is False:
            details = {"gradient": "nondifferentiable"}
            self.findings[number]["gradient"] = Finding("gradient", None, "what it leaves is not finite", details)

    def _count(self, death: _Death, place: int) -> None:
        """Count a death; the second in the same place is a finding, and a twin that dies makes room for its kernel."""
        stage, number, wide, adjoint, reason = death
        self._deaths[stage, number, wide] += 1
        if self._deaths[stage, number, wide] < 2:
            return
        if stage == "compiles_cpu" and place != ALL:
            self._undefinable.add(number)
        if wide:
            self.narrow.add(number)
        elif stage != "gradient":
            self.findings[number][stage] = Finding(stage, False, f"it {reason}")
        elif place == ALL:
            self.findings[number][stage] = Finding(stage, None, f"not checked: compiling its adjoint {reason}")
        elif adjoint:
            details = {"gradient": "mismatch", "gradient_error": None}
            self.findings[number][stage] = Finding(stage, False, f"its adjoint {reason}", details)
        else:
            details = {"gradient": "nondifferentiable"}
            self.findings[number][stage] = Finding(stage, None, f"at inputs next to these it {reason}", details)


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
