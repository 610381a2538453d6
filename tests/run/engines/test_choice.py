"""An engine is refused in one line before anything is touched."""

import socket
from typing import Any

import pytest

from warpsmith.errors import PrerequisiteError, UsageError
from warpsmith.run.engines import ENGINES, require_engine


@pytest.fixture(autouse=True)
def ray_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warpsmith.run.engines.find_spec", lambda _: object())
    monkeypatch.delenv("RAY_ADDRESS", raising=False)


@pytest.fixture
def listening() -> Any:
    """A port at which somebody takes connections."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("name", ENGINES)
def test_engines_that_can_be(name: str) -> None:
    require_engine(name)


def test_addresses_that_can_be(listening: int, monkeypatch: pytest.MonkeyPatch) -> None:
    require_engine("ray", "auto")
    require_engine("ray", f"127.0.0.1:{listening}")
    monkeypatch.setenv("RAY_ADDRESS", f"127.0.0.1:{listening}")
    require_engine("ray")


@pytest.mark.parametrize(
    ("name", "address", "line"),
    [
        ("slurm", None, "engine is 'slurm'; use local or ray"),
        (3, None, "engine is 3; use local or ray"),
        ("local", "auto", "address is 'auto' and the engine is local; add `--engine ray`"),
        ("ray", 5, "address is 5; use HOST:PORT, or auto"),
        ("ray", "head", "address is 'head'; use HOST:PORT of the head"),
        ("ray", "ray://head:10001", "address is 'ray://head:10001'; use HOST:PORT of the head"),
        ("ray", "127.0.0.1:1", r"address '127.0.0.1:1' does not answer \(.*refused\); name the head of a running"),
        ("ray", "127.0.0.1:99999", r"address '127.0.0.1:99999' does not answer \(.*\); name the head of a running"),
    ],
)
def test_what_cannot_be(name: Any, address: Any, line: str) -> None:
    with pytest.raises(UsageError, match=line):
        require_engine(name, address)


def test_ray_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warpsmith.run.engines.find_spec", lambda _: None)
    with pytest.raises(PrerequisiteError, match=r"^engine 'ray' needs Ray, .*; install warpsmith\[ray\]$"):
        require_engine("ray")
