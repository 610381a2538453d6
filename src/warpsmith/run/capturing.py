"""Recording the kernels that a program builds and launches, and making records of them when it is done."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from warpsmith import bridge
from warpsmith.discover.findings import LiveKernel, live_kernel
from warpsmith.discover.licences import distribution_of
from warpsmith.discover.recipes import recipe_of
from warpsmith.record import TARGETS, Provenance, Record, Rejection, Target
from warpsmith.run.harvest import Harvester


class Capture(list[Record]):
    """The records of the kernels that were captured, filled when the capture ends; `rejections` are the others."""

    def __init__(self) -> None:
        super().__init__()
        self.rejections: list[Rejection] = []


class Recorder:
    """Keeps the kernels that were built, in the order in which they came up, and the first launch of each."""

    def __init__(self) -> None:
        self._kernels: dict[int, bridge.Kernel] = {}
        self._recipes: dict[int, str] = {}

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Record what is built and launched inside a ``with`` block."""
        with bridge.witnessing(self._built, self._launched):
            yield

    def _built(self, kernels: list[bridge.Kernel]) -> None:
        for kernel in kernels:
            self._kernels.setdefault(id(kernel), kernel)

    def _launched(self, kernel: bridge.Kernel, launch: bridge.Launch) -> None:
        self._kernels.setdefault(id(kernel), kernel)
        if id(kernel) not in self._recipes:
            self._recipes[id(kernel)] = ""
            with suppress(Exception):  # whatever an argument is like, the program goes on
                self._recipes[id(kernel)] = recipe_of(kernel, launch)

    def harvested(self, targets: tuple[Target, ...] = TARGETS) -> Capture:
        """Return the records of what was recorded, by file and line."""
        capture = Capture()
        with bridge.accelerated():
            for live in sorted((live_kernel(one) for one in self._kernels.values()), key=_place):
                made = self._made(live, targets)
                capture.append(made) if isinstance(made, Record) else capture.rejections.append(made)
        capture.sort(
            key=lambda one: (
                one.source.provenance.path or "",
                one.source.provenance.line or 0,
                one.source.python_source,
            )
        )
        return capture

    def _made(self, live: LiveKernel, targets: tuple[Target, ...]) -> Record | Rejection:
        package = (live.kernel.func.__module__ or "").partition(".")[0]
        provenance = provenance_of(live)
        harvester = Harvester(targets, provenance.package or (Path(provenance.path or package).stem))
        return harvester.record(live, provenance, self._recipes.get(id(live.kernel)) or None)


def provenance_of(live: LiveKernel) -> Provenance:
    """Return where a captured kernel stands: the installed package that it is of, or a file of the program."""
    file = bridge.source_file(live.kernel)
    package = (live.kernel.func.__module__ or "").partition(".")[0]
    root = _installed_below(file)
    found = distribution_of(package) if root else None
    shown = os.path.relpath(file, root) if root else os.path.relpath(file)
    if shown.startswith(".."):
        shown = Path(file).name
    if found is None:
        return Provenance("capture", path=shown, line=live.line)
    return Provenance("capture", found.name, found.version, found.license, shown, live.line)


def _installed_below(file: str) -> str:
    """Return the folder that packages are installed in and a file stands below, or nothing."""
    places = [entry for entry in sys.path if entry.endswith(("site-packages", "dist-packages"))]
    return next((place for place in places if file.startswith(os.path.realpath(place) + os.sep)), "")


def _place(live: LiveKernel) -> tuple[str, int, str, str]:
    return bridge.source_file(live.kernel), live.line, live.kernel.key, live.kernel.sig


@contextmanager
def capture() -> Iterator[Capture]:
    """Record every kernel that is built or launched inside a ``with`` block: ``with warpsmith.capture() as kernels:``.

    When the block is left, also by an exception, `kernels` has a record of each, with the first launch that was seen.
    """
    found, recorder = Capture(), Recorder()
    try:
        with recorder.recording():
            yield found
    finally:
        made = recorder.harvested()
        found.extend(made)
        found.rejections.extend(made.rejections)
