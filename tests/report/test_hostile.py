"""Kernels whose text tries to break the page: it is shown as text."""

from pathlib import Path
from typing import TYPE_CHECKING

from tests.browsing import opened
from tests.cli.commands import run
from warpsmith.report import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ATTACK = "</script><script>window.broken = 1</script><img src=x onerror='window.broken = 2'>"
TEXT = f'''import warp as wp


@wp.kernel
def innocent(a: wp.array[float]):
    """{ATTACK}"""
    # {ATTACK} <!-- ]]> {{{{ 7 * 7 }}}} %}}
    i = wp.tid()
    a[i] = a[i] + 1.0
'''
FOLDER = "<img src=x onerror=window.broken=3>"


def test_what_tries_to_break_the_page_is_shown_as_text(browser: "Browser", tmp_path: Path) -> None:
    source = tmp_path / FOLDER
    source.mkdir()
    (source / "attack.py").write_text(TEXT, encoding="utf-8")
    folder = tmp_path / "<b>set<script>window.broken = 4<"
    result = run("extract", source, "-o", folder)
    assert result.returncode == 0, result.stderr
    with opened(browser, write_report(folder).path.as_uri()) as page:
        page.wait_for_selector(".pane.python .line")
        text = page.locator(".pane.python .code").inner_text()
        assert ATTACK in text
        assert "<!-- ]]> {{ 7 * 7 }} %}" in text
        assert ATTACK in page.locator(".pane.cpp .code").inner_text() or page.locator(".pane.cpp").is_visible()
        assert page.locator("h1").inner_text() == folder.name
        page.fill("#search", "onerror")
        page.wait_for_function("() => document.querySelectorAll('#list li').length === 1")
        page.click("#to-figures")
        assert page.evaluate("window.broken") is None
        assert page.locator("img").count() == 0
