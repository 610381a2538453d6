"""How long `warpsmith --help` takes: the median of fresh processes, beside an empty Python and `import warp`."""

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

RUNS = 15
SAVED = Path(__file__).parent.parent / "docs" / "figures" / "startup.json"
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
    """Measure all commands in turn, round by round, print their medians and keep them with ``--save``."""
    rounds = [{name: seconds(command) for name, command in COMMANDS.items()} for _ in range(RUNS)]
    medians = {name: median(measured[name] for measured in rounds) for name in COMMANDS}
    print(table(medians))
    if "--save" in sys.argv:
        SAVED.write_text(json.dumps(medians, indent=1) + "\n", encoding="utf-8")


def table(medians: dict[str, float]) -> str:
    """Return the medians as Markdown."""
    rows = [f"| median of {RUNS} fresh processes | seconds |", "|---|---:|"]
    rows += [f"| `{name}` | {medians[name]:.3f} |" for name in medians]
    return "\n".join(rows)


def saved() -> str:
    """Return the table of the medians that were kept."""
    return table(json.loads(SAVED.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
