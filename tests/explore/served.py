"""A server of the command line, as a user starts it, and requests to it."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import httpx

START_SECONDS = 240


class Served(NamedTuple):
    """A server that runs: its port and token, its process, and the folder of its temporary files."""

    port: int
    token: str
    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def headers(self, **changes: str | None) -> dict[str, str]:
        """Return the headers that the page sends, with changes; None leaves one out."""
        headers: dict[str, str | None] = {
            "Host": f"127.0.0.1:{self.port}",
            "Origin": self.origin,
            "Content-Type": "application/json",
            "X-Warpsmith-Token": self.token,
        }
        headers |= {name.replace("_", "-"): value for name, value in changes.items()}
        return {name: value for name, value in headers.items() if value is not None}

    def ask(self, text: str, **more: Any) -> httpx.Response:
        """Ask for the code of a text as the page does."""
        body = {"text": text, **more}
        return httpx.post(f"{self.origin}/api/code", json=body, headers=self.headers(), timeout=120)

    def answer(self, text: str, **more: Any) -> dict[str, Any]:
        """Return the answer to a text."""
        response = self.ask(text, **more)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    def end(self) -> int:
        """Press Ctrl-C, and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    """Run ``warpsmith explore`` inside a ``with`` block."""
    command = [sys.executable, "-m", "warpsmith", "explore", "--no-browser", *options]
    environment = os.environ | {"TMPDIR": str(folder), "SECRET_OF_TEST": "hush"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        ready, _, _ = select.select([process.stdout], [], [], START_SECONDS)
        address = urlsplit(process.stdout.readline().decode().strip() if ready else "")
        assert address.port, process.stderr.read() if process.poll() is not None else "no address"
        yield Served(address.port, parse_qs(address.query)["token"][0], process, folder)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
