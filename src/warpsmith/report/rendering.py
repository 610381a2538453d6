"""Pages from templates: everything that is put into one is text, escaped, unless it is a figure or a script of ours.

A room has its templates in ``templates`` and its scripts and styles in ``assets``; those that all pages share are here.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = "warpsmith.report"
_STYLES = ("theme.css", "code.css")
_SCRIPTS = ("highlight.js", "panes.js", "theme.js")


def render(room: str, name: str, **values: Any) -> str:
    """Return the page of a room (``warpsmith.report``): its template, script and style of this name, with values."""
    style = _joined((_HERE, _STYLES), (room, (f"{name}.css",)))
    script = _joined((_HERE, _SCRIPTS), (room, (f"{name}.js",)))
    return _environment(room).get_template(f"{name}.html.j2").render(values, style=style, script=script)


def _joined(*parts: tuple[str, Sequence[str]]) -> str:
    """Return the texts of assets, room by room."""
    found = [files(room).joinpath("assets", name) for room, names in parts for name in names]
    return "\n".join(path.read_text(encoding="utf-8") for path in found)


@cache
def _environment(room: str) -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader(room, "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
