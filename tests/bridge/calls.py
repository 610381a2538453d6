"""Which overloads Warp resolves the calls of a kernel to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from warpsmith.bridge.catalog import KERNEL, Signature, specimen
from warpsmith.bridge.fast import calls
from warpsmith.bridge.swap import swapped
from warpsmith.extract import extract_source
from warpsmith.record import KernelSource, Rejection


@contextmanager
def resolved_overloads() -> Iterator[list[Any]]:
    """Give the overloads that builds inside the ``with`` block resolve calls to; no plan of a call is used there."""
    resolve, found = calls.resolve_func, []

    def noting(*args: Any) -> Any:
        found.append(resolve(*args))
        return found[-1]

    with swapped(calls, resolve_func=noting, _plan=lambda *_: None):
        yield found


def refusal(signature: Signature) -> str | None:
    """Return why Warp does not build the specimen of a signature for both targets, None where it does."""
    extracted = extract_source(KernelSource(specimen(signature), KERNEL, "", "", 1))
    return f"{extracted.stage}: {extracted.reason}" if isinstance(extracted, Rejection) else None
