"""Figures of a data set: as files for papers and cards (`write_figures`), and inside of a page (`inline_svg`).

A figure is one line of `FIGURES` and one small function that draws it with matplotlib, from what is counted over a set;
no rows are read. matplotlib is the extra ``warpsmith[plots]``, imported when the first figure is drawn.
"""

from warpsmith.plots.figure import Figure, Subject
from warpsmith.plots.files import write_figures
from warpsmith.plots.palette import DARK, LIGHT, Palette, css
from warpsmith.plots.rendering import FORMATS, inline_svg, rendered
from warpsmith.plots.table import FIGURES

__all__ = [
    "DARK",
    "FIGURES",
    "FORMATS",
    "LIGHT",
    "Figure",
    "Palette",
    "Subject",
    "css",
    "inline_svg",
    "rendered",
    "write_figures",
]
