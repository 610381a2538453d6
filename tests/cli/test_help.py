"""Help says everything, and costs nothing."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from warpsmith import __version__
from warpsmith.cli import main
from warpsmith.synth import CATEGORIES

COMMANDS = ("generate", "verify", "validate", "stats", "show", "export", "profile")


def help_of(*arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--help"], standalone_mode=False)
    return " ".join(result.output.split())


def test_every_command_is_listed() -> None:
    assert all(f" {command} " in help_of() for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_explained(command: str) -> None:
    found = main.get_command(None, command)  # type: ignore[arg-type]
    assert found is not None
    assert found.help
    assert found.get_short_help_str(100)
    options = [parameter for parameter in found.params if parameter.param_type_name == "option"]
    assert all(getattr(option, "help", "") for option in options)
    assert found.name == command


def test_generate_names_every_category() -> None:
    assert ", ".join(CATEGORIES) in help_of("generate")


def test_version() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == f"warpsmith, version {__version__}\n"


def test_no_command_is_help() -> None:
    result = CliRunner().invoke(main, [])
    assert (result.exit_code, "Commands:" in result.output) == (0, True)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([command, "--help"] for command in COMMANDS)])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    script = (
        f"import sys; sys.argv = ['warpsmith', *{arguments!r}]; from warpsmith.cli import main; "
        "main(standalone_mode=False); print('heavy:', *{'warp', 'pyarrow', 'rich', 'numpy'} & {*sys.modules})"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "heavy:"


def test_runs_as_a_module() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "warpsmith", "--version"], capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith("warpsmith, version")
