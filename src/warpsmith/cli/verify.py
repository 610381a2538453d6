"""`warpsmith verify`: verdicts for the kernels of a set that exists."""

import os
from pathlib import Path

import click


@click.command(short_help="Compile, run and gradient-check the kernels of a data set.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--depth",
    metavar="compile|run|gradient",
    default="gradient",
    help="How far: it compiles for both targets, it runs on the CPU, its gradient agrees with differences.  "
    "[default: gradient]",
)
@click.option(
    "--mismatch",
    metavar="keep|reject",
    default="keep",
    help="What becomes of kernels whose gradient is wrong: kept, labelled, or rejected.  [default: keep]",
)
@click.option("--workers", type=int, help="Worker processes; the verdicts do not depend on it.  [default: one a core]")
def verify(folder: Path, depth: str, mismatch: str, workers: int | None) -> int:
    """Take every kernel of a data set through the stages of verification, and write the verdicts into the set.

    The kernels are EXECUTED, in processes with limits but not in a sandbox: do not verify a set from people that you do
    not trust. A kernel that does not compile, does not run or does not end is moved to the set's rejected records, with
    the stage and the reason.
    """
    from warpsmith.cli.draw.progress import reporter_for_terminal
    from warpsmith.cli.draw.tables import print_verification
    from warpsmith.errors import UsageError
    from warpsmith.record import DEPTHS, MISMATCHES
    from warpsmith.run.verification import verify as check

    if depth not in DEPTHS[1:]:
        raise UsageError(f"depth is '{depth}'; use {', '.join(DEPTHS[1:])}")
    if mismatch not in MISMATCHES:
        raise UsageError(f"mismatch is '{mismatch}'; use {', '.join(MISMATCHES)}")
    if workers is not None and workers < 1:
        raise UsageError(f"workers is {workers}; use a number from 1 up")
    reporter = reporter_for_terminal()
    manifest = check(
        folder,
        next(known for known in DEPTHS if known == depth),
        mismatch=next(known for known in MISMATCHES if known == mismatch),
        workers=workers or os.cpu_count() or 1,
        reporter=reporter,
    )
    print_verification(folder, manifest, reporter.made, reporter.costs)
    return 0
