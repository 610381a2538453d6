"""Sheets of matplotlib: imported when one is drawn, with settings of our own and no global state left behind."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from warpsmith.errors import PrerequisiteError
from warpsmith.plots.palette import Palette

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet
    from matplotlib.typing import RcKeyType

WIDTH = 6.3
"""In inches: the text of an A4 page."""
SMALL, TEXT = 7.0, 8.0
"""Sizes of letters in points: the names in long lists and the numbers behind bars, and everything else."""

_DOTS_PER_INCH = 200
# nothing of the time, of matplotlib's version or of the machine; our name, by which a file is known as ours
_METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Creator": None, "Date": None, "Format": None, "Type": None},
    "pdf": {"Creator": "warpsmith", "Producer": None, "CreationDate": None},
    "png": {"Software": "warpsmith"},
}


@contextmanager
def settings(palette: Palette) -> Iterator[None]:
    """Have matplotlib draw as we want it, whatever a user's own settings say; they are back at the end.

    Raises:
        PrerequisiteError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
        from matplotlib import style
    except ImportError:
        raise PrerequisiteError("figures need matplotlib, which is not installed; install warpsmith[plots]") from None
    with warnings.catch_warnings(), style.context("default"), mpl.rc_context(_settings(palette)):
        warnings.filterwarnings("ignore", message="Glyph .* missing from")  # whoever shows an SVG may have it
        yield


def _settings(palette: Palette) -> "dict[RcKeyType, Any]":
    return {
        "svg.hashsalt": "warpsmith",
        "svg.fonttype": "none",
        "pdf.fonttype": 42,
        "text.parse_math": False,  # a `$` in a name is a `$`
        "font.family": "sans-serif",
        "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib: the same widths everywhere
        "font.size": TEXT,
        "axes.labelsize": TEXT,
        "axes.labelcolor": palette.faint,
        "axes.axisbelow": True,
        "axes.facecolor": "none",
        "axes.edgecolor": palette.line,
        "axes.spines.left": False,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.spines.bottom": False,
        "axes.grid": True,
        "axes.grid.axis": "x",
        "axes.xmargin": 0.0,
        "figure.constrained_layout.wspace": 0.05,
        "grid.color": palette.line,
        "grid.linewidth": 0.6,
        "figure.facecolor": palette.background,
        "figure.edgecolor": "none",
        "savefig.facecolor": palette.background,
        "savefig.edgecolor": "none",
        "savefig.dpi": _DOTS_PER_INCH,
        "legend.frameon": False,
        "legend.fontsize": TEXT,
        "legend.handlelength": 1.0,
        "legend.handleheight": 0.8,
        "legend.columnspacing": 1.4,
        "text.color": palette.ink,
        "xtick.color": palette.line,
        "xtick.labelcolor": palette.faint,
        "xtick.labelsize": SMALL,
        "xtick.bottom": False,
        "xtick.minor.visible": False,
        "ytick.labelcolor": palette.ink,
        "ytick.labelsize": SMALL,
        "ytick.left": False,
        "ytick.minor.visible": False,
    }


def sheet(
    height: float, columns: int = 1, *, share_names: bool = False, widths: Sequence[float] | None = None
) -> "tuple[Sheet, list[Axes]]":
    """Return a new sheet of so many inches, and its axes side by side; these share their names at the left if told."""
    from matplotlib.figure import Figure as Sheet

    made = Sheet(figsize=(WIDTH, height), layout="constrained")
    axes = made.subplots(1, columns, squeeze=False, sharey=share_names, width_ratios=widths)
    return made, list(axes[0])


def put_legend(of: "Sheet", marks: "Sequence[Artist]", labels: Sequence[str]) -> None:
    """Put what marks stand for above a sheet, in one row."""
    of.legend(marks, labels, loc="outside upper left", ncols=len(labels), borderaxespad=0.2)


def saved(made: "Sheet", form: str) -> bytes:
    """Return a sheet as a file: svg, pdf or png; the same sheet gives the same bytes."""
    content = BytesIO()
    made.savefig(content, format=form, metadata=_METADATA[form])
    return content.getvalue()
