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

    They are read, never imported or executed. What cannot be read is passed over and said, and a file that two of them
    have counts for the first. The same code gives the same bytes.
    """
    from warpsmith.bridge.catalog import names
    from warpsmith.cli.draw.profile import print_learned
    from warpsmith.dataset.atomic import write_atomically
    from warpsmith.discover.learning import profile_of, read_all
    from warpsmith.errors import UsageError
    from warpsmith.manner.profile import encode_profile

    _check_output(output)
    name = _checked_name(output.stem if name is None else name, output)
    readings = read_all(targets)
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


def _checked_name(name: str, output: Path) -> str:
    """Refuse what is no word, and names of shipped profiles for all but these themselves."""
    from warpsmith.errors import UsageError
    from warpsmith.synth import profiles

    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}", name):
        raise UsageError(
            f"name '{name}' is no word; give one of up to 64 letters, digits, '_', '-' and '.' with --name"
        )
    is_shipped = output.resolve() == Path(profiles.__file__).resolve().with_name(f"{profiles.REALISTIC}.json")
    if name in profiles.PROFILES and not (is_shipped and name == profiles.REALISTIC):
        raise UsageError(f"name '{name}' is that of a profile that comes with warpsmith; give another with --name")
    return name


def _check_output(output: Path) -> None:
    """Refuse to write over what is no profile."""
    from warpsmith.errors import UsageError
    from warpsmith.manner.profile import looks_like_profile

    try:
        if not output.parent.is_dir():
            message = f"output '{output}' cannot be written: there is no folder '{output.parent}'; make it first"
            raise UsageError(message)
        if output.exists() and not (output.is_file() and looks_like_profile(output.read_bytes())):
            raise UsageError(f"output '{output}' is there and is no profile; name another file")
    except OSError as error:
        raise UsageError(f"output '{output}' cannot be written: {error.strerror}; name another file") from None
