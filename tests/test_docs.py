"""The pages say what the code says."""

from pathlib import Path

import pytest

from docs.blocks import BLOCKS
from docs.make import BLOCK, PAGES, rendered
from warpsmith.record import COLUMNS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_has_not_drifted(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == rendered(text), "run `make docs`"


def test_every_block_stands_on_a_page() -> None:
    shown = {found["name"] for page in PAGES for found in BLOCK.finditer(page.read_text(encoding="utf-8"))}
    assert shown == set(BLOCKS)


def test_record_page_has_every_column() -> None:
    page = next(page for page in PAGES if page.name == "record.md").read_text(encoding="utf-8")
    assert all(f"| `{column.name}` |" in page for column in COLUMNS)


def test_an_unknown_block_is_named() -> None:
    with pytest.raises(KeyError, match="no block is called 'nothing'"):
        rendered("<!-- begin nothing -->\n<!-- end nothing -->")
