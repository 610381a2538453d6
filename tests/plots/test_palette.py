"""Colours can be told from what is behind them, and from each other."""

from itertools import pairwise

import pytest

from warpsmith.plots.palette import DARK, LIGHT, STAND_INS, Palette, variables

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_rules() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@BOTH
def test_text_and_marks_stand_out(palette: Palette) -> None:
    assert min(contrast(colour, palette.background) for colour in (palette.ink, palette.faint)) >= 4.5
    marks = (*palette.series, *palette.steps, palette.rest)
    assert min(contrast(colour, palette.background) for colour in marks) >= 3.0


@BOTH
def test_steps_get_darker_or_lighter_all_the_way(palette: Palette) -> None:
    lights = [luminance(colour) for colour in palette.steps]
    assert lights in (sorted(lights), sorted(lights, reverse=True))
    assert min(contrast(one, other) for one, other in pairwise(palette.steps)) >= 1.2


def test_every_stand_in_stands_for_one_variable() -> None:
    assert len(variables()) == len(list(STAND_INS.named())) == len(set(variables().values()))
    assert {name for name, _ in STAND_INS.named()} == {name for name, _ in DARK.named()}
