"""A real browser, headless, for the tests of the pages."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60_000
"""Milliseconds that a page is waited for before a test fails; a busy machine is no fault of the page."""


@contextmanager
def started_browser() -> "Iterator[Browser]":
    """Start the Chromium of the machine, or skip the test where there is none."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no Chromium on this machine (on Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: "Browser", address: str, **options: Any) -> "Iterator[Page]":
    """Open an address in a page of its own, wait until its script says that it is ready; it may have said nothing else.

    Fails where the page wrote to the console, raised, or asked for anything that is not of its own origin.
    """
    context = browser.new_context(viewport=options.pop("viewport", {"width": 1500, "height": 900}), **options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    own = address.rpartition("/")[0]
    page.on("request", lambda request: None if request.url.startswith((own, "data:")) else said.append(request.url))
    try:
        page.goto(address)
        page.wait_for_selector("html[data-ready=true]")
        yield page
        assert said == []
    finally:
        context.close()


def serious_findings(page: "Page") -> list[str]:
    """Return what axe, the accessibility checker, finds serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    grave = (finding for finding in found if finding["impact"] in ("serious", "critical"))
    return [f"{finding['id']}: {node['html'][:200]}" for finding in grave for node in finding["nodes"]]
