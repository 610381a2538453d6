"""What all tests share: Hypothesis without a clock or a memory, and golden files with one switch that updates them."""

import difflib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"

# every pytest process compiles into a cache of its own: tests look at what is in it, and others must not write there
_worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
os.environ["WARP_CACHE_PATH"] = str(ROOT / ".pytest_cache" / "warp" / _worker)

# libraries that sets are loaded with stay off the network, and keep what they keep in here
_cache = ROOT / ".pytest_cache"
os.environ |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
os.environ |= {"HF_HOME": str(_cache / "huggingface"), "CROISSANT_CACHE": str(_cache / "croissant")}

settings.register_profile(
    "warpsmith", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("warpsmith")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write tests/golden anew instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a function that compares a text with a file of `tests/golden`, or writes it with `--update-goldens`."""
    update = bool(request.config.getoption("--update-goldens"))

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        if not path.is_file():
            pytest.fail(f"no golden file {name}: run pytest with --update-goldens")
        expected = path.read_text(encoding="utf-8")
        if text != expected:
            delta = difflib.unified_diff(expected.splitlines(), text.splitlines(), "golden", "now", lineterm="")
            pytest.fail(f"{name} differs from its golden file:\n" + "\n".join(delta), pytrace=False)

    return compare
