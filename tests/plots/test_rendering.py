"""The same bytes every time, plain markup, and nothing of a user's settings in it."""

import hashlib
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest

from tests.plots.sets import normal, single
from warpsmith.errors import PrerequisiteError
from warpsmith.plots import FIGURES, FORMATS, LIGHT, css, inline_svg, rendered
from warpsmith.plots.markup import for_file, for_page

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
DIGEST = """
import hashlib
from tests.plots.sets import normal
from warpsmith.plots import FIGURES, rendered
print(hashlib.sha256(b"".join(rendered(figure, normal()) or b"" for figure in FIGURES)).hexdigest())
"""


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {figure.name: rendered(figure, normal()) or b"" for figure in FIGURES}


@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    return {figure.name: inline_svg(figure, normal(), f"{figure.name}-") or "" for figure in FIGURES}


def test_other_processes_write_the_same_bytes(files: dict[str, bytes]) -> None:
    digest = hashlib.sha256(b"".join(files.values())).hexdigest()
    settings = {**os.environ, "PYTHONHASHSEED": "5", "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    result = subprocess.run(
        [sys.executable, "-c", DIGEST], env=settings, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == digest


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_bytes_whatever_a_user_has_set(form: str) -> None:
    figure = FIGURES[0]
    first = rendered(figure, single(), form)
    odd: dict[Any, Any] = {
        "font.size": 20.0,
        "svg.fonttype": "path",
        "axes.grid": False,
        "lines.linewidth": 9.0,
        "svg.id": "mine",
    }
    with mpl.rc_context(odd):
        assert rendered(figure, single(), form) == first
        assert mpl.rcParams["font.size"] == 20.0
    assert first is not None
    assert b"warpsmith" in first


def test_files_are_sound_and_name_no_date_and_no_maker(files: dict[str, bytes]) -> None:
    for figure in FIGURES:
        content = files[figure.name]
        root = ET.fromstring(content)
        assert (root[0].text, root[1].text) == (figure.title, figure.shows)
        assert float(root.attrib["width"]) == pytest.approx(6.3 * 72)
        assert b"atplotlib" not in content
        assert not re.search(rb"20\d\d-\d\d-\d\d", content)
        assert len(content) < 60_000


def test_files_are_drawn_with_the_colours_of_the_palette(files: dict[str, bytes]) -> None:
    known = {colour for _, colour in LIGHT.named()}
    for content in files.values():
        assert set(re.findall(r"#[0-9a-f]{6}\b", content.decode())) <= known


def test_parts_of_a_page_stand_alone(parts: dict[str, str]) -> None:
    variables = {f"var({name})" for name, _ in LIGHT.named()}
    for name, part in parts.items():
        root = ET.fromstring(part)
        assert part.startswith("<svg ")
        assert (root.attrib["role"], root[0].tag, root[1].tag) == ("img", f"{SVG}title", f"{SVG}desc")
        assert not {"width", "height", "font-family"} & set(root.attrib)
        colours = {value for value in painted(root) if not value.startswith("url(")}
        assert colours <= variables | {"none"}, name
        assert "var(--ink)" in colours
        assert not [node for node in root.iter() if "style" in node.attrib or node.tag == f"{SVG}style"]


def painted(root: ET.Element) -> Iterator[str]:
    for node in root.iter():
        yield from (node.attrib[name] for name in ("fill", "stroke") if name in node.attrib)


def test_ids_are_unique_and_begin_with_the_prefix(parts: dict[str, str]) -> None:
    every = [node.attrib["id"] for part in parts.values() for node in ET.fromstring(part).iter() if "id" in node.attrib]
    assert len(every) == len(set(every))
    for name, part in parts.items():
        root = ET.fromstring(part)
        own = {node.attrib["id"] for node in root.iter() if "id" in node.attrib}
        assert all(one.startswith(f"{name}-") for one in own)
        assert set(referred(root)) <= own
        assert {root.attrib["aria-labelledby"], root.attrib["aria-describedby"]} <= own


def referred(root: ET.Element) -> Iterator[str]:
    for node in root.iter():
        yield from (value.removeprefix("#") for name, value in node.attrib.items() if name in {LINK, "href"})
        yield from re.findall(r"url\(#([^)]+)\)", " ".join(node.attrib.values()))


def test_a_page_knows_every_colour() -> None:
    assert css(LIGHT).startswith("--paper: #ffffff; --ink: #1c1e21; ")
    assert "--series-1: " in css(LIGHT)
    assert "--step-5: " in css(LIGHT)


def test_letters_as_older_versions_of_matplotlib_write_them() -> None:
    style = "font: 700 8.5px 'DejaVu Sans', sans-serif; text-anchor: middle; fill: #fe0002"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="10pt" height="5pt" viewBox="0 0 10 5">'
        f'<g id="g"><text style="{style}" x="1.23456" transform="rotate(-0 1 2)">a &lt; b</text></g></svg>'
    )
    text = '<text font-weight="700" font-size="8.5" text-anchor="middle" fill="red" x="1.23">a &lt; b</text>'
    assert text in for_page(svg.encode(), FIGURES[0], "p-", {"#fe0002": "red"})
    assert 'width="10" height="5"' in for_file(svg.encode(), FIGURES[0]).decode()


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(PrerequisiteError, match=r"matplotlib, which is not installed; install warpsmith\[plots\]"):
        rendered(FIGURES[0], single())
