"""A process that launches kernels, seen from its parent: given a batch, it answers with events, dies or hangs."""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from typing import Any

Event = list[Any]

_REASON_LENGTH = 400
_MODEST = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}
"""What a worker for the processor does without: its limit of memory counts what is reserved for these too."""


class Child:
    """A worker process, started when it is first needed and again after its death.

    `module` is what it runs, `folder` where it puts temporary files, which outlive a death.
    """

    def __init__(self, module: str = "warpsmith.verify.worker", folder: str | None = None) -> None:
        self._module = module
        self._environment = os.environ | _MODEST | ({"TMPDIR": folder} if folder else {})
        self._process: subprocess.Popen[bytes] | None = None
        self._said = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed by `end`
        self._unread = b""

    def start(self) -> int:
        """Start the child unless it is there, and return its id."""
        if self._process is None or self._process.poll() is not None:
            self._start()
        return self._running().pid

    def give(self, batch: dict[str, Any]) -> None:
        """Hand over a batch; a child that is dead already shows when its answer is awaited."""
        self.start()
        self._said.seek(0)
        self._said.truncate()
        stdin = self._running().stdin
        assert stdin is not None
        try:
            stdin.write(json.dumps(batch).encode() + b"\n")
            stdin.flush()
        except BrokenPipeError:
            pass

    def await_event(self, seconds: float) -> Event | None:
        """Return the next event, or None where the child dies or is silent for so long; `fate` says which."""
        stdout = self._running().stdout
        assert stdout is not None
        while b"\n" not in self._unread:
            ready, _, _ = select.select([stdout], [], [], seconds)
            received = os.read(stdout.fileno(), 1 << 16) if ready else b""
            if not received:
                return None
            self._unread += received
        line, _, self._unread = self._unread.partition(b"\n")
        event: Event = json.loads(line)
        return event

    def fate(self) -> tuple[str, str]:
        """End the child after silence or death: return ``hung`` or ``crashed``, and how."""
        process = self._running()
        try:
            code = process.wait(0.5)
        except subprocess.TimeoutExpired:
            self._stop()
            return "hung", "no answer in time"
        self._stop()
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return "crashed", self.with_last_words(how)

    def with_last_words(self, how: str) -> str:
        """Return how a process ended, followed by what it said last."""
        size = os.fstat(self._said.fileno()).st_size
        last = os.pread(self._said.fileno(), 4 * _REASON_LENGTH, max(0, size - 4 * _REASON_LENGTH))
        return f"{how} {' '.join(last.decode(errors='replace').split())[-_REASON_LENGTH:]}".strip()

    def said(self) -> list[str]:
        """Return the lines that the child printed to its error stream since it was given the batch."""
        size = os.fstat(self._said.fileno()).st_size
        return os.pread(self._said.fileno(), size, 0).decode(errors="replace").splitlines()

    def end(self) -> None:
        """End the child for good."""
        self._stop()
        self._said.close()

    def _start(self) -> None:
        self._stop()
        command = [sys.executable, "-m", self._module]
        # parent and child share the position in the file, so `give` may cut it short
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said, env=self._environment
        )

    def _running(self) -> "subprocess.Popen[bytes]":
        assert self._process is not None
        return self._process

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
        self._unread = b""
