"""One live kernel to a record: its code, its text cut loose, and the proof that the text gives the same code."""

import ast
from contextlib import suppress
from dataclasses import replace

from warpsmith import bridge
from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.dataset.manifest import versions
from warpsmith.discover.findings import LiveKernel
from warpsmith.discover.loose import Cutter, Loose, cut_loose
from warpsmith.errors import ExtractionError
from warpsmith.extract import counted_from, extract_kernel, extract_source
from warpsmith.extract.reasons import reason
from warpsmith.extract.sameness import same_code
from warpsmith.record import KernelCode, KernelSource, Provenance, Record, Rejection, Target, Verdict
from warpsmith.synth.complexity import complexity, level_of

Targets = tuple[Target, ...]
_HEAD = 4
"""The line of a record's text that a kernel which could not be cut loose starts at."""

_TILES = "tile_"
_WIDTHS = (32, 64, 128, 16, 8, 512)
"""Threads in a block that people launch tiles with, where it is not Warp's 256."""

_NO_TYPES = "it is generic, and nothing gives it types: capture a program that launches it"


class Harvester:
    """Makes records of the live kernels of one process."""

    def __init__(self, targets: Targets, category: str) -> None:
        self.targets, self.category = targets, category
        # what needs least comes first
        self._cutters = (Cutter(), Cutter(operators=True), Cutter(operators=True, settle=True))
        self._versions = versions()

    def record(self, live: LiveKernel, provenance: Provenance, launch: str | None = None) -> Record | Rejection:
        """Return the record of a kernel, or why there is none; `launch` is the recipe of one, where it is known."""
        own = replace(self._own_source(live, provenance), launch=launch)
        if live.kernel.is_generic:
            return Rejection("generates", _NO_TYPES, _NO_TYPES, own)
        try:
            code = _code_of(live.kernel, self.targets)
        except ExtractionError as error:
            of_width = self._of_other_width(live, own) if _TILES in own.python_source else None
            return of_width or Rejection("generates", reason(str(error)), str(error), own)
        return self._record(*self._loose(live, own, code))

    def _of_other_width(self, live: LiveKernel, own: KernelSource) -> Record | None:
        """Return the record of a kernel whose tiles want another number of threads in a block than is usual."""
        for threads in _WIDTHS:
            with bridge.block_width(live.kernel, threads), suppress(ExtractionError):
                return self._record(*self._loose(live, own, _code_of(live.kernel, self.targets)))
        return None

    def _own_source(self, live: LiveKernel, provenance: Provenance) -> KernelSource:
        text = f"import warp as wp\n\n\n{bridge.own_source(live.kernel).rstrip()}\n"
        return KernelSource(text, live.name, self.category, live.description, 1, provenance=provenance)

    def _loose(self, live: LiveKernel, own: KernelSource, code: KernelCode) -> tuple[KernelSource, KernelCode]:
        """Return the kernel as a text that is proved, or as it is where none is found."""
        reasons = []
        for cutter in self._cutters:
            try:
                loose = cut_loose(live.kernel, cutter)
            except ExtractionError as error:
                reasons.append(str(error))
                continue
            found = self._proved(replace(own, python_source=loose.text), loose, code)
            if isinstance(found, KernelCode):
                return replace(own, python_source=loose.text), found
            reasons.append(found)
        return replace(own, bound_by=reasons[0]), counted_from(code, bridge.first_line(live.kernel) - _HEAD)

    def _proved(self, source: KernelSource, loose: Loose, code: KernelCode) -> KernelCode | str:
        targets = tuple(target for target in self.targets if getattr(code, target) is not None)
        with bridge.default_config():
            found = extract_source(source, targets)
        if isinstance(found, Rejection):
            return f"cut loose, it fails: {found.reason}"
        if not same_code(code, found, quotes=not loose.rewritten):
            return "cut loose, it gives other code"
        return found

    def _record(self, source: KernelSource, code: KernelCode) -> Record:
        tree = ast.parse(source.python_source)
        known = replace(source, level=level_of(complexity(tree)))
        return Record(known, code, fingerprint(tree), Verdict(), self._versions["warp"], self._versions["warpsmith"])


def _code_of(kernel: bridge.Kernel, targets: Targets) -> KernelCode:
    """Return the code of a kernel for the targets that Warp takes it for; raises ExtractionError where it is none."""
    try:
        return extract_kernel(kernel, targets)
    except ExtractionError:
        for target in targets if len(targets) > 1 else ():
            try:
                return extract_kernel(kernel, (target,))
            except ExtractionError:
                continue
        raise
