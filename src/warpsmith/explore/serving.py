"""The server: on loopback only, behind the guard, for as long as the command runs."""

import asyncio
import importlib.util
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from warpsmith.errors import PrerequisiteError, UsageError
from warpsmith.explore.walls import Limits

_ADDRESS = "127.0.0.1"
_LIBRARIES = ("starlette", "uvicorn")
_LOWEST_PORT = 1024


def serve(text: str, announce: Callable[[str], None], *, port: int = 0, limits: Limits | None = None) -> NoReturn:
    """Serve the page until the process is interrupted; `announce` gets its address, token and all, when it is there.

    Raises:
        PrerequisiteError: this is not Linux, starlette or uvicorn is not installed, or Warp does not start.
        UsageError: the port cannot be used.
        KeyboardInterrupt: as the user wished.
    """
    if sys.platform != "linux":
        raise PrerequisiteError(f"explore needs the processes of Linux, and this is {sys.platform}; use a container")
    for library in _LIBRARIES:
        if importlib.util.find_spec(library) is None:
            raise PrerequisiteError(f"{library} is not installed; install it with: pip install 'warpsmith[explore]'")
    with _listening(port) as listening:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _end)
        asyncio.run(_serve(listening, text, announce, limits or Limits()))
    raise KeyboardInterrupt


async def _serve(listening: socket.socket, text: str, announce: Callable[[str], None], limits: Limits) -> None:
    import uvicorn

    from warpsmith.explore.app import application
    from warpsmith.explore.runner import Runner

    port: int = listening.getsockname()[1]
    token = secrets.token_urlsafe(32)
    async with Runner(limits) as runner:
        config = uvicorn.Config(
            application(runner, token=token, port=port, text=text),
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            interface="asgi3",
            proxy_headers=False,
            server_header=False,
            date_header=False,
            access_log=False,
            log_config=None,
            log_level="critical",
            limit_concurrency=64,
            timeout_graceful_shutdown=1,
        )
        announce(f"http://{_ADDRESS}:{port}/?token={token}")
        await uvicorn.Server(config).serve(sockets=[listening])


def _listening(port: int) -> socket.socket:
    if port and not _LOWEST_PORT <= port <= 65535:
        raise UsageError(f"port is {port}; use a number from {_LOWEST_PORT} to 65535, or 0 for any that is free")
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((_ADDRESS, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise UsageError(f"port {port} cannot be used ({error.strerror}); use another one, or 0 for any") from error
    return listening


def _end(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 - the signature of a handler
    sys.exit(128 + number)
