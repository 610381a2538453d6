"""Where a Ray cluster is, by the words of whoever asks for it, and whether anybody is there."""

import os
import socket
from typing import Any

from warpsmith.errors import UsageError

ANSWER_SECONDS = 5.0


def chosen(address: str | None) -> str:
    """Return an address, by default that of ``RAY_ADDRESS``, or ``local`` for a cluster of our own."""
    return address or os.environ.get("RAY_ADDRESS") or "local"


def require_address(address: Any) -> None:
    """Raise UsageError for what is no address, and where nobody answers at it: Ray itself would try for minutes."""
    if not isinstance(address, str | None):
        raise UsageError(f"address is {address!r}; use HOST:PORT, or auto")
    place = chosen(address)
    if place in ("local", "auto"):
        return
    host, _, port = place.rpartition(":")
    if "/" in host or not host or not port.isdigit():
        raise UsageError(f"address is '{place}'; use HOST:PORT of the head of a Ray cluster, or auto")
    if reason := silence(place):
        raise UsageError(f"address '{place}' does not answer ({reason}); name the head of a running cluster")


def silence(place: str, seconds: float = ANSWER_SECONDS) -> str:
    """Return why nobody takes a connection at HOST:PORT, or nothing where somebody does."""
    host, _, port = place.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), seconds).close()
    except (OSError, OverflowError) as error:
        return str(error)
    return ""
