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
from typing import NamedTuple, Self

import msgspec

from warpsmith.errors import PrerequisiteError
from warpsmith.explore.answers import Answer, Question, failed
from warpsmith.explore.walls import Limits

_START_SECONDS, _GRACE, _DYING_SECONDS = 120.0, 15.0, 0.3
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "SYSTEMROOT")
_LAST_WORDS = 400


class _GoneError(Exception):
    """The template is not there any more."""


class _Template(NamedTuple):
    """A template that was started, and the socket through which it gets its questions."""

    process: subprocess.Popen[bytes]
    control: socket.socket

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def end(self) -> None:
        self.control.close()
        self.process.kill()
        self.process.wait()


class Runner:
    """Answers questions, each in a process of its own; an ``async with`` block is its life.

    Entering it raises PrerequisiteError where Warp does not start.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._folder = Path(tempfile.mkdtemp(prefix="warpsmith-explore-"))
        self._said = (self._folder / "said.txt").open("w+b", buffering=0)
        self._template: _Template | None = None
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

    async def ask(self, question: Question) -> Answer:
        """Return the answer to a question; cancelling it ends the text."""
        for _ in range(2):
            try:
                template = await self._ready()
                return await self._asked(template, question)
            except _GoneError:
                continue  # it may have been another text's doing
            except PrerequisiteError as error:
                return failed("fault", str(error))
        return failed("crash", "it ends the processes that watch it")

    async def _asked(self, template: _Template, question: Question) -> Answer:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(template.control, [b"?"], [theirs.fileno()])
            except OSError as error:
                ours.close()
                template.end()
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
            template.end()
            return failed("fault", "the process that runs the texts was stuck, and another one takes its place")
        finally:
            writer.close()
        if not received:
            await _raise_if_gone(template)
            return failed("crash", "it ends the process that watches it")
        return msgspec.json.decode(received, type=Answer)

    async def _ready(self) -> _Template:
        """Return a template that runs, starting one where there is none."""
        async with self._starting:
            if self._template is None or not self._template.is_alive():
                self._stop()
                self._template = await self._started()
            return self._template

    async def _started(self) -> _Template:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        limits = (str(self.limits.seconds), str(self.limits.memory_mib))
        command = [sys.executable, "-P", "-m", "warpsmith.explore.template", str(theirs.fileno())]
        with theirs:
            process = subprocess.Popen(
                [*command, str(self._folder), *limits],
                stdin=subprocess.DEVNULL,
                stdout=self._said,
                stderr=self._said,
                env=self._environment(),
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        template, said = _Template(process, ours), b""
        try:
            async with asyncio.timeout(_START_SECONDS):
                said = await asyncio.get_running_loop().sock_recv(ours, 16)
        except (TimeoutError, ConnectionError):
            pass
        finally:
            if not said:
                template.end()
        if not said:
            raise PrerequisiteError(f"Warp does not start in a process of its own: {self._last_words()}")
        return template

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
        if self._template is not None:
            self._template.end()
            self._template = None

    def _close(self) -> None:
        self._stop()
        self._said.close()
        shutil.rmtree(self._folder, ignore_errors=True)


async def _raise_if_gone(template: _Template) -> None:
    """Raise _GoneError if a template ends about now: its sockets are closed a moment before that shows."""
    for _ in range(10):
        if not template.is_alive():
            raise _GoneError
        await asyncio.sleep(_DYING_SECONDS / 10)
