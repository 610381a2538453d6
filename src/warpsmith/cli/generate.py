"""`warpsmith generate`: random kernels in, a paired data set out."""

import os
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import click

_CATEGORIES = (
    "Categories, separated by commas, with weights if wanted: math=2,loop. Known are arithmetic, scalar_param, "
    "math, vector, matrix, control_flow, multi_conditional, loop, nested_loop, atomic, multi_statement, combined, "
    "random_noise, numerics, bits, reductions, sdf, factorization, stencil, geometry, hash_grid, mesh_query, "
    "bvh_query, volume, texture, tile_elementwise, tile_reduction, tile_linear_algebra, tile_order, tile_threads, "
    "tile_shared, tile_queries, structs, quaternions, transforms, spatial, integration, contacts, components, "
    "closures, generics, constants, local_arrays, views, custom_gradients, native_snippets.  [default: as the "
    "profile has them]"
)
_LEVELS = (
    "Complexity, from 1 to 5: one level or a range.  [default: as the profile has them; 1-5 evenly in balanced kernels]"
)


@click.command(short_help="Write random kernels with the code that Warp makes of them.")
@click.option("-n", "--count", type=int, help="How many kernels.  [default: 1000]")
@click.option(
    "-o",
    "--output",
    metavar="FOLDER|URI",
    help="Folder of the data set, new or empty, or a place in an object store: s3://bucket/name.",
)
@click.option(
    "-s", "--seed", type=int, help="Another seed, other kernels; the same seed, the same bytes.  [default: 0]"
)
@click.option(
    "--profile",
    metavar="NAME|FILE",
    help="How to write: realistic, as people do; balanced, evenly over categories and levels; coverage, evenly over "
    "all builtins; mix, mostly realistic; or a file of `warpsmith profile learn`.  [default: mix, or balanced with -c "
    "or --level]",
)
@click.option("-c", "--categories", multiple=True, metavar="NAME[=WEIGHT],...", help=_CATEGORIES)
@click.option("--level", metavar="N|N-M", help=_LEVELS)
@click.option("-d", "--device", metavar="cpu|cuda|both", help="C++ for the CPU, CUDA, or both.  [default: both]")
@click.option(
    "--format", metavar="parquet|jsonl|json", help="Kind of files; json is one file a record.  [default: parquet]"
)
@click.option("--jsonl", is_flag=True, default=None, help="The same as --format jsonl.")
@click.option("--ptx", is_flag=True, default=None, help="Add the PTX that NVRTC makes of the CUDA (much slower).")
@click.option(
    "--verify",
    metavar="none|compile|run|gradient",
    help="How far each kernel is proved: it compiles for both targets, it runs on the CPU, its gradient agrees with "
    "differences. What fails is rejected and drawn anew.  [default: gradient]",
)
@click.option(
    "--mismatch",
    metavar="keep|reject",
    help="What becomes of kernels whose gradient is wrong: kept, labelled, or rejected.  [default: keep]",
)
@click.option(
    "--differentiable",
    is_flag=True,
    default=None,
    help="Only kernels without the forms whose adjoints Warp is known to get wrong (docs/verdicts.md); the profile is "
    "realistic then, or that of the categories.",
)
@click.option(
    "--splits",
    multiple=True,
    metavar="NAME[=WEIGHT],...",
    help="Splits and their shares; near-duplicates are never in two of them.  [default: train=18,validation=1,test=1]",
)
@click.option(
    "--against",
    multiple=True,
    metavar="FOLDER",
    help="A data set whose kernels, and near-duplicates of them, are not made again; may be given several times.",
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="PACKAGE|PATH",
    help="Code whose kernels, and near-duplicates of them, stay out, such as a benchmark; it is read, not imported; "
    "may be given several times.",
)
@click.option("--workers", type=int, help="Worker processes; the bytes do not depend on it.  [default: one a core]")
@click.option(
    "--engine",
    metavar="local|ray",
    help="Where the workers are: on this machine, or on a Ray cluster (docs/clusters.md); the bytes do not depend on "
    "it.  [default: local]",
)
@click.option(
    "--address",
    metavar="HOST:PORT|auto",
    help="Head of the Ray cluster.  [default: RAY_ADDRESS, or a cluster of this machine alone]",
)
@click.option("--shard-size", type=int, help="Records in a file.  [default: a 16th of all, from 250 to 5000]")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="TOML file with options by their long names (shard_size, not shard-size); the command line beats it.",
)
@click.option("--resume", is_flag=True, help="Finish what was begun in the folder; other options may be left out.")
@click.option("--overwrite", is_flag=True, help="Remove the data set that is in the folder, and nothing else, first.")
@click.option("--log", type=click.Path(path_type=Path), help="Keep what Warp has to say in this file.")
def generate(config: Path | None, resume: bool, overwrite: bool, **given: Any) -> None:
    """Write random Warp kernels with the C++ and CUDA that Warp makes of them, forward and adjoint.

    Exactly COUNT kernels, no two of the same shape. The bytes are a function of the options and the versions of
    warpsmith, Warp and pyarrow. Kill it at any moment: `warpsmith generate --resume -o FOLDER` finishes the set.
    """
    from warpsmith.cli.draw.progress import reporter_for_terminal
    from warpsmith.cli.draw.tables import print_summary
    from warpsmith.dataset.objects import store_at
    from warpsmith.errors import UsageError
    from warpsmith.run.job import run_job

    options = _options(config, given)
    output, workers, log = options.pop("output", None), options.pop("workers", None), options.pop("log", None)
    engine, address = options.pop("engine", "local"), options.pop("address", None)
    if not output:
        raise UsageError("output is missing; name a folder with `-o`")
    workers = _workers(workers, engine)
    reporter = reporter_for_terminal()
    started = time.perf_counter()
    with closing(store_at(_usable(str(output)))) as store:
        try:
            manifest = run_job(
                options,
                store,
                workers=workers,
                resume=resume,
                overwrite=overwrite,
                reporter=reporter,
                log=_writable(Path(log)) if log else None,
                engine=engine,
                address=address,
            )
        except KeyboardInterrupt:
            raise _Interrupted(store.address) from None
        print_summary(store, manifest, reporter.made, time.perf_counter() - started, reporter.costs)


class _Interrupted(click.ClickException):
    exit_code = 130

    def __init__(self, output: str) -> None:
        super().__init__(f"interrupted; finish with: warpsmith generate --resume -o {output}")


def _options(config: Path | None, given: dict[str, Any]) -> dict[str, Any]:
    """Return the options of the command line over those of the file; what nobody gave is not in it."""
    from warpsmith.errors import UsageError
    from warpsmith.run.config import read_config_file

    explicit = {name: value for name, value in given.items() if value not in (None, ())}
    options = {**(read_config_file(config, given) if config else {}), **explicit}
    for name in ("output", "log"):
        if not isinstance(options.get(name, ""), str | Path):
            raise UsageError(f"{name} is {options[name]!r}; use a path")
    if options.pop("jsonl", False) and options.setdefault("format", "jsonl") != "jsonl":
        raise UsageError(f"format is '{options['format']}' and jsonl is given too; give one of them")
    return options


def _usable(output: str) -> str:
    from warpsmith.errors import UsageError

    try:
        Path(output).exists()
    except OSError as error:
        raise UsageError(f"output '{output}' cannot be made: {error.strerror}; name another folder") from None
    return output


def _writable(log: Path) -> Path:
    from warpsmith.errors import UsageError

    try:
        log.open("ab").close()
    except OSError as error:
        raise UsageError(f"log '{log}' cannot be written: {error.strerror}; name another file") from None
    return log.absolute()


def _workers(asked: Any, engine: Any) -> int:
    """Return how many workers are asked for; 0 on Ray means as many as the cluster has cores."""
    from warpsmith.errors import UsageError

    if asked is None:
        return 0 if engine == "ray" else os.cpu_count() or 1
    if not isinstance(asked, int) or asked < 1:
        raise UsageError(f"workers is {asked!r}; use a number from 1 up")
    return asked
