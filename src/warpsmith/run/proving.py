"""Records are proved before they are kept: one that fails is rejected, and drawn anew until one passes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Self

from warpsmith.errors import GenerationError
from warpsmith.record import Record, Rejection, Stage
from warpsmith.run.config import JobConfig
from warpsmith.run.draw import MAX_REJECTIONS, Drawer, Drawn
from warpsmith.verify.stages import stages_of
from warpsmith.verify.verifier import Judgement, Verifier

BLOCK = 256
"""About so many records are drawn before they are proved together; verdicts do not depend on it."""

Renew = Callable[[int, int], Drawn]
"""Draws the record of a row anew, from an attempt on."""


class Prover:
    """Proves the records of a shard as deep as the job asks for; a context, for it keeps a process.

    `charge` is told what each stage of each record took.
    """

    def __init__(self, config: JobConfig, drawer: Drawer, charge: Callable[[Mapping[Stage, float]], None]) -> None:
        self.config, self.drawer, self.charge = config, drawer, charge
        self._verifier: Verifier | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._verifier:
            self._verifier.close()

    def proved(self, drawn: dict[int, Drawn], renew: Renew) -> dict[int, Drawn]:
        """Return the rows with their verdicts; those that failed are replaced.

        Raises GenerationError where `MAX_REJECTIONS` kernels of a row failed one after the other.
        """
        if not stages_of(self.config.verify):
            return drawn
        proved, waiting, failures = dict(drawn), list(drawn), dict.fromkeys(drawn, 0)
        while waiting:
            judgements = self._judgements([proved[row].record for row in waiting])
            again = []
            for row, judgement in zip(waiting, judgements, strict=True):
                self.charge(judgement.seconds)
                record = replace(proved[row].record, verdict=judgement.verdict)
                failed = self._rejection(record, judgement)
                if failed is None:
                    proved[row] = proved[row]._replace(record=record)
                    continue
                self.drawer.rejections.append(failed)
                failures[row] += 1
                if failures[row] == MAX_REJECTIONS:
                    raise GenerationError(f"{MAX_REJECTIONS} kernels of record {row} failed, at last {failed.reason}")
                proved[row] = renew(row, proved[row].attempt + 1)
                again.append(row)
            waiting = again
        return proved

    def _judgements(self, records: list[Record]) -> list[Judgement]:
        if self._verifier is None:
            self._verifier = Verifier(self.config.verify, self.drawer.preambles)
        return self._verifier.judge([record.row() for record in records])

    def _rejection(self, record: Record, judgement: Judgement) -> Rejection | None:
        if judgement.failed:
            return _rejected(record, judgement.failed, judgement.reason)
        if self.config.mismatch == "reject" and record.verdict.gradient == "mismatch":
            return _rejected(record, "gradient", record.verdict.gradient_reason or "mismatch")
        return None


def _rejected(record: Record, stage: str, reason: str) -> Rejection:
    return Rejection(stage, reason, reason, record.source)
