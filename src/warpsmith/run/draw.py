"""One record of a job: draw a kernel, take it through Warp, draw again where the shape is known or Warp refuses it."""

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.dataset.layout import Slot
from warpsmith.dataset.manifest import versions
from warpsmith.dataset.near.barrier import Barrier
from warpsmith.dataset.near.sketch import Sketch, sketch
from warpsmith.dataset.statistics import measured
from warpsmith.errors import GenerationError, WarpsmithError
from warpsmith.extract import extract_source
from warpsmith.manner.measures import Measures
from warpsmith.record import KernelCode, KernelSource, Provenance, Record, Rejection, Verdict
from warpsmith.run.plan import Plan
from warpsmith.seeds import stream
from warpsmith.synth import Draft, SeededChoices, write_ordered
from warpsmith.synth.adjoints import wrong_forms

MAX_DRAWS = 1000
MAX_REJECTIONS = 20

Known = Callable[[str], bool]


class Drawn(NamedTuple):
    """A record, the sketch and the measures of its `python_source`, and which attempt gave it.

    The syntax tree itself is not kept: a block of them is more than the garbage collector should go through.
    """

    record: Record
    sketch: Sketch
    measures: Measures | None
    attempt: int


class Drawer:
    """Makes the records of one shard; what fails on the way is kept in `rejections`.

    `avoided` counts the kernels that a job for differentiable ones has passed over, `barred` those that were too near
    to the kernels behind a barrier.
    """

    def __init__(self, plan: Plan, slot: Slot, barrier: Barrier | None = None) -> None:
        self.plan, self.slot = plan, slot
        self.rejections: list[Rejection] = []
        self.preambles: dict[str, str] = {}
        self.avoided = self.barred = 0
        self._barrier = barrier
        self._versions = versions()

    def new_record(self, index: int, first_attempt: int, known: Known) -> Drawn:
        """Return the first record from this attempt on whose shape is not known.

        Raises GenerationError where `MAX_DRAWS` draws gave nothing new, or `MAX_REJECTIONS` of them failed.
        """
        rejected = len(self.rejections)
        for attempt in range(first_attempt, first_attempt + MAX_DRAWS):
            draft = self._written(index, attempt)
            if isinstance(draft, Rejection):
                self._reject(draft, index, rejected)
                continue
            source, tree = draft
            shape = fingerprint(tree)
            if known(shape):
                continue
            sketched = sketch(source.python_source)
            if self._barrier and (self._barrier.has_shape(shape) or self._barrier.has_near(sketched)):
                self.barred += 1
                continue
            code = self._code(source)
            if self._is_avoided(tree, code):
                self.avoided += 1
                continue
            if isinstance(code, KernelCode):
                measures = measured(tree, source.kernel_name)
                return Drawn(self._record(source, shape, code), sketched, measures, attempt)
            self._reject(code, index, rejected)
        message = f"{self._what(index)}: {MAX_DRAWS} draws gave no new shape"
        raise GenerationError(f"{message}; ask for fewer kernels, or {self._remedy()}")

    def _reject(self, rejection: Rejection, index: int, before: int) -> None:
        self.rejections.append(rejection)
        if len(self.rejections) - before == MAX_REJECTIONS:
            raise GenerationError(f"{self._what(index)}: {MAX_REJECTIONS} kernels failed, at last {rejection.reason}")

    def _remedy(self) -> str:
        if self._barrier:
            return "leave out `--against` and `--exclude`, which may leave no room"
        if self.plan.config.differentiable:
            return "leave out `--differentiable`, which they may not be able to be"
        if not isinstance(self.plan.config.profile, str):
            return "learn the profile from more code, it knows too little"
        return "for more categories and levels"

    def record(self, index: int, attempt: int) -> Drawn:
        """Make the record of a known attempt again; raises GenerationError where it fails this time."""
        source, tree = self._draft(index, attempt)
        code = self._code(source)
        if isinstance(code, Rejection):
            raise GenerationError(f"{self._what(index)}: record {index} failed when it was made again, {code.reason}")
        sketched, measures = sketch(source.python_source), measured(tree, source.kernel_name)
        return Drawn(self._record(source, fingerprint(tree), code), sketched, measures, attempt)

    def _is_avoided(self, tree: ast.Module, code: KernelCode | Rejection) -> bool:
        """Tell whether a kernel has a form whose adjoint Warp gets wrong, and none is wanted."""
        return (
            self.plan.config.differentiable and isinstance(code, KernelCode) and bool(wrong_forms(tree, code.overloads))
        )

    def _written(self, index: int, attempt: int) -> Draft | Rejection:
        """Write a kernel; a bug of the writer that shows once in a hundred thousand kernels must not end a long job."""
        try:
            return self._draft(index, attempt)
        except WarpsmithError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is one sample that failed
            reason = f"{type(error).__name__}: {error}"
            return Rejection("writes", reason, f"record {index}, attempt {attempt}: {reason}", self._unwritten(index))

    def _unwritten(self, index: int) -> KernelSource:
        order = self.plan.order(index)
        return KernelSource("", "", order.category or "", "", order.level or 0, provenance=self._provenance(index))

    def _draft(self, index: int, attempt: int) -> Draft:
        choices = SeededChoices(stream(self.plan.config.seed, self.slot.number, index, attempt))
        source, tree = write_ordered(choices, self.plan.order(index))
        return Draft(replace(source, provenance=self._provenance(index)), tree)

    def _provenance(self, index: int) -> Provenance:
        return Provenance("synth", seed=self.plan.config.seed, shard=self.slot.number, index=index)

    def _code(self, source: KernelSource) -> KernelCode | Rejection:
        return extract_source(source, self.plan.config.targets, ptx=self.plan.config.ptx)

    def _record(self, source: KernelSource, shape: str, code: KernelCode) -> Record:
        for column, target in (("cpp", code.cpu), ("cuda", code.cuda)):
            if target and self.preambles.setdefault(column, target.preamble) != target.preamble:
                raise GenerationError(f"kernel {source.id} has a {column} preamble of its own; report this as a bug")
        return Record(source, code, shape, Verdict(), self._versions["warp"], self._versions["warpsmith"])

    def _what(self, index: int) -> str:
        return self.plan.order(index).words
