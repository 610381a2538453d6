"""The inside of `warpsmith capture`: runs a program as Python would, and writes down what it built when it is done.

``python -m warpsmith.run.recorder SPOOL DEVICE SCRIPT ARGS…``: the standard streams, arguments and exit code are the
program's own.
"""

import os
import runpy
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

import msgspec

from warpsmith.record import TARGETS
from warpsmith.run.capturing import Recorder
from warpsmith.run.yields import yielded


def main(arguments: list[str]) -> None:
    """Run the program and end as it does."""
    spool, device, script, *rest = arguments
    recorder = Recorder()
    original_exit = os._exit

    def exit_at_once(code: int) -> NoReturn:
        vars(os)["_exit"] = original_exit
        _write(recorder, Path(spool), device)
        original_exit(code)

    vars(os)["_exit"] = exit_at_once
    try:
        with recorder.recording():
            code = _run(script, rest)
            _join_threads()
    finally:
        vars(os)["_exit"] = original_exit
        _write(recorder, Path(spool), device)
    sys.exit(code)


def _run(script: str, arguments: list[str]) -> Any:
    """Run a script as the main program; return its exit code, after saying what it did not catch."""
    sys.argv = [script, *arguments]
    sys.path[0] = os.path.dirname(os.path.abspath(script))  # noqa: PTH100, PTH120 - as Python itself does it
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        return end.code
    except BaseException as error:  # noqa: BLE001 - the program's own
        sys.stdout.flush()
        error = error.with_traceback(_own(error.__traceback__, script))
        sys.excepthook(type(error), error, error.__traceback__)
        return 130 if isinstance(error, KeyboardInterrupt) else 1
    return 0


def _own(trace: TracebackType | None, script: str) -> TracebackType | None:
    """Leave out what is ours at the beginning of a traceback."""
    while trace is not None and trace.tb_frame.f_code.co_filename != script:
        trace = trace.tb_next
    return trace


def _join_threads() -> None:
    """Wait for the program's threads, as Python does at its end."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()


def _write(recorder: Recorder, spool: Path, device: str) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    targets = TARGETS if device == "both" else tuple(target for target in TARGETS if target == device)
    try:
        found = recorder.harvested(targets)
    except BaseException:  # noqa: BLE001 - what the program does must not depend on it
        traceback.print_exc()
        return
    lines = [yielded(made) for made in (*found, *found.rejections)]
    spool.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))


if __name__ == "__main__":
    main(sys.argv[1:])
