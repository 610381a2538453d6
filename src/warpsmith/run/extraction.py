"""Kernels that people wrote to a data set: the modules of targets over workers, and what they yield in their order."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from warpsmith.dataset.layout import DATA, WORK
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.store import Store
from warpsmith.discover.targets import ModuleTarget, module_targets
from warpsmith.errors import DatasetError, ExtractionError
from warpsmith.run.collecting import collect
from warpsmith.run.events import Reporter, Silent
from warpsmith.run.folder import claimed
from warpsmith.run.modules import Chunk, Errand, Patience, file_of, harvest
from warpsmith.run.people import PeopleConfig
from warpsmith.run.state import WorkFolder
from warpsmith.run.sweep import swept
from warpsmith.run.yields import Yield

_SMALLEST_CHUNK, _CHUNKS = 40, 8
"""At least so many modules of a package share its import, and it is imported about so often at most."""


class Extraction(NamedTuple):
    """A set that was extracted, how many modules were looked at, and why some were passed over, by what they are."""

    manifest: Manifest
    modules: int
    failures: list[tuple[str, str]]


def extract(
    config: PeopleConfig,
    folder: Path,
    *,
    workers: int,
    overwrite: bool = False,
    patience: Patience | None = None,
    reporter: Reporter | None = None,
) -> Extraction:
    """Fill a folder with records of the kernels of files, modules and packages, whose code is EXECUTED.

    The bytes do not depend on `workers`; 0 means the calling process. What cannot be imported is passed over.

    Raises:
        UsageError: a target is not there, or the folder cannot be used.
        ExtractionError: nothing came out; the reporter was told why.
        DatasetError: the disk takes no more.
    """
    reporter = reporter or Silent()
    targets = module_targets(config.targets)
    try:
        with claimed(folder, resume=False, overwrite=overwrite):
            work = WorkFolder(Store(folder))
            work.make()
            errand = Errand(config.wanted, folder / WORK, config.license_allow, patience or Patience())
            chunks = list(_chunks(targets, errand))
            swept_up = swept(chunks, harvest, rows=len(targets), workers=workers, reporter=reporter)
            results = sorted((one for several in swept_up for one in several), key=lambda one: one.number)
            failures = [(targets[one.number].shown, one.failure) for one in results if one.failure]
            for shown, failure in failures:
                reporter.note(f"{shown}: {failure}")
            if not any(one.records for one in results):
                work.remove()
                (folder / DATA).rmdir()
                rejected = sum(one.rejected for one in results)
                seen = f"{rejected:,} kernels, none of which could be kept" if rejected else "no kernels"
                raise ExtractionError(f"nothing came out: {len(targets):,} modules with {seen}")
            yields = (line for one in results if not one.failure for line in _lines(file_of(folder / WORK, one.number)))
            manifest = collect(folder, config, yields)
            work.remove()
            return Extraction(manifest, len(targets), failures)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise DatasetError(f"{folder}: {reason}; mend that and start again with `--overwrite`") from error
    finally:
        reporter.end()


def _chunks(targets: Sequence[ModuleTarget], errand: Errand) -> Iterator[Chunk]:
    """Yield the targets in chunks of one package each, which do not depend on how many workers there are.

    A file that is in no package is a chunk by itself.
    """
    packages: dict[str, list[int]] = {}
    for number, target in enumerate(targets):
        key = f"{target.root}:{target.package}" if target.is_in_package or target.kind == "package" else f"{number}"
        packages.setdefault(key, []).append(number)
    shard = 0
    for numbers in packages.values():
        size = max(_SMALLEST_CHUNK, -(-len(numbers) // _CHUNKS))
        for some in (numbers[start : start + size] for start in range(0, len(numbers), size)):
            yield Chunk(shard, tuple((number, targets[number]) for number in some), errand)
            shard += 1


def _lines(file: Path) -> Iterator[Yield]:
    with file.open("rb") as content:
        for line in content:
            yield msgspec.json.decode(line, type=Yield)
