"""The colours of figures: few, told apart by their lightness too, for white, for dark, and as names for a page."""

from collections.abc import Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for.

    `background` lies behind everything, `paper` is what shows between marks that touch. `ink` and `faint` are for text,
    `line` for the grid. `series` tells things apart: what there is or passed, what failed or is somebody else's, what
    is neither. `steps` are five that follow on each other, as levels do. `rest` is what is missing or was not checked.
    """

    background: str
    paper: str
    ink: str
    faint: str
    line: str
    series: tuple[str, str, str]
    steps: tuple[str, str, str, str, str]
    rest: str

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield every colour but the background under its name in a page's style sheet: ``--series-1``."""
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "background":
                continue
            if isinstance(value, str):
                yield f"--{field.name}", value
            else:
                stem = field.name.removesuffix("s") if field.name == "steps" else field.name
                yield from ((f"--{stem}-{number}", colour) for number, colour in enumerate(value, 1))


LIGHT = Palette(
    background="#ffffff",
    paper="#ffffff",
    ink="#1c1e21",
    faint="#5a5f66",
    line="#d9dce0",
    series=("#0b5394", "#c2500c", "#3f8fd0"),
    steps=("#2a9d8f", "#21808d", "#2f6690", "#3b4a85", "#3f2a6b"),
    rest="#8b8f94",
)
"""On white: for files, and for the light side of a page."""

DARK = Palette(
    background="#16181c",
    paper="#16181c",
    ink="#e6e8eb",
    faint="#a9aeb6",
    line="#33373d",
    series=("#7cb7f0", "#f0955a", "#4a83b8"),
    steps=("#8a78d0", "#6f9bd8", "#56b8c4", "#7fd6a0", "#e6e27f"),
    rest="#7b8087",
)
"""On nearly black: for the dark side of a page."""


# no colour that anybody would choose, so that each of them stands for its name wherever it is found
STAND_INS = Palette(
    background="none",
    paper="#fe0001",
    ink="#fe0002",
    faint="#fe0003",
    line="#fe0004",
    series=("#fe0011", "#fe0012", "#fe0013"),
    steps=("#fe0021", "#fe0022", "#fe0023", "#fe0024", "#fe0025"),
    rest="#fe0005",
)
"""What a figure for a page is drawn with; `inline_svg` puts ``var(--ink)`` and its kin in their places."""


def css(palette: Palette) -> str:
    """Return the declarations that give a page the colours of a palette: ``--paper: #ffffff; …``."""
    return " ".join(f"{name}: {colour};" for name, colour in palette.named())


def variables() -> dict[str, str]:
    """Return what stands in a page instead of each colour that was drawn with `STAND_INS`."""
    return {colour: f"var({name})" for name, colour in STAND_INS.named()}
