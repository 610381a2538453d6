"""The command line: one thin file a command. Nothing heavy is imported before a command runs."""

import click

from warpsmith._version import __version__
from warpsmith.cli.group import LazyGroup

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 120}


_HELP = """Make, check and read data sets of NVIDIA Warp kernels and the C++ and CUDA that Warp makes of them.

\b
warpsmith generate -n 1000 -o data/run1     a thousand distinct kernels
warpsmith show data/run1 7                  one of them beside its C++
warpsmith validate data/run1                check every row

Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted.
"""
_NAMES = (
    "generate",
    "extract",
    "capture",
    "corpus",
    "verify",
    "validate",
    "stats",
    "show",
    "report",
    "explore",
    "export",
    "profile",
)


@click.group(cls=LazyGroup, names=_NAMES, help=_HELP, context_settings=_SETTINGS, invoke_without_command=True)
@click.version_option(__version__, prog_name="warpsmith")
@click.pass_context
def main(context: click.Context) -> None:
    """Print the help where no command is given."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


__all__ = ["main"]
