"""A small set, its page, and a browser that looks at it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browsing import started_browser
from warpsmith.report import write_report
from warpsmith.run.job import run_job

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COUNT = 130


@pytest.fixture(scope="package")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    run_job({"count": COUNT, "level": "1-3", "verify": "none", "shard_size": 65}, folder, workers=0)
    return folder


@pytest.fixture(scope="package")
def index(small: Path) -> Path:
    return write_report(small).path


@pytest.fixture(scope="package")
def browser() -> "Iterator[Browser]":
    with started_browser() as browser:
        yield browser
