"""What an export ends with."""

from pathlib import Path

import click

from warpsmith.cli.draw.tables import facts, plain_console
from warpsmith.views.summary import Export
from warpsmith.views.view import UNCHECKED


def print_export(output: Path, export: Export) -> None:
    """Print how many examples there are, how many records were left out and why, and where the files are."""
    configuration = export.configuration
    variant = f", {configuration['variant']}" if configuration["variant"] else ""
    lines = {
        "view": f"{configuration['view']}{variant}, as {configuration['form']}",
        "examples": f"{export.entries:,}",
        "splits": ", ".join(f"{name} {count:,}" for name, count in export.splits.items()),
        "left out": ", ".join(f"{reason} {count:,}" for reason, count in export.left_out.items()) or "0",
    }
    if export.tokens:
        lines["tokens"] = f"prompts {export.tokens.prompt:,}, completions {export.tokens.completion:,}"
    size = sum(entry.bytes for entry in export.files) / 1e6
    lines |= {"files": f"{len(export.files):,}, {size:.1f} MB", "folder": str(output)}
    plain_console().print(facts(lines))


def note_unchecked(folder: Path, export: Export) -> None:
    """Say on the error stream that records were left out for want of a verdict, where there are such."""
    unchecked = sum(count for reason, count in export.left_out.items() if reason.endswith(UNCHECKED))
    if unchecked:
        click.echo(
            f"{unchecked:,} records were not checked for what this view claims: run `warpsmith verify {folder}`, or "
            "add `--unverified`",
            err=True,
        )
