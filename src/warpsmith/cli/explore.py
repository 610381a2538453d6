"""`warpsmith explore`: a page that shows the code of a kernel while it is typed."""

from pathlib import Path

import click


@click.command(short_help="Type or paste a kernel into a page, and see the code of every target.")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--port", type=int, default=0, help="Port of the page; 0 is any that is free.  [default: 0]")
@click.option("--no-browser", is_flag=True, help="Only print the address, open no browser.")
@click.option("--seconds", type=float, default=10.0, help="How long a text may take.  [default: 10]")
@click.option("--memory", metavar="MIB", type=int, default=2048, help="How much memory it may take.  [default: 2048]")
def explore(file: Path | None, port: int, *, no_browser: bool, seconds: float, memory: int) -> None:
    """Open a page that shows, for a kernel that is typed or pasted there, the C++ and CUDA that Warp makes of it.

    What stands in the page is EXECUTED, in a process with limits that is gone afterwards, but with your rights: do not
    paste what you would not run. The page starts with the text of FILE. The address is one of this machine only, and
    what it ends with is a key: nobody else can use it, and no other page in your browser. It ends with Ctrl-C.
    """
    import webbrowser

    from warpsmith.errors import UsageError
    from warpsmith.explore.serving import serve
    from warpsmith.explore.walls import Limits

    if not 0.5 <= seconds <= 3600.0:
        raise UsageError(f"seconds is {seconds:g}; use a number from 0.5 to 3600")
    if not 256 <= memory <= 1 << 20:
        raise UsageError(f"memory is {memory}; use a number of MiB from 256 to {1 << 20}")

    def announce(address: str) -> None:
        click.echo(f"{address}\nEnd with Ctrl-C.")
        if not no_browser:
            webbrowser.open(address)

    serve(_text_of(file), announce, port=port, limits=Limits(seconds, memory))


def _text_of(file: Path | None) -> str:
    from warpsmith.errors import UsageError
    from warpsmith.explore.guard import MOST_BODY

    if file is None:
        return ""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise UsageError(f"file '{file}' cannot be read ({why}); name a Python file") from error
    if len(text.encode()) > MOST_BODY // 2:
        raise UsageError(f"file '{file}' has more than {MOST_BODY >> 11} KiB; name a shorter one")
    return text
