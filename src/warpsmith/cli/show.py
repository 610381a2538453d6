"""`warpsmith show`: one record, Python and generated code side by side."""

from pathlib import Path

import click


@click.command(short_help="Show one record, Python beside C++ or CUDA.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("record", default="0", metavar="[N|ID]")
@click.option("--target", type=click.Choice(["cpp", "cuda"]), help="Which code.  [default: cpp, or what there is]")
@click.option("--backward", is_flag=True, help="The adjoint function instead of the forward function.")
@click.option("--whole", is_flag=True, help="The whole module: structs, functions, forward, backward, entry points.")
def show(folder: Path, record: str, target: str | None, backward: bool, whole: bool) -> None:
    """Show a record by its number (from 0) or the beginning of its id: Python beside the code that Warp makes of it.

    The number before a line of generated code is the line of Python that it comes from. In a narrow terminal the two
    stand one below the other.
    """
    from warpsmith.cli.draw.pair import print_record
    from warpsmith.dataset.manifest import read_manifest
    from warpsmith.dataset.reading import find_row
    from warpsmith.errors import UsageError

    row = find_row(folder, read_manifest(folder), record)
    target = target or ("cpp" if row["cpp"] is not None else "cuda")
    part = target if whole else f"{target}_{'backward' if backward else 'forward'}"
    if row[part] is None:
        raise UsageError(f"record '{record}' has no {part}; the set was made without it")
    print_record(row, part)
