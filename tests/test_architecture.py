"""The house holds: its floors, the size of files and functions, what an import costs, who looks behind Warp."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
PYTHON = sorted(
    path for room in ("src", "tests", "benchmarks", "examples", "docs") for path in (ROOT / room).rglob("*.py")
)
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
HEAVY = ("warp", "pyarrow", "ray", "rich", "numpy", "matplotlib")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_floors_of_the_house_hold() -> None:
    """The same contracts as `make check`."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", PYTHON, ids=relative)
def test_files_and_functions_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MAX_FILE_LINES
    too_long = {name: lines for name, lines in functions(ast.parse(text)) if lines > MAX_FUNCTION_LINES}
    assert not too_long


def functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the name and the number of lines of every function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_only_the_bridge_looks_behind_warp(path: Path) -> None:
    if "bridge" in path.parts:
        return
    private = [name for name in imported_or_read(ast.parse(path.read_text(encoding="utf-8"))) if name == "_src"]
    assert not private


def imported_or_read(tree: ast.Module) -> Iterator[str]:
    """Yield every part of every imported module's name, and every attribute that is read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (part for alias in node.names for part in alias.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module or "").split(".")
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield node.attr


@pytest.mark.parametrize(
    "statement",
    [
        "import warpsmith",
        "import warpsmith.record, warpsmith.seeds, warpsmith.errors",
        "import sys; sys.argv = ['warpsmith', '--help']; from warpsmith.cli import main; main(standalone_mode=False)",
        "import sys; sys.argv = ['warpsmith', 'generate', '--help']; from warpsmith.cli import main; "
        "main(standalone_mode=False)",
    ],
)
def test_importing_is_light(statement: str) -> None:
    report = f"{statement}\nimport sys; print('HEAVY', *sorted(set({HEAVY!r}) & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "HEAVY"


def test_documents_link_to_what_is_there() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    missing = [
        f"{relative(page)}: {link}"
        for page in pages
        for link in links(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert not missing


def links(text: str) -> list[str]:
    """Return the files that a page links to, outside of its listings."""
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", prose) if "://" not in link]


def test_nothing_speaks_of_the_machine_that_it_was_made_on() -> None:
    places = re.compile(r"/(home|root|Users|work)/\w")
    pages = [*ROOT.glob("*.*"), *(ROOT / "docs").rglob("*.*"), *(ROOT / "tests" / "golden").rglob("*.*"), *PYTHON]
    texts = [
        path for path in pages if path.is_file() and path.suffix in {".md", ".py", ".txt", ".toml", ".lock", ".json"}
    ]
    assert [relative(path) for path in texts if places.search(path.read_text(encoding="utf-8"))] == []


def test_the_lock_file_pins_with_hashes_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    requirements = re.findall(r"^[a-z][^\n]*(?:\n    --hash[^\n]*)*", lock, re.MULTILINE)
    assert "://" not in lock
    assert all("==" in requirement and "--hash=sha256:" in requirement for requirement in requirements)
