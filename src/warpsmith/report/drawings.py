"""The figures of a page: drawn once, in colours that the page's style gives them, for light and for dark."""

from dataclasses import dataclass

from warpsmith.plots import DARK, FIGURES, LIGHT, Palette, Subject, css, inline_svg

# a page has these colours itself, and figures lie on its paper
_OF_THE_PAGE = ("--paper: inherit;", "--ink: inherit;", "--line: inherit;")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as a page has it: its title, what it shows in a sentence, and the SVG."""

    name: str
    title: str
    shows: str
    svg: str


def drawings(subject: Subject) -> list[Drawing]:
    """Return the figures that a set has something for; raises PrerequisiteError where matplotlib is missing."""
    drawn = ((figure, inline_svg(figure, subject, f"{figure.name}-")) for figure in FIGURES)
    return [Drawing(figure.name, figure.title, figure.shows, svg) for figure, svg in drawn if svg]


def colours() -> str:
    """Return the style of all figures."""
    dark = _rule(DARK)
    return "\n".join(
        [
            f".figures svg {{ {_rule(LIGHT)} }}",
            f'@media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) .figures svg {{ {dark} }} }}',
            f':root[data-theme="dark"] .figures svg {{ {dark} }}',
        ]
    )


def _rule(palette: Palette) -> str:
    return " ".join([css(palette), *_OF_THE_PAGE])
