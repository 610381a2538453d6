"""Where the tasks of a job are done: in processes of this machine, or on a cluster."""

from importlib.util import find_spec
from typing import Any

from warpsmith.errors import PrerequisiteError, UsageError
from warpsmith.run.engines.address import require_address

ENGINES = ("local", "ray")


def require_engine(name: Any, address: Any = None) -> None:
    """Let pass an engine that can be used; the local one has no address.

    Raises UsageError for a name or address that cannot be and a cluster that does not answer, PrerequisiteError where
    Ray is not installed.
    """
    if name not in ENGINES:
        raise UsageError(f"engine is {name!r}; use {' or '.join(ENGINES)}")
    if name == "local":
        if address:
            raise UsageError(f"address is {address!r} and the engine is local; add `--engine ray`")
        return
    if find_spec("ray") is None:
        raise PrerequisiteError("engine 'ray' needs Ray, which is not installed; install warpsmith[ray]")
    require_address(address)
