"""The page and what is put into it."""

import json
import re
from html.parser import HTMLParser

import pytest

from warpsmith.explore.guard import policy
from warpsmith.explore.page import EXAMPLE, rendered

BREAKING = "# </script><script>alert(1)</script> <!-- <b> & ' \" `${x}` {{ 7 * 7 }} \u2028\nx = 1\n"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


def tags(page: str) -> list[str]:
    parser = _Tags()
    parser.feed(page)
    return parser.tags


@pytest.mark.parametrize("text", [BREAKING, "x = 1\n"])
def test_a_text_is_text_and_never_markup(text: str) -> None:
    page = rendered(text, "nonce")
    found = re.search(r'<script type="application/json" id="start">(.*?)</script>', page, re.DOTALL)
    assert found
    assert json.loads(found[1]) == text
    assert tags(page) == tags(rendered("x", "nonce"))


def test_without_a_text_there_is_an_example() -> None:
    assert json.dumps(EXAMPLE)[1:30] in rendered("", "nonce")


def test_assets_hold_nothing_that_ends_a_script() -> None:
    assert rendered("x", "nonce").count("</script") == len(re.findall("<script", rendered("x", "nonce")))


def test_policy_names_the_nonce_for_scripts_and_styles() -> None:
    rules = policy("abc").split("; ")
    assert rules[0] == "default-src 'none'"
    assert {"script-src 'nonce-abc'", "style-src 'nonce-abc'", "connect-src 'self'"} <= set(rules)
