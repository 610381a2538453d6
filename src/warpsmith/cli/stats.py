"""`warpsmith stats`: what is in a data set, in numbers."""

from pathlib import Path

import click


@click.command(short_help="Show the numbers of a data set.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--against",
    multiple=True,
    metavar="PACKAGE|PATH",
    help="Say how far the kernels are from those of a package, module, folder or file, which is read, not imported; "
    "may be given several times.",
)
@click.option(
    "--json", "json_path", type=click.Path(path_type=Path), help="Write the numbers to this file; - is stdout."
)
@click.option(
    "--plots",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Draw the numbers as figures into this folder, one file each (needs warpsmith[plots]).",
)
@click.option(
    "--plot-format",
    "formats",
    type=click.Choice(["svg", "pdf", "png"]),
    multiple=True,
    default=("svg",),
    show_default=True,
    help="Kind of their files; may be given several times.",
)
@click.option("--recount", is_flag=True, help="Count over the rows instead of reading the set's stats.json.")
def stats(
    folder: Path,
    *,
    against: tuple[str, ...],
    json_path: Path | None,
    plots: Path | None,
    formats: tuple[str, ...],
    recount: bool,
) -> None:
    """Show the numbers of a data set: categories, levels, uniqueness, coverage of Warp, lengths, CPU beside CUDA."""
    from warpsmith.cli.draw.statistics import print_statistics
    from warpsmith.dataset.against import compare, encode
    from warpsmith.dataset.manifest import read_manifest
    from warpsmith.dataset.reading import all_rows
    from warpsmith.dataset.statistics import read_statistics, recounted
    from warpsmith.errors import UsageError
    from warpsmith.plots import Subject, write_figures

    manifest = read_manifest(folder)
    whole = recounted(all_rows(folder, manifest)) if recount else read_statistics(folder)
    comparisons = [compare(whole.statistics, target) for target in against]
    content = encode(whole, comparisons)
    drawn = write_figures(plots, Subject(manifest, whole, comparisons), formats) if plots else ()
    if json_path == Path("-"):
        click.echo(content, nl=False)
        return
    if json_path:
        try:
            json_path.write_bytes(content)
        except OSError as error:
            raise UsageError(f"json: '{json_path}' cannot be written: {error.strerror}; name another file") from None
    print_statistics(folder, manifest, whole, comparisons)
    if plots:
        click.echo(f"  {len(drawn)} figures in {plots}")
