"""A process that knows Warp already: it copies itself for each text, so that none has to wait for an import.

``python -m warpsmith.explore.template SOCKET FOLDER SECONDS MIB``: says ``ready`` through the socket, and then takes
from it a socket for each question, until it is closed. It does not touch these; a `keeper` each does that. It never has
a device: where a driver is at work in a process, it must not be copied.
"""

import gc
import os
import select
import signal
import socket
import sys
import time
from contextlib import suppress

from warpsmith.explore.family import children, descendants
from warpsmith.explore.keeper import keep
from warpsmith.explore.walls import Limits, adopt_orphans
from warpsmith.extract import extract_source
from warpsmith.record import KernelSource

READY = b"ready\n"
_TICK, _PATIENCE = 1.0, 10.0
_WARMING = """import warp as wp


@wp.func
def twice(x: float):
    return x + x


@wp.kernel
def warm(x: wp.array[float], y: wp.array[wp.vec3]):
    i = wp.tid()
    for k in range(3):
        if x[i] > 0.5:
            wp.atomic_add(y, i, wp.vec3(twice(x[i]), wp.sin(x[i]), float(k)))
"""


def main() -> None:
    """Serve until the socket is closed, or nobody is there any more."""
    descriptor, folder, seconds, memory = sys.argv[1:]
    control = socket.socket(fileno=int(descriptor))
    adopt_orphans()
    extract_source(KernelSource(_WARMING, "warm", "", "", 1))
    gc.collect()
    gc.freeze()  # what is there now is there for good: no copy need look through it
    control.sendall(READY)
    keepers: set[int] = set()
    while True:
        ready, _, _ = select.select([control], [], [], _TICK if keepers else None)
        if ended := _ended(keepers):
            keepers -= ended
            _end_strays(keepers)
        if not ready:
            continue
        said, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not said:
            return
        asking = socket.socket(fileno=descriptors[0])
        keeper = os.fork()
        if not keeper:
            control.close()
            keep(asking, folder, Limits(float(seconds), int(memory)))
        asking.close()
        keepers.add(keeper)


def _ended(keepers: set[int]) -> set[int]:
    """Return which keepers ended, and reap them."""
    return {keeper for keeper in keepers if os.waitpid(keeper, os.WNOHANG)[0]}


def _end_strays(keepers: set[int]) -> None:
    """End what the text of a keeper left behind that was killed itself: this process has adopted it."""
    deadline = time.monotonic() + _PATIENCE
    while (strays := set(children(os.getpid())) - keepers) and time.monotonic() < deadline:
        for process in [*strays, *(one for stray in strays for one in descendants(stray))]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        for stray in strays:
            os.waitpid(stray, os.WNOHANG)


if __name__ == "__main__":
    main()
