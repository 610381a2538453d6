"""`warpsmith profile`: the manner of kernels that people wrote, learned and shown."""

import re
from pathlib import Path

import click


@click.group(invoke_without_command=True, short_help="Learn how people write kernels; show what was learned.")
@click.pass_context
def profile(context: click.Context) -> None:
    """Learn how people write kernels, for `generate --profile`, and show what was learned.

    A profile has shares and single identifiers, never a line of the code that it was learned from.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@profile.command(name="learn", short_help="Learn a profile from kernels that people wrote.")
@click.argument("targets", nargs=-1, required=True, metavar="PACKAGE|PATH...")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File of the profile (JSON).")
@click.option("--name", help="What the profile is called.  [default: the file's name]")
def learn_command(targets: tuple[str, ...], output: Path, name: str | None) -> None:
    """Learn a profile from the kernels of packages, modules, folders or files, each of these weighing the same.

    They are read, never imported or executed. What cannot be read is passed over and said. The same code gives the
    same bytes.
    """
    from warpsmith.bridge.catalog import names
    from warpsmith.cli.draw.profile import print_learned
    from warpsmith.dataset.atomic import write_atomically
    from warpsmith.discover.learning import profile_of, read
    from warpsmith.errors import UsageError
    from warpsmith.manner.profile import encode_profile

    _check_output(output)
    name = _checked_name(name or output.stem)
    readings = [read(target) for target in targets]
    learned = profile_of(name, readings, frozenset(names()))
    try:
        write_atomically(output, encode_profile(learned))
    except OSError as error:
        raise UsageError(f"output '{output}' cannot be written: {error.strerror}; name another file") from None
    print_learned(output, learned, readings)


@profile.command(name="show", short_help="Show what a profile says.")
@click.argument("which", metavar="FILE|NAME")
def show_command(which: str) -> None:
    """Show what a learned profile says: a file of `profile learn`, or `realistic`, which comes with warpsmith."""
    from warpsmith.cli.draw.profile import print_profile
    from warpsmith.errors import UsageError
    from warpsmith.run.config import parse_profile
    from warpsmith.synth.profiles import REALISTIC, shipped

    found = parse_profile(which)
    if isinstance(found, str) and found != REALISTIC:
        raise UsageError(f"profile '{which}' is a rule, not learned; show '{REALISTIC}' or a file of `profile learn`")
    print_profile(shipped(found) if isinstance(found, str) else found)


def _checked_name(name: str) -> str:
    from warpsmith.errors import UsageError

    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", name):
        raise UsageError(f"name '{name}' is no word; give one of letters, digits, '_', '-' and '.' with --name")
    return name


def _check_output(output: Path) -> None:
    """Refuse to write over what is no profile."""
    from warpsmith.errors import UsageError
    from warpsmith.manner.profile import read_profile

    if not output.parent.is_dir():
        raise UsageError(f"output '{output}' cannot be written: there is no folder '{output.parent}'; make it first")
    if output.exists():
        try:
            read_profile(output)
        except UsageError:
            raise UsageError(f"output '{output}' is there and is no profile; name another file") from None
