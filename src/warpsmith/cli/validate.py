"""`warpsmith validate`: whether a data set is what it says."""

import os
from pathlib import Path

import click


@click.command(short_help="Check every file and row of a data set.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--compile", "compile_count", type=int, default=0, metavar="N", help="Compile N of the kernels as well.")
@click.option("--workers", type=int, help="Worker processes.  [default: one a core]")
def validate(folder: Path, compile_count: int, workers: int | None) -> int:
    """Check a data set: columns, digests, counts, and that no id and no shape stands twice.

    Every kernel is EXECUTED and taken through Warp again, and what comes out is compared with the row to the letter, so
    do not validate a set from people that you do not trust. With --compile, a sample (the same one every time) goes
    through Warp's compilers too: C++ to an object, CUDA to PTX.

    Exit codes: 0 all is well, 1 something was found, 2 this is no finished data set.
    """
    from warpsmith.cli.draw.progress import reporter_for_terminal
    from warpsmith.cli.draw.tables import print_findings
    from warpsmith.errors import UsageError
    from warpsmith.run.validation import validate as check

    if compile_count < 0:
        raise UsageError(f"compile is {compile_count}; use a number from 0 up")
    if workers is not None and workers < 1:
        raise UsageError(f"workers is {workers}; use a number from 1 up")
    found = check(
        folder,
        workers=workers or os.cpu_count() or 1,
        compile_count=compile_count,
        reporter=reporter_for_terminal(),
    )
    print_findings(folder, found)
    return 1 if found.findings else 0
