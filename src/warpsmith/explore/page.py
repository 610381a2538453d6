"""The page: one document with its script and style in it, under the nonce of its response."""

from warpsmith.report.rendering import render

EXAMPLE = """import warp as wp


@wp.kernel
def scale(x: wp.array[float], factor: float, out: wp.array[float]):
    i = wp.tid()
    out[i] = factor * x[i]
"""


def rendered(text: str, nonce: str) -> str:
    """Return the page that starts with a text, as text and never as markup."""
    return render("warpsmith.explore", "explore", text=text or EXAMPLE, nonce=nonce)
