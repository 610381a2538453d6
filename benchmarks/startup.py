"""How long `warpsmith --help` takes: the median of fresh processes, beside an empty Python and `import warp`."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

RUNS = 15
DEMANDED = 0.25
SCRIPT = str(Path(sys.executable).with_name("warpsmith"))
COMMANDS: dict[str, list[str]] = {
    "python -c ''": [sys.executable, "-c", ""],
    "python -c 'import warp'": [sys.executable, "-c", "import warp"],
    "warpsmith --help": [SCRIPT, "--help"],
    "warpsmith generate --help": [SCRIPT, "generate", "--help"],
}


def seconds(command: list[str]) -> float:
    """Return the wall-clock seconds of one run of a command."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Measure all commands in turn, round by round, and print their medians."""
    rounds = [{name: seconds(command) for name, command in COMMANDS.items()} for _ in range(RUNS)]
    print(f"start-up, median of {RUNS} fresh processes each (demanded of --help: under {DEMANDED} s)")
    for name in COMMANDS:
        print(f"  {name:26} {median(measured[name] for measured in rounds):6.3f} s")


if __name__ == "__main__":
    main()
