"""The page of a set in a real browser: how long until it can be used, and how long each thing in it takes.

    python -m benchmarks.browsing                     a set of 10,000 kernels, made for it
    python -m benchmarks.browsing data/run1 --save    a set that is there; keep the figures for the documentation

A page is ready when its list is drawn and its first record shows its lines. Times are the middle of several; each
loading is in a fresh browser context, without anything kept from before.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from benchmarks.report import machine
from tests.browsing import started_browser
from warpsmith.report import Report, write_report
from warpsmith.run.job import run_job

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

COUNT = 10_000
TIMES = 7
SAVED = Path(__file__).parent.parent / "docs" / "figures" / "browsing.json"


def main() -> None:
    """Measure and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="a finished set (default: one is made)")
    parser.add_argument("--save", action="store_true", help="keep the figures for the documentation")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="warpsmith-browsing-") as scratch:
        folder = options.folder or _made(Path(scratch) / "set")
        started = time.perf_counter()
        report = write_report(folder, Path(scratch) / "page")
        writing = time.perf_counter() - started
        with started_browser() as browser:
            seconds = measured(browser, report)
    found = {
        "machine": machine(),
        "records": report.shown,
        "megabytes": report.bytes / 1e6,
        "writing": writing,
        "seconds": seconds,
    }
    print(f"{report.shown:,} records, {report.bytes / 1e6:.0f} MB, written in {writing:.0f} s")
    for name, value in seconds.items():
        print(f"{name:32} {1000 * value:6.0f} ms")
    if options.save:
        SAVED.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")


def saved() -> str:
    """Return the kept figures as a table for the documentation."""
    if not SAVED.exists():
        return "Not measured yet: `python -m benchmarks.browsing --save`."
    found = msgspec.json.decode(SAVED.read_bytes())
    rows = (f"| {name} | {1000 * value:.0f} ms |" for name, value in found["seconds"].items())
    about = f"{found['records']:,} records, {found['megabytes']:.0f} MB, written in {found['writing']:.0f} s"
    return "\n".join([f"On {found['machine']}: {about}.", "", "| what | time |", "|---|---:|", *rows])


def _made(folder: Path) -> Path:
    run_job({"count": COUNT, "verify": "none"}, folder, workers=2)
    return folder


def measured(browser: "Browser", report: Report) -> dict[str, float]:
    """Return the seconds of each thing that one does on the page."""
    return {
        "until the page is ready": _middle(lambda: _loading(browser, report)),
        "first search, in the code too": _middle(lambda: _doing(browser, report, _search)),
        "a filter": _middle(lambda: _doing(browser, report, _filter)),
        "another record": _middle(lambda: _doing(browser, report, _another)),
        "a line lit": _middle(lambda: _doing(browser, report, _light)),
    }


def _middle(measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(TIMES))


def _loading(browser: "Browser", report: Report) -> float:
    return _doing(browser, report, lambda _page: None, timed_from_loading=True)


def _doing(
    browser: "Browser", report: Report, act: Callable[["Page"], None], *, timed_from_loading: bool = False
) -> float:
    context = browser.new_context(viewport={"width": 1500, "height": 900})
    try:
        page = context.new_page()
        started = time.perf_counter()
        page.goto(report.path.as_uri())
        page.wait_for_selector(".pane.python .line")
        if not timed_from_loading:
            started = time.perf_counter()
        act(page)
        return time.perf_counter() - started
    finally:
        context.close()


def _search(page: "Page") -> None:
    page.fill("#search", "atomic_add(")
    page.wait_for_function("() => !document.getElementById('count').textContent.includes(' of 10,000 ')")


def _filter(page: "Page") -> None:
    page.select_option("#level", "5")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.kind')].every((e) => e.textContent.includes('level 5'))"
    )


def _another(page: "Page") -> None:
    name = page.locator("#list .name").nth(70).inner_text()
    page.locator("#list a").nth(70).click()
    page.wait_for_function("name => document.querySelector('.pane.python .code').textContent.includes(name)", arg=name)


def _light(page: "Page") -> None:
    page.locator(".pane.cpp .line:not([data-origin='0'])").last.hover()
    page.wait_for_selector(".pane.python .line.lit")


if __name__ == "__main__":
    main()
