"""The page: one document with its script and style in it, under the nonce of its response."""

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

EXAMPLE = """import warp as wp


@wp.kernel
def scale(x: wp.array[float], factor: float, out: wp.array[float]):
    i = wp.tid()
    out[i] = factor * x[i]
"""

_SCRIPTS = ("explore.js",)
_STYLES: tuple[str, ...] = ()


def rendered(text: str, nonce: str) -> str:
    """Return the page that starts with a text, as text and never as markup."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_asset("page.html.j2"))
    return template.render(
        text=text or EXAMPLE,
        nonce=nonce,
        scripts=[_asset(name) for name in _SCRIPTS],
        styles=[_asset(name) for name in _STYLES],
    )


def _asset(name: str) -> str:
    return (files("warpsmith.explore") / "assets" / name).read_text(encoding="utf-8")
