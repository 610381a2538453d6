"""What Warp has to say goes to the log ``warpsmith.warp`` of Python's `logging`, not to the terminal.

Warp prints a banner when it starts, its native library warns on the error stream that there is no driver, and kernels
make it warn about this and that. Nobody hears it unless a handler is attached to the log; `log_to` attaches a file.
"""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warpsmith.bridge.inside import config, context, logger
from warpsmith.bridge.swap import swapped

_log = logging.getLogger("warpsmith.warp")
_log.addHandler(logging.NullHandler())


class _WarpLogger:
    """A logger as Warp wants it, in front of one of Python's."""

    def debug(self, message: str) -> None:
        _log.debug(message)

    def info(self, message: str) -> None:
        _log.info(message)

    def warning(self, message: str, category: object = None, stacklevel: int = 1) -> None:  # noqa: ARG002 - Warp's call
        _log.warning(message)

    def error(self, message: str) -> None:
        _log.error(message)


_warp_logger = _WarpLogger()


@contextmanager
def hushed() -> Iterator[None]:
    """Send what Warp says inside a ``with`` block to the log, starting Warp first if need be.

    Warp remembers the warnings that it gives only once; inside the block it remembers none of them, since they would
    pile up.
    """
    with swapped(logger, _active_logger=_warp_logger, _warnings_seen=set()):
        if context.runtime is None:
            with captured() as said:
                context.init()
            for line in said:
                _log.info(line)
        yield


def start() -> None:
    """Start Warp if nobody has: it fills in its configuration, and says so to the log."""
    with hushed():
        pass


def cache_in(folder: str) -> None:
    """Let Warp keep what it compiles for launches in a folder, for the rest of the life of this process."""
    config.kernel_cache_dir = folder


def log_to(path: Path) -> None:
    """Append what Warp says from now on to a file, for the rest of the life of this process."""
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.propagate = False


@contextmanager
def captured() -> Iterator[list[str]]:
    """Catch what native code prints inside a ``with`` block; the lines are in the list when the block is left."""
    lines: list[str] = []
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    with tempfile.TemporaryFile() as caught:
        try:
            for stream in (1, 2):
                os.dup2(caught.fileno(), stream)
            yield lines
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for stream, original in enumerate(kept, start=1):
                os.dup2(original, stream)
                os.close(original)
            caught.seek(0)
            lines.extend(caught.read().decode(errors="replace").splitlines())
