"""`warpsmith report`: a page to browse a data set."""

from pathlib import Path

import click


@click.command(short_help="Write a page to browse a data set.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder of the page.  [default: FOLDER/report]")
@click.option("--records", type=int, help="The most records on the page; a larger set is sampled.  [default: 10000]")
@click.option(
    "--against",
    multiple=True,
    metavar="PACKAGE|PATH",
    help="Kernels of people to compare with, read and not imported; may be given several times.  "
    "[default: warp.examples]",
)
@click.option("--no-plots", is_flag=True, help="Tables only; the plots want the extra warpsmith[plots].")
@click.option("--open", "opened", is_flag=True, help="Open it in the browser.")
def report(
    folder: Path,
    *,
    output: Path | None,
    records: int | None,
    against: tuple[str, ...],
    no_plots: bool,
    opened: bool,
) -> None:
    """Write a page that opens from the disk, without a server or a network: figures, and the records of a set.

    Records can be searched and filtered, and each is shown with its Python, C++, CUDA and PTX side by side, forward and
    adjoint, the lines that belong together lit up under the mouse. The page is index.html in its folder; what else is
    there belongs to it.
    """
    from warpsmith.cli.draw.progress import reporter_for_terminal
    from warpsmith.dataset.manifest import read_manifest
    from warpsmith.report import AGAINST, MOST, write_report

    most = MOST if records is None else records
    reporter = reporter_for_terminal("records")
    reporter.begin(max(1, min(most, read_manifest(folder).rows)), 0)
    try:
        written = write_report(
            folder, output, most=most, against=against or AGAINST, plots=not no_plots, advance=reporter.advance
        )
    finally:
        reporter.end()
    click.echo(f"{written.path}: {written.shown:,} of {written.records:,} records, {written.bytes / 1e6:.1f} MB")
    if opened:
        click.launch(str(written.path))
