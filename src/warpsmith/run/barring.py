"""The kernels that a job keeps away from: those of earlier sets, and code that is to stay out."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from warpsmith.dataset.atomic import aside
from warpsmith.dataset.layout import WORK
from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.near.barrier import Barrier, write_barrier
from warpsmith.dataset.near.foreign import Foreign, kernels_of_code, kernels_of_set_file
from warpsmith.dataset.near.keys import Keys, KeysFile, whole
from warpsmith.dataset.near.sketch import Sketch, sketch
from warpsmith.dataset.store import Store
from warpsmith.errors import UsageError
from warpsmith.run.config import Barred, JobConfig

BARRIER = f"{WORK}/barrier"


class Sources(msgspec.Struct, frozen=True):
    """Where the kernels are that a job keeps away from: folders of data sets, and packages or paths of code."""

    against: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.against or self.exclude)


class SketchTask(msgspec.Struct, frozen=True, kw_only=True):
    """Some of these kernels to sketch: those of a file of a data set, or of code where there is no file."""

    store: Store
    number: int
    source: str
    file: str | None

    @property
    def keys(self) -> str:
        """The name of the file that their keys go to."""
        return f"{BARRIER}-{self.number:05d}.keys"


def resolved(options: Mapping[str, Any]) -> tuple[dict[str, Any], Sources]:
    """Return options in which what stays out is named by its content, and where that is to be found.

    Raises:
        UsageError: an option names no code with kernels.
        DatasetError: it names no data set.
    """
    given = {name: _listed(name, options.get(name)) for name in ("against", "exclude")}
    # a folder is a folder wherever a resumed run is started from; a package is not
    sources = Sources(
        tuple(str(Path(one).absolute()) for one in given["against"]), tuple(map(_anchored, given["exclude"]))
    )
    rest = {name: value for name, value in options.items() if name not in given}
    if sources.against:
        rest["against"] = tuple(map(_set, sources.against))
    if sources.exclude:
        rest["exclude"] = tuple(map(_code, sources.exclude))
    return rest, sources


def _listed(name: str, value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    values = [value] if isinstance(value, str | Path) else value
    if not isinstance(values, list | tuple) or not all(isinstance(one, str | Path) and str(one) for one in values):
        raise UsageError(f"{name} is {value!r}; use a path, or a list of such")
    return tuple(map(str, values))


def _anchored(target: str) -> str:
    return str(Path(target).absolute()) if Path(target).exists() else target


def _set(folder: str) -> Barred:
    manifest = read_manifest(Path(folder))
    contents = (shard.content.encode() for shard in manifest.shards)
    return Barred(Path(folder).name, manifest.rows, _digest(contents))


def _code(target: str) -> Barred:
    kernels = list(kernels_of_code(target))
    return Barred(Path(target).name, len(kernels), _digest(kernel.source.encode() for kernel in kernels))


def _digest(texts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(len(text).to_bytes(8, "little") + text)
    return digest.hexdigest()[:16]


def sketch_tasks(store: Store, sources: Sources) -> list[SketchTask]:
    """Return what is to be sketched before a barrier can be built."""
    files = [(folder, entry.path) for folder in sources.against for entry in read_manifest(Path(folder)).files]
    pieces: list[tuple[str, str | None]] = [*files, *((target, None) for target in sources.exclude)]
    return [
        SketchTask(store=store, number=number, source=source, file=file) for number, (source, file) in enumerate(pieces)
    ]


def sketch_foreign(task: SketchTask) -> int:
    """Do a task and return how many kernels there were."""
    keys, count = KeysFile(), 0
    for kernel in _kernels(task):
        keys.append(kernel.fingerprint, sketch(kernel.source))
        count += 1
    keys.write(aside(task.store.folder / task.keys))
    task.store.settle([task.keys])
    return count


def _kernels(task: SketchTask) -> Iterator[Foreign]:
    if task.file is None:
        return kernels_of_code(task.source)
    return kernels_of_set_file(Path(task.source), task.file)


def build_barrier(store: Store, tasks: Iterable[SketchTask]) -> None:
    """Put together what was sketched."""
    kernels = (kernel for task in tasks for kernel in _all_keys(Keys.open(store.fetch(task.keys))))
    write_barrier(store.folder / BARRIER, kernels)
    store.settle([BARRIER])


def _all_keys(keys: Keys) -> Iterator[tuple[str, Sketch]]:
    for row in range(len(keys)):
        yield whole(keys.fingerprints[row]), Sketch(keys.shingles(row), keys.bands[row])


def barrier_of(config: JobConfig, store: Store) -> Barrier | None:
    """Return the barrier of a job, which lies in its folder; None where it keeps away from nothing."""
    return _opened(store.fetch(BARRIER)) if config.against or config.exclude else None


@cache
def _opened(path: Path) -> Barrier:
    return Barrier(path)
