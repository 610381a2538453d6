from collections.abc import Iterator

import pytest

from tests.explore.served import Served, serving


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that all tests of a process share: whatever is done to it, it goes on."""
    with serving(tmp_path_factory.mktemp("explore"), "--seconds", "8", "--memory", "512") as served:
        yield served
