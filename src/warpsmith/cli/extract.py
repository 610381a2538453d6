"""`warpsmith extract`: records of kernels that people wrote."""

import os
import time
from pathlib import Path

import click


@click.command(short_help="Make records of the kernels of files, modules and packages. Executes them.")
@click.argument("targets", nargs=-1, required=True, metavar="FILE|FILE.py:KERNEL|FOLDER|MODULE|PACKAGE...")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder of the data set.")
@click.option(
    "-d", "--device", metavar="cpu|cuda|both", default="both", help="Whose code to generate.  [default: both]"
)
@click.option("--format", "form", metavar="parquet|jsonl|json", default="parquet", help="[default: parquet]")
@click.option("--license-allow", metavar="LIST", help="Keep only kernels under these licences: Apache-2.0,MIT,…")
@click.option("--import-seconds", type=float, default=120.0, help="Deadline of an import.  [default: 120]")
@click.option("--workers", type=int, help="Worker processes; the bytes do not depend on it.  [default: one a core]")
@click.option("--overwrite", is_flag=True, help="Replace the data set that is in the folder.")
def extract(
    *,
    targets: tuple[str, ...],
    output: Path,
    device: str,
    form: str,
    license_allow: str | None,
    import_seconds: float,
    workers: int | None,
    overwrite: bool,
) -> int:
    """Extract the live kernels of Python files, modules and installed packages, and what Warp makes of them.

    The modules are IMPORTED, so their code is EXECUTED, with your rights and without a sandbox: do not extract what you
    would not run. Each is imported in a process of its own; what raises, hangs or ends it is passed over and said.

    Every kernel is cut loose: its text gets the functions, structs and constants that it needs, and is proved by
    executing it and comparing the code that Warp makes of it.
    """
    from warpsmith.cli.draw.people import print_extraction
    from warpsmith.cli.draw.progress import reporter_for_terminal
    from warpsmith.errors import UsageError
    from warpsmith.run.extraction import extract as run
    from warpsmith.run.modules import Patience
    from warpsmith.run.people import people_config

    if not import_seconds > 0.0:
        raise UsageError(f"import_seconds is {import_seconds:g}; use a number above 0")
    config = people_config("extract", targets, device, form, license_allow)
    workers = checked_workers(workers)
    reporter = reporter_for_terminal("modules")
    started = time.perf_counter()
    extraction = run(
        config, output, workers=workers, overwrite=overwrite, patience=Patience(import_seconds), reporter=reporter
    )
    print_extraction(output, extraction, time.perf_counter() - started)
    return 0


def checked_workers(workers: int | None) -> int:
    """Return how many workers there are; raises UsageError for fewer than one."""
    from warpsmith.errors import UsageError

    if workers is not None and workers < 1:
        raise UsageError(f"workers is {workers}; use a number from 1 up")
    return workers or os.cpu_count() or 1
