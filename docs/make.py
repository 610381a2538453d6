"""Write the tables and listings that are made from code into the pages: between ``<!-- begin NAME -->`` and its end.

``python -m docs.make`` writes, ``python -m docs.make --check`` names the pages that have drifted and exits with 1.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from docs.blocks import BLOCKS
from warpsmith.bridge.quiet import hushed

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(r"(<!-- begin (?P<name>[^>]+) -->\n)(?P<body>.*?)(<!-- end (?P=name) -->)", re.DOTALL)


def rendered(page: str, blocks: dict[str, Callable[[], str]] = BLOCKS) -> str:
    """Return the text of a page with every block made anew."""

    def render(found: re.Match[str]) -> str:
        name = found["name"]
        if name not in blocks:
            raise KeyError(f"no block is called {name!r}; there are {', '.join(sorted(blocks))}")
        return f"{found[1]}\n{blocks[name]().strip()}\n\n{found[4]}"

    return BLOCK.sub(render, page)


def drifted() -> dict[Path, str]:
    """Return the pages whose blocks are not what the code makes of them, and what they should be."""
    with hushed():
        pages = {page: rendered(page.read_text(encoding="utf-8")) for page in PAGES}
    return {page: text for page, text in pages.items() if text != page.read_text(encoding="utf-8")}


def main() -> int:
    """Write all pages, or only check them."""
    pages = drifted()
    for page, text in pages.items():
        print(page.relative_to(ROOT))
        if "--check" not in sys.argv:
            page.write_text(text, encoding="utf-8")
    return 1 if pages and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
