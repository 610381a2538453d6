"""`warpsmith capture`: records of the kernels that a program builds while it runs."""

from pathlib import Path

import click

_SETTINGS = {"ignore_unknown_options": True}


@click.command(short_help="Run a program and make records of every kernel that it builds.", context_settings=_SETTINGS)
@click.argument("script", type=click.Path(path_type=Path))
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[ARGS]...")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder of the data set.")
@click.option(
    "-d", "--device", metavar="cpu|cuda|both", default="both", help="Whose code to generate.  [default: both]"
)
@click.option("--format", "form", metavar="parquet|jsonl|json", default="parquet", help="[default: parquet]")
@click.option("--overwrite", is_flag=True, help="Replace the data set that is in the folder.")
def capture(*, script: Path, arguments: tuple[str, ...], output: Path, device: str, form: str, overwrite: bool) -> int:
    """Run a Python program as `python SCRIPT ARGS...` would, and record every kernel that it builds or launches.

    The program is EXECUTED, with your rights and without a sandbox. Its input, output and exit code are its own; what
    warpsmith has to say goes to the error stream, when the program is done. Options of the program that warpsmith knows
    too, such as -o, go behind two dashes: warpsmith capture -o DIR -- SCRIPT -o ITS.

    Generic kernels are recorded with the types that they were launched with, and each kernel with the extents and
    arguments of its first launch.
    """
    from warpsmith.cli.draw.people import print_capture
    from warpsmith.run.people import people_config
    from warpsmith.run.programs import capture_program

    config = people_config("capture", (script.name,), device, form)
    ran = capture_program(config, script, arguments, output, overwrite=overwrite)
    print_capture(output, ran.manifest)
    return ran.code or (0 if ran.manifest else 1)
