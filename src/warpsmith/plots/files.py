"""Writes the figures of a set into a folder, each complete or not at all."""

from collections.abc import Sequence
from pathlib import Path

from warpsmith.dataset.atomic import write_atomically
from warpsmith.errors import UsageError
from warpsmith.plots.figure import Subject
from warpsmith.plots.rendering import rendered
from warpsmith.plots.table import FIGURES

_OURS = b"warpsmith"


def write_figures(folder: Path, subject: Subject, formats: Sequence[str] = ("svg",)) -> list[Path]:
    """Write every figure for which a set has something to show, ``categories.svg`` and so on; return what was written.

    Earlier figures of these names are replaced, and nothing else is.

    Raises:
        PrerequisiteError: matplotlib is not installed.
        UsageError: the folder cannot be written, or a file in it that is not a figure of ours has the name of one.
    """
    drawn = {
        folder / f"{figure.name}.{form}": content
        for figure in FIGURES
        for form in formats
        if (content := rendered(figure, subject, form)) is not None
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in drawn:
            _refuse_foreign(path)
        for path, content in drawn.items():
            write_atomically(path, content)
    except OSError as error:
        raise UsageError(f"plots: '{folder}' cannot be written: {error.strerror}; name another folder") from None
    return list(drawn)


def _refuse_foreign(path: Path) -> None:
    if path.exists() and _OURS not in path.read_bytes():
        raise UsageError(f"plots: '{path}' is there and no figure of warpsmith; name another folder")
