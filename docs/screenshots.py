"""Pictures of the pages for the documentation: ``python -m docs.screenshots``.

A set of 200 kernels is made for it, and the report of it is looked at in light and dark, wide and narrow; then explore,
with a kernel and with a mistake in it.
"""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browsing import started_browser
from tests.explore.served import serving
from warpsmith.report import write_report
from warpsmith.run.job import run_job

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FIGURES = Path(__file__).parent / "figures"
COUNT = 200
RECORD = 23
TEXT = """import warp as wp


@wp.struct
class Particle:
    position: wp.vec3
    velocity: wp.vec3


@wp.kernel
def drift(particles: wp.array[Particle], dt: float, fastest: wp.array[float]):
    i = wp.tid()
    p = particles[i]
    p.position += dt * p.velocity
    speed = wp.length(p.velocity)
    if speed > 1.0:
        wp.atomic_max(fastest, 0, speed)
    particles[i] = p
"""
_WIDE = {"width": 1440, "height": 860}
_NARROW = {"width": 420, "height": 900}


def main() -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory(prefix="warpsmith-screenshots-") as scratch:
        folder = Path(scratch) / "run1"
        run_job({"count": COUNT, "verify": "gradient"}, folder, workers=2)
        index = write_report(folder).path
        with started_browser() as browser:
            picture(browser, f"{index.as_uri()}#record={RECORD}", "report-light.png", _WIDE, "light")
            picture(browser, f"{index.as_uri()}#record={RECORD}", "report-dark.png", _WIDE, "dark")
            picture(browser, f"{index.as_uri()}#record={RECORD}", "report-narrow.png", _NARROW, "light")
            picture(browser, f"{index.as_uri()}#figures", "report-figures.png", _WIDE, "light")
            with serving(Path(scratch)) as served:
                address = f"{served.origin}/?token={served.token}"
                live(browser, address, "explore-light.png", TEXT, "light")
                live(browser, address, "explore-error.png", TEXT.replace("speed)", "sped)"), "dark")


def picture(browser: "Browser", address: str, name: str, viewport: dict[str, int], scheme: str) -> None:
    """Take a picture of an address, with a line lit where lines are shown."""
    context = browser.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html[data-ready=true]")
    if "#record" in address:
        page.wait_for_selector(".pane.python .line")
        page.locator(".pane.cpp .line:not([data-origin='0'])").last.hover()
    page.screenshot(path=FIGURES / name)
    context.close()
    print(FIGURES / name)


def live(browser: "Browser", address: str, name: str, text: str, scheme: str) -> None:
    """Take a picture of explore with a text typed in."""
    context = browser.new_context(viewport=_WIDE, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html[data-answered='1']")
    page.fill("#source", text)
    page.wait_for_selector("html[data-answered='2']")
    if page.locator("#problems").is_hidden():
        page.locator(".pane.cuda .line[data-origin='14']").last.hover()
    page.screenshot(path=FIGURES / name)
    context.close()
    print(FIGURES / name)


if __name__ == "__main__":
    main()
