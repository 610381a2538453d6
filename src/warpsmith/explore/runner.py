"""The server's side of the template: starts it, asks it, and starts another one when a text has brought it down."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from warpsmith.errors import PrerequisiteError
from warpsmith.explore.answers import Answer, Question, failed
from warpsmith.explore.walls import Limits

_START_SECONDS, _GRACE = 120.0, 15.0
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "SYSTEMROOT")
_LAST_WORDS = 400


class _GoneError(Exception):
    """The template is not there any more."""


class Runner:
    """Answers questions, each in a process of its own; an ``async with`` block is its life.

    Entering it raises PrerequisiteError where Warp does not start.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._folder = Path(tempfile.mkdtemp(prefix="warpsmith-explore-"))
        self._said = (self._folder / "said.txt").open("w+b", buffering=0)
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._starting = asyncio.Lock()

    async def __aenter__(self) -> Self:
        """Start the template."""
        try:
            await self._ready()
        except BaseException:
            self._close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the template, and with it whatever runs."""
        self._close()

    @property
    def template(self) -> int | None:
        """The id of the template's process, where there is one."""
        return self._process.pid if self._process else None

    async def ask(self, question: Question) -> Answer:
        """Return the answer to a question; cancelling it ends the text."""
        for _ in range(2):
            try:
                control = await self._ready()
                return await self._asked(control, question)
            except _GoneError:
                self._stop()
            except PrerequisiteError as error:
                return failed("fault", str(error))
        return failed("fault", "the process that runs the texts does not stay alive")

    async def _asked(self, control: socket.socket, question: Question) -> Answer:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(control, [b"?"], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise _GoneError from error
        reader, writer = await asyncio.open_connection(sock=ours)
        try:
            async with asyncio.timeout(self.limits.seconds + _GRACE):
                writer.write(msgspec.json.encode(question) + b"\n")
                await writer.drain()
                received = await reader.read()
        except ConnectionError:
            received = b""
        except TimeoutError:
            self._stop()
            return failed("fault", "the process that runs the texts was stuck, and another one takes its place")
        finally:
            writer.close()
        if not received:
            return failed("crash", "it ends the process that watches it")
        return msgspec.json.decode(received, type=Answer)

    async def _ready(self) -> socket.socket:
        """Return the socket of a template that runs, starting one where there is none."""
        async with self._starting:
            if self._process is None or self._process.poll() is not None:
                self._stop()
                await self._start()
            assert self._control is not None
            return self._control

    async def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        self._control.setblocking(False)
        limits = (str(self.limits.seconds), str(self.limits.memory_mib))
        command = [sys.executable, "-P", "-m", "warpsmith.explore.template", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(
                [*command, str(self._folder), *limits],
                stdin=subprocess.DEVNULL,
                stdout=self._said,
                stderr=self._said,
                env=self._environment(),
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        try:
            async with asyncio.timeout(_START_SECONDS):
                said = await asyncio.get_running_loop().sock_recv(self._control, 16)
        except (TimeoutError, ConnectionError):
            said = b""
        if not said:
            self._stop()
            raise PrerequisiteError(f"Warp does not start in a process of its own: {self._last_words()}")

    def _environment(self) -> dict[str, str]:
        """Return what a template needs of the environment; what else stands there is no business of a text."""
        folder = str(self._folder)
        paths = [os.path.abspath(path) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]  # noqa: PTH100 - links stay
        own = {"HOME": folder, "TMPDIR": folder, "WARP_CACHE_PATH": folder, "CUDA_VISIBLE_DEVICES": ""}
        modest = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(paths)}
        return {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ} | own | modest

    def _last_words(self) -> str:
        self._said.seek(0)
        return " ".join(self._said.read().decode(errors="replace").split())[-_LAST_WORDS:]

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _close(self) -> None:
        self._stop()
        self._said.close()
        shutil.rmtree(self._folder, ignore_errors=True)
