"""`warpsmith corpus`: one data set of the kernels of open packages."""

import time
from pathlib import Path

import click


@click.command(short_help="Name open packages with kernels; make one data set of those installed.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Folder of the data set; without it, only a list."
)
@click.option(
    "-d", "--device", metavar="cpu|cuda|both", default="both", help="Whose code to generate.  [default: both]"
)
@click.option("--format", "form", metavar="parquet|jsonl|json", default="parquet", help="[default: parquet]")
@click.option("--workers", type=int, help="Worker processes; the bytes do not depend on it.  [default: one a core]")
@click.option("--overwrite", is_flag=True, help="Replace the data set that is in the folder.")
def corpus(*, output: Path | None, device: str, form: str, workers: int | None, overwrite: bool) -> int:
    """List open packages that are known to have Warp kernels, and extract those that are installed.

    Nothing is downloaded: install what you want with pip. The packages are IMPORTED, so their code is EXECUTED.
    """
    from warpsmith.cli.draw.people import print_corpus, print_extraction
    from warpsmith.discover.corpus import CORPUS

    if output is None:
        print_corpus(CORPUS)
        return 0
    from warpsmith.cli.draw.progress import reporter_for_terminal
    from warpsmith.cli.extract import checked_workers
    from warpsmith.errors import UsageError
    from warpsmith.run.extraction import extract
    from warpsmith.run.people import people_config

    modules = [module for package in CORPUS if package.installed for module in package.modules]
    if not modules:
        names = " ".join(package.name for package in CORPUS)
        raise UsageError(f"none of the packages is installed; install some: pip install {names}")
    licenses = ",".join(sorted({package.license for package in CORPUS}))
    config = people_config("corpus", modules, device, form, licenses)
    reporter = reporter_for_terminal("modules")
    started = time.perf_counter()
    extraction = extract(config, output, workers=checked_workers(workers), overwrite=overwrite, reporter=reporter)
    print_extraction(output, extraction, time.perf_counter() - started)
    return 0
