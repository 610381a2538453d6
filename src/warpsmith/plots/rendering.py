"""Draws a figure of a set: as a file, or as a part of a page."""

from warpsmith.plots.figure import Figure, Subject
from warpsmith.plots.markup import for_file, for_page
from warpsmith.plots.palette import LIGHT, STAND_INS, Palette, variables
from warpsmith.plots.sheet import saved, settings

FORMATS = ("svg", "pdf", "png")


def rendered(figure: Figure, subject: Subject, form: str = "svg", palette: Palette = LIGHT) -> bytes | None:
    """Return a figure as a file: svg, pdf or png. It is None where the set has nothing that it could show.

    The same set gives the same bytes, for one version of matplotlib.

    Raises:
        PrerequisiteError: matplotlib is not installed.
    """
    content = _drawn(figure, subject, form, palette)
    return for_file(content, figure) if content is not None and form == "svg" else content


def inline_svg(figure: Figure, subject: Subject, prefix: str) -> str | None:
    """Return a figure as an ``<svg>`` for the text of a page; it is None where the set has nothing that it could show.

    It is as wide as its place, its letters are the page's, and its colours are the variables that `css` declares:
    ``var(--ink)``. All of its ids begin with `prefix`, which is to be another for each figure on a page. Styles are
    attributes, so it needs no leave from a content security policy.

    Raises:
        PrerequisiteError: matplotlib is not installed.
    """
    content = _drawn(figure, subject, "svg", STAND_INS)
    return None if content is None else for_page(content, figure, prefix, variables())


def _drawn(figure: Figure, subject: Subject, form: str, palette: Palette) -> bytes | None:
    with settings(palette):
        made = figure.draw(subject, palette)
        return None if made is None else saved(made, form)
