"""Pairs from Python: one from a kernel at hand, some by the dozen, or a whole data set."""

import os
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.dataset.layout import Slot
from warpsmith.dataset.manifest import Manifest, versions
from warpsmith.dataset.objects import store_at
from warpsmith.errors import ExtractionError
from warpsmith.extract import extract_source
from warpsmith.record import KernelSource, Record, Rejection, Verdict
from warpsmith.run.config import make_config
from warpsmith.run.draw import Drawer
from warpsmith.run.job import run_job
from warpsmith.run.plan import Plan
from warpsmith.synth.profiles import BALANCED


def synthesize_pair(spec: KernelSource, device: str = "both", *, ptx: bool = False) -> Record:
    """Return a kernel together with the code that Warp makes of it for ``"cpu"``, ``"cuda"`` or ``"both"``.

    `spec` is what `generate_kernel` returns, or any `KernelSource`; its text is executed.

    Raises:
        UsageError: the device is unknown.
        ExtractionError: Warp refuses the kernel; the message says at which stage and why.
    """
    code = extract_source(spec, make_config({"device": device}).targets, ptx=ptx)
    if isinstance(code, Rejection):
        raise ExtractionError(f"kernel {spec.kernel_name!r} ({code.stage}): {code.message}")
    known = versions()
    return Record(spec, code, fingerprint(spec.python_source), Verdict(), known["warp"], known["warpsmith"])


def synthesize_batch(
    n: int, seed: int = 0, categories: str | Sequence[str] | None = None, device: str = "both"
) -> list[Record]:
    """Return `n` new kernels with their code, no two of the same shape; the same arguments give the same records.

    They are those of a job with one shard: categories and levels take turns.

    Raises:
        UsageError: n is less than 1, or a category or the device is unknown.
        GenerationError: there are no more new shapes.
    """
    options = {"count": n, "seed": seed, "device": device, "profile": BALANCED, "categories": categories or None}
    drawer = Drawer(Plan(make_config(options)), Slot(0, 1, 0, n))
    shapes: set[str] = set()
    records = []
    for index in range(n):
        record = drawer.new_record(index, 0, shapes.__contains__).record
        shapes.add(record.fingerprint)
        records.append(record)
    return records


def run_pipeline(
    n: int,
    output_dir: str | os.PathLike[str],
    seed: int = 0,
    *,
    workers: int = 0,
    resume: bool = False,
    overwrite: bool = False,
    engine: str = "local",
    address: str | None = None,
    **options: Any,
) -> Manifest:
    """Fill a folder, or the place of a URI, with `n` kernels, as ``warpsmith generate`` does; return the manifest.

    `options` are the other options of the command by their long names: `profile`, `categories`, `level`, `device`,
    `format`, `ptx`, `verify`, `mismatch`, `splits`, `against`, `exclude`, `shard_size`. `workers` 0 means this process;
    more start processes, so a script that asks for them needs the usual ``if __name__ == "__main__":``. The bytes are
    the same either way. `engine` ``"ray"`` has it done on the cluster at `address`.

    Raises:
        UsageError: an option cannot be, or the folder is not empty and neither `resume` nor `overwrite` is given.
        GenerationError: there are no more new shapes.
        DatasetError: the disk takes no more; what is complete stays valid.
    """
    given = {**options, "count": n, "seed": seed}
    with closing(store_at(os.fspath(output_dir))) as store:
        return run_job(
            given, store, workers=workers, resume=resume, overwrite=overwrite, engine=engine, address=address
        )
