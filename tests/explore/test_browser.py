"""The live page in a real browser: what is typed is answered, and what is refused is said on its line."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browsing import opened, serious_findings, started_browser
from tests.explore.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TWO = """import warp as wp


@wp.kernel
def first(x: wp.array[float]):
    i = wp.tid()
    x[i] = 2.0 * x[i]


@wp.kernel
def second(x: wp.array[float], s: float):
    i = wp.tid()
    x[i] = wp.sin(s)
"""
ATTACK = "</script><script>window.broken = 1</script><img src=x onerror='window.broken = 2'>"


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    with started_browser() as browser:
        yield browser


@pytest.fixture
def page(browser: "Browser", server: Served) -> "Iterator[Page]":
    with opened(browser, f"{server.origin}/?token={server.token}") as page:
        page.wait_for_selector("html[data-answered]")
        yield page


def answered(page: "Page", text: str) -> None:
    """Type a text in place of what is there, and wait for the answer to it."""
    before = page.get_attribute("html", "data-answered")
    page.fill("#source", text)
    page.wait_for_function("before => document.documentElement.dataset.answered !== before", arg=before)


def shown(page: "Page", pane: str) -> str:
    return "\n".join(page.locator(f".pane.{pane} .line").evaluate_all("rows => rows.map((row) => row.textContent)"))


def test_it_starts_with_a_kernel_and_its_code(page: "Page") -> None:
    assert "scale_cpu_kernel_forward" in shown(page, "cpp")
    assert "scale_cuda_kernel_forward" in shown(page, "cuda")
    page.locator(".sides label", has_text="Adjoint").click()
    assert "scale_cpu_kernel_backward" in shown(page, "cpp")


def test_a_typed_line_is_answered(page: "Page") -> None:
    page.focus("#source")
    page.keyboard.press("Control+End")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")  # the new line is indented as the one before
    page.keyboard.type("out[i] = wp.cos(x[i])")
    page.wait_for_function("() => document.querySelector('.pane.cpp .code').textContent.includes('wp::cos')")
    assert page.locator("#problems").is_hidden()
    assert page.locator("#calls").inner_text() == "Calls cos, tid."


def test_an_error_is_shown_on_its_line(page: "Page") -> None:
    answered(page, TWO.replace("wp.sin(s)", "wp.sin(unknown)"))
    assert page.locator(".backdrop .faulty").evaluate_all("rows => rows.map((row) => row.dataset.number)") == ["13"]
    assert "unknown" in page.locator("#problems").inner_text()
    assert page.locator("#source").get_attribute("aria-invalid") == "true"
    page.click("#problems button")
    caret = page.evaluate("document.getElementById('source').selectionStart")
    assert TWO[:caret].count("\n") == 12
    answered(page, TWO)
    assert page.locator(".backdrop .faulty").count() == 0
    assert page.locator("#problems").is_hidden()


def test_wrong_syntax_is_shown_on_its_line(page: "Page") -> None:
    answered(page, TWO.replace("i = wp.tid()", "i = = wp.tid()", 1))
    assert page.locator(".backdrop .faulty").evaluate_all("rows => rows.map((row) => row.dataset.number)") == ["6"]


def test_one_of_several_kernels_is_chosen(page: "Page") -> None:
    answered(page, TWO)
    assert "first_cpu_kernel_forward" in shown(page, "cpp")
    page.select_option("#kernel", "1")
    assert "second_cpu_kernel_forward" in shown(page, "cpp")
    page.check("#ptx")
    page.wait_for_selector(".pane.ptx .line")
    assert ".visible .entry" in shown(page, "ptx")


def test_lines_light_up_both_ways(page: "Page") -> None:
    answered(page, TWO)
    page.locator(".pane.cpp .line[data-origin='7']").last.hover()
    assert page.locator(".backdrop .lit").evaluate_all("rows => rows.map((row) => row.dataset.number)") == ["7"]
    row = page.locator(".backdrop .line[data-number='7']").bounding_box()
    assert row
    page.mouse.move(row["x"] + 100, row["y"] + row["height"] / 2)
    lit = page.locator(".pane.cuda .line.lit").evaluate_all("rows => rows.map((row) => row.dataset.origin)")
    assert lit
    assert set(lit) == {"7"}


def test_what_is_pasted_is_text(page: "Page") -> None:
    answered(page, f"# {ATTACK}\n{TWO}print({ATTACK!r})\n")
    assert ATTACK in page.locator("#output").inner_text()
    assert ATTACK in shown(page, "python")
    assert page.evaluate("window.broken") is None
    answered(page, f"raise ValueError({ATTACK!r})\n")
    assert ATTACK in page.locator("#problems").inner_text()
    assert page.evaluate("window.broken") is None
    assert page.locator("main img").count() == 0


def test_an_endless_loop_is_ended_and_the_page_goes_on(page: "Page") -> None:
    answered(page, "while True:\n    pass\n")
    assert "time" in page.locator("#problems").inner_text() or "seconds" in page.locator("#problems").inner_text()
    answered(page, TWO)
    assert page.locator("#problems").is_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1500, 390])
def test_accessible(browser: "Browser", server: Served, scheme: str, width: int) -> None:
    address = f"{server.origin}/?token={server.token}"
    with opened(browser, address, viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        page.wait_for_selector("html[data-answered]")
        assert serious_findings(page) == []
        answered(page, TWO.replace("wp.sin(s)", "wp.sin(unknown)"))
        assert serious_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
