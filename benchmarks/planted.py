"""Three kernels that must not get through, planted in a set of 200: ``python -m benchmarks.planted [WORKERS]``.

One loops for ever, one writes out of bounds, one takes memory until there is none. The set is made and verified by the
command line; what counts is that all others have their verdicts, that the three are rejected with their reasons, and
that no process is left.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.verify.judged import as_row
from tests.verify.kernels import ENDLESS, OUT_OF_BOUNDS, row
from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.reading import all_rows
from warpsmith.dataset.rejected import read_rejections

KERNELS = 200
GREEDY = row(
    "out[i] = devour(x[i])",
    before='@wp.func_native("""while (1) { void* p = __builtin_malloc(1 << 20); __builtin_memset(p, 1, 1 << 20); }\n'
    'return x;""")\ndef devour(x: float) -> float: ...',
)
PLANTED = {20: ENDLESS, 100: OUT_OF_BOUNDS, 180: GREEDY}
_COLUMNS = ("id", "kernel_name", "python_source", "launch", "cpp", "cpp_forward", "cpp_backward", "cuda")


def plant(folder: Path) -> None:
    """Put the three in the place of others, in a set that is in lines of JSON."""
    file = folder / read_manifest(folder).files[0].path
    lines = file.read_text(encoding="utf-8").splitlines()
    for place, kernel in PLANTED.items():
        planted, _ = as_row(kernel)
        lines[place] = json.dumps(json.loads(lines[place]) | {name: planted[name] for name in _COLUMNS})
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def warpsmith(*arguments: str | Path) -> str:
    """Run the command line in a session of its own; return what it prints and what is left of the session."""
    command = [sys.executable, "-m", "warpsmith", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    printed, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"{' '.join(command[2:])} ended with {process.returncode}")
    print("processes left:", left_of(process.pid) or "none")
    return printed


def left_of(session: int) -> list[str]:
    """Return the processes that are left of a session, some seconds after its first process has ended."""
    for _ in range(50):
        command = ["ps", "-o", "pid=,args=", "-s", str(session)]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        if not found.stdout:
            return []
        time.sleep(0.1)
    return found.stdout.splitlines()


def main(arguments: list[str]) -> None:
    """Make, plant, verify, and tell what became of all."""
    workers = arguments[0] if arguments else "1"
    with tempfile.TemporaryDirectory(prefix="warpsmith-") as name:
        folder = Path(name, "set")
        warpsmith("generate", "-n", str(KERNELS), "-s", "23", "--format", "jsonl", "--verify", "none", "-o", folder)
        plant(folder)
        begun = time.perf_counter()
        print(warpsmith("verify", folder, "--workers", workers))
        rows = list(all_rows(folder, read_manifest(folder)))
        unjudged = sum(one["gradient"] is None for one in rows)
        print(f"{len(rows)} results, {unjudged} without a verdict; {time.perf_counter() - begun:.0f} s")
        for rejection in read_rejections(folder):
            print(f"rejected {rejection.stage}: {rejection.reason}")


if __name__ == "__main__":
    main(sys.argv[1:])
