"""The page of a set in a real browser: the list, the filters, and the lines that belong together."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browsing import opened, serious_findings
from tests.report.conftest import COUNT
from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.reading import all_rows

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def page(browser: "Browser", index: Path) -> "Iterator[Page]":
    with opened(browser, index.as_uri()) as page:
        page.wait_for_selector(".pane.python .line")
        yield page


def names(page: "Page") -> list[str]:
    return page.locator("#list .name").all_inner_texts()


def lit(page: "Page", pane: str) -> list[str]:
    found = page.locator(f".pane.{pane} .line.lit").evaluate_all("rows => rows.map((row) => row.dataset.origin)")
    return list(map(str, found))


def test_all_records_are_there(page: "Page", small: Path) -> None:
    rows = list(all_rows(small, read_manifest(small)))
    assert page.locator("#count").inner_text() == f"1 to 100 of {COUNT} records"
    assert names(page) == [row["kernel_name"] for row in rows[:100]]
    page.click("#after")
    assert names(page) == [row["kernel_name"] for row in rows[100:]]
    assert page.locator("#after").is_disabled()
    page.click("#before")
    assert names(page) == [row["kernel_name"] for row in rows[:100]]


def test_a_record_has_all_its_texts(page: "Page", small: Path) -> None:
    row = list(all_rows(small, read_manifest(small)))[42]
    page.click("#list li:nth-child(43) a")
    page.wait_for_function("id => document.getElementById('identity').textContent.includes(id)", arg=row["id"])
    page.wait_for_function(
        "text => document.querySelector('.pane.python .code').textContent.startsWith(text)", arg="import warp"
    )
    assert shown(page, "python") == row["python_source"]
    for side, title in (("forward", "Forward"), ("backward", "Adjoint"), ("whole", "Whole module")):
        page.locator(".sides label", has_text=title).click()
        for target in ("cpp", "cuda"):
            column = target if side == "whole" else f"{target}_{side}"
            assert shown(page, target) == row[column]
            if side != "whole":
                assert origins(page, target) == row[f"{column}_lines"][: row[column].rstrip("\n").count("\n") + 1]
    assert page.locator(".pane.ptx").is_hidden()


def shown(page: "Page", pane: str) -> str:
    lines = page.locator(f".pane.{pane} .line").evaluate_all("rows => rows.map((row) => row.textContent)")
    return "".join(line.removesuffix("\n") + "\n" for line in lines)


def origins(page: "Page", pane: str) -> list[int]:
    found = page.locator(f".pane.{pane} .line").evaluate_all("rows => rows.map((row) => row.dataset.origin)")
    return list(map(int, found))


def test_a_line_of_python_lights_its_code_and_the_other_way_round(page: "Page") -> None:
    number = next(number for number in origins(page, "cpp") if number)
    page.locator(f".pane.python .line[data-origin='{number}']").hover()
    assert lit(page, "python") == [str(number)]
    expected = origins(page, "cpp").count(number)
    assert lit(page, "cpp") == [str(number)] * expected
    assert lit(page, "cuda") == [str(number)] * origins(page, "cuda").count(number)
    page.mouse.move(5, 5)
    assert lit(page, "cpp") == []
    last = max(origins(page, "cpp"))
    page.locator(f".pane.cpp .line[data-origin='{last}']").last.hover()
    assert lit(page, "python") == [str(last)]
    assert len(lit(page, "cuda")) == origins(page, "cuda").count(last)


def test_the_adjoint_is_joined_as_well(page: "Page") -> None:
    page.locator(".sides label", has_text="Adjoint").click()
    number = next(number for number in origins(page, "cpp") if number)
    page.locator(f".pane.cuda .line[data-origin='{number}']").first.hover()
    assert lit(page, "python") == [str(number)]
    assert len(lit(page, "cpp")) == origins(page, "cpp").count(number)


def test_search_and_filters(page: "Page", small: Path) -> None:
    rows = list(all_rows(small, read_manifest(small)))
    wanted = rows[7]
    page.fill("#search", wanted["id"])
    page.wait_for_function("() => document.querySelectorAll('#list li').length === 1")
    assert names(page) == [wanted["kernel_name"]]
    page.click("#reset")
    page.select_option("#category", wanted["category"])
    assert names(page) == [row["kernel_name"] for row in rows if row["category"] == wanted["category"]]
    page.select_option("#level", str(wanted["level"]))
    fitting = [row for row in rows if (row["category"], row["level"]) == (wanted["category"], wanted["level"])]
    assert names(page) == [row["kernel_name"] for row in fitting]
    page.click("#reset")
    assert page.locator("#count").inner_text() == f"1 to 100 of {COUNT} records"
    builtin = wanted["builtins"][0]
    page.fill("#builtin", builtin)
    calling = [row["kernel_name"] for row in rows if builtin in row["builtins"]]
    page.wait_for_function(
        "text => document.getElementById('count').textContent.includes(text)", arg=f"of {len(calling)} "
    )
    assert names(page) == calling[:100]
    page.fill("#builtin", "no_such_builtin")
    page.wait_for_function("() => document.getElementById('count').textContent === 'no record fits'")


def test_search_looks_into_the_code(page: "Page", small: Path) -> None:
    rows = list(all_rows(small, read_manifest(small)))
    line = next(line.strip() for row in rows[60:] for line in row["python_source"].splitlines() if "+=" in line)
    fitting = [row["kernel_name"] for row in rows if all(word in haystack(row) for word in line.lower().split())]
    page.fill("#search", line)
    page.wait_for_function(
        "names => document.querySelectorAll('#list li').length === names", arg=min(len(fitting), 100)
    )
    assert names(page) == fitting[:100]


def haystack(row: dict[str, object]) -> str:
    parts = (row["kernel_name"], row["description"], row["category"], row["id"], row["python_source"])
    return "\n".join([*map(str, parts), *map(str, row["builtins"])]).lower()  # type: ignore[call-overload]


def test_order(page: "Page", small: Path) -> None:
    rows = list(all_rows(small, read_manifest(small)))
    page.select_option("#sort", "name")
    assert names(page) == sorted(row["kernel_name"] for row in rows)[:100]
    page.select_option("#sort", "longest")
    lengths = sorted((row["python_source"].rstrip("\n").count("\n") + 1 for row in rows), reverse=True)
    kinds = page.locator("#list .kind").all_inner_texts()
    assert [int(kind.split()[-2]) for kind in kinds] == lengths[:100]


def test_the_keyboard_is_enough(page: "Page") -> None:
    page.focus("#list a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    second = names(page)[1]
    page.wait_for_function("name => document.getElementById('name').textContent === name", arg=second)
    assert page.locator("#list a[aria-current]").count() == 1
    page.focus(".pane.python .code")
    last = page.locator(".pane.python .line").count()
    page.keyboard.press("End")
    assert page.locator(".pane.python .line.cursor").get_attribute("data-origin") == str(last)
    assert page.locator("[role=status].spoken").inner_text().startswith(f"Python {last}: ")
    assert lit(page, "cpp") == [str(last)] * origins(page, "cpp").count(last)


def test_texts_can_be_put_away(page: "Page") -> None:
    page.click(".choices button >> text=CUDA")
    assert page.locator(".pane.cuda").is_hidden()
    assert page.locator(".choices button", has_text="CUDA").get_attribute("aria-pressed") == "false"
    page.click(".choices button >> text=CUDA")
    assert page.locator(".pane.cuda").is_visible()


def test_an_address_leads_to_a_record(browser: "Browser", index: Path, small: Path) -> None:
    row = list(all_rows(small, read_manifest(small)))[123]
    with opened(browser, f"{index.as_uri()}#record=123") as page:
        page.wait_for_selector(".pane.python .line")
        assert page.locator("#name").inner_text() == row["kernel_name"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1500, 390])
def test_accessible(browser: "Browser", index: Path, scheme: str, width: int) -> None:
    viewport = {"width": width, "height": 900}
    with opened(browser, index.as_uri(), viewport=viewport, color_scheme=scheme) as page:
        page.wait_for_selector(".pane.python .line")
        page.locator(".pane.python .line").nth(4).hover()
        assert serious_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.click("#to-figures")
        assert serious_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_theme_can_be_chosen(page: "Page") -> None:
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    page.click("#theme")
    assert page.locator("#theme").inner_text() == "Theme: dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    page.reload()
    page.wait_for_selector("html[data-ready=true]")
    assert page.locator("#theme").inner_text() == "Theme: dark"
