"""A group of commands that are imported when they are called, and that end in one line when something is wrong."""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from warpsmith.errors import WarpsmithError

INTERRUPTED = 130


class LazyGroup(click.Group):
    """Commands by name; each is the function of that name in the module of that name beside this file."""

    def __init__(self, *args: Any, names: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = tuple(names)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order in which they are used."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Import a command."""
        if cmd_name not in self._names:
            return None
        command = getattr(import_module(f"warpsmith.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def main(self, args: Sequence[str] | None = None, *rest: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run the command line; on its own (`standalone_mode`), end the process with the command's exit code."""
        run = partial(super().main, args, *rest, standalone_mode=False, **extra)
        if not standalone_mode:
            return run()
        return sys.exit(_exit_code(run))


def _exit_code(run: Callable[[], Any]) -> int:
    try:
        result = run()
    except WarpsmithError as error:
        return _say(str(error), error.exit_code)
    except click.ClickException as error:
        return _say(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _say("interrupted", INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on; say no more
        return 1
    except Exception as error:  # noqa: BLE001 - a user never sees a traceback
        return _say(f"internal error: {type(error).__name__}: {error} (traceback in {_keep_traceback()})", 1)
    return result if isinstance(result, int) else 0


def _say(message: str, exit_code: int) -> int:
    click.echo(f"warpsmith: {' '.join(message.split())}", err=True)
    return exit_code


def _keep_traceback() -> Path:
    path = Path(tempfile.gettempdir()) / f"warpsmith-{os.getpid()}.log"
    path.write_text(traceback.format_exc(), encoding="utf-8")
    return path
