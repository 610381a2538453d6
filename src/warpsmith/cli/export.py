"""`warpsmith export`: training views of a data set."""

from pathlib import Path
from typing import Any

import click

_VIEW = (
    "python-to-cpp, python-to-cuda, forward-to-backward, cuda-to-python, cpp-to-python, cpp-to-cuda or "
    "description-to-python; python->cpp and python→cpp mean the same."
)


@click.command(short_help="Write training examples: python-to-cpp, forward-to-backward and others.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--view", metavar="VIEW", required=True, help=_VIEW)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder, new or empty.")
@click.option(
    "--as",
    "form",
    metavar="chat|prompt|text",
    default="chat",
    help="Chat messages, a prompt and its completion, or one text.  [default: chat]",
)
@click.option("--format", metavar="parquet|jsonl", default="parquet", help="Kind of files.  [default: parquet]")
@click.option(
    "--part",
    metavar="forward|backward|whole",
    help="What to write in python-to-cpp, python-to-cuda and cpp-to-cuda: the forward function, the adjoint, or the "
    "module with both.  [default: forward]",
)
@click.option("--target", metavar="cpp|cuda", help="Whose adjoint in forward-to-backward.  [default: cpp]")
@click.option(
    "--comments",
    metavar="keep|strip",
    help="The comments in which Warp quotes the Python lines.  [default: keep; strip where Python is the answer, which "
    "they would give away]",
)
@click.option("--splits", metavar="NAME,...", help="Only these splits.  [default: all]")
@click.option("--limit", type=int, metavar="N", help="At most so many examples of each split.")
@click.option(
    "--tokenizer",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A Hugging Face tokenizer.json; lengths in tokens become columns. Needs warpsmith[tokens].",
)
@click.option("--max-tokens", type=int, metavar="N", help="Only examples of at most so many tokens, prompt included.")
@click.option("--max-characters", type=int, metavar="N", help="The same in characters.")
@click.option(
    "--unverified",
    is_flag=True,
    help="Let in records of which a verdict that the view claims is null, because it was not checked. What was checked "
    "and failed never enters.",
)
@click.option("--overwrite", is_flag=True, help="Replace the export that is in the folder, and nothing else.")
def export(folder: Path, output: Path, splits: str | None, overwrite: bool, **given: Any) -> int:
    """Write prompts and completions made of the records of a finished data set.

    A record enters only if its verdicts carry what the view claims: its code compiles, its adjoint agrees with
    differences, its text defines the kernel. docs/views.md says what each view shows, asks for and claims.
    """
    from warpsmith.cli.draw.export import note_unchecked, print_export
    from warpsmith.cli.draw.progress import reporter_for_terminal
    from warpsmith.views.exporting import export_set
    from warpsmith.views.options import make_options

    names = [name.strip() for name in splits.split(",")] if splits is not None else []
    options = make_options(splits=names, **given)
    made = export_set(folder, output, options, overwrite=overwrite, watcher=reporter_for_terminal())
    note_unchecked(folder, made)
    print_export(output, made)
    return 0
