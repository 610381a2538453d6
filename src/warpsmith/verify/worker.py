"""The child of `warpsmith.verify.trials`: launches what comes in, and says at once what it begins and what it ended.

Each line in is a batch as JSON; the lines out are events. The standard output is kept for them: what Warp or a kernel
prints goes to the error stream.
"""

import ctypes
import json
import os
import signal
import sys
from typing import Any, TextIO

import warp as wp

from warpsmith.record import source_id
from warpsmith.verify.launching import Live, define_in
from warpsmith.verify.trial import Trial, try_kernel

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serve until the input ends or the parent is gone."""
    events = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    die_with_parent()
    wp.config.log_level = wp.LOG_WARNING
    wp.config.enable_backward = False
    for line in sys.stdin:
        _serve(json.loads(line), events)


def die_with_parent() -> None:
    """Ask the kernel of the system to end this process when its parent is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _serve(batch: dict[str, Any], events: TextIO) -> None:
    """Define the kernels of a batch in one module, compile it, and try those that are wanted."""
    wp.config.kernel_cache_dir = batch["cache"]
    wp.config.mode = "debug" if batch["debug"] else "release"
    wp.config.optimization_level = batch["optimization"]
    module: str = batch["module"]
    lives: dict[int, Live] = {}
    for number, kernel in batch["kernels"]:
        _say(events, "defining", number)
        try:
            lives[number] = define_in(module, kernel)
        except Exception as error:  # noqa: BLE001 - whatever a kernel's text raises is its own failure
            _say(events, "ended", number, Trial("refused", reason=_one_line(error)))
    _say(events, "compiling")
    reason = _compile(module)
    if reason:
        # a complaint tells its kernel by the name that Warp made, or by the id of the text
        names = {live.kernel.get_mangled_name(): number for number, live in lives.items()}
        names |= {source_id(kernel["python_source"]): number for number, kernel in batch["kernels"] if number in lives}
        _say(events, "uncompilable", reason, names)
        return
    for number in batch["wanted"]:
        if number in lives:
            _say(events, "launching", number)
            _say(events, "ended", number, _tried(lives[number]))
    wp.get_module(module).unload()
    _say(events, "finished")


def _compile(module: str) -> str:
    """Compile a module; return why it does not compile, or nothing."""
    try:
        # Warp launches with blocks of one thread on the CPU
        wp.load_module(module, "cpu", block_dim=1)
    except Exception as error:  # noqa: BLE001 - Warp raises what it likes
        return _one_line(error)
    return ""


def _tried(live: Live) -> Trial:
    try:
        return try_kernel(live)
    except Exception as error:  # noqa: BLE001 - Warp raises what it likes
        return Trial("refused", reason=_one_line(error))


def _one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:400]


def _say(events: TextIO, *event: Any) -> None:
    events.write(json.dumps(event) + "\n")


if __name__ == "__main__":
    main()
