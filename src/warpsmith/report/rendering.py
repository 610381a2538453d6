"""Pages from templates: everything that is put into one is text, escaped, unless it is a figure or a script of ours."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

_STYLES = ("theme.css", "code.css")
_SCRIPTS = ("highlight.js", "panes.js", "theme.js")


def render(template: str, **values: Any) -> str:
    """Return a page: a template of this room with values put in."""
    return _environment().get_template(f"{template}.j2").render(values)


def style(*names: str) -> str:
    """Return the style sheets that all pages share, and those of one."""
    return _joined(*_STYLES, *names)


def script(*names: str) -> str:
    """Return the scripts that all pages share, and those of one."""
    return _joined(*_SCRIPTS, *names)


def _joined(*names: str) -> str:
    return "\n".join(_ASSETS.joinpath(name).read_text(encoding="utf-8") for name in names)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("warpsmith.report", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


_ASSETS = files("warpsmith.report") / "assets"
