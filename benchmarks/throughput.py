"""Kernels per second beside the naive pipeline over the same kernel sources, and where the time goes: `make bench`.

Both pipelines get ready sources, make both targets and both directions of each kernel and write what they made to
disk. Their processes are started and warmed up before the clock runs. `warpsmith generate` is measured as a user sees
it: the whole command, start and writing of kernels included. ``--save`` keeps the report for the documentation.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.contest import Contestant, compete, naive_pipeline, our_pipeline
from benchmarks.report import Report, machine, save, tables
from benchmarks.same_text import count_equal
from benchmarks.where_time_goes import where_time_goes
from warpsmith.bridge.quiet import hushed
from warpsmith.synth import CATEGORIES, generate_kernels

SEED = 20
SCRIPT = str(Path(sys.executable).with_name("warpsmith"))


def main() -> None:
    """Measure, print the whole report, keep it if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=1000, help="kernels a round (default 1,000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of which the median counts (default 5)")
    parser.add_argument("--save", action="store_true", help="keep the report in docs/figures/throughput.json")
    options = parser.parse_args()
    report = measure(options.n, options.rounds)
    print(tables(report))
    if options.save:
        save(report)


# the naive pipeline names an architecture, with which the products of tiles go through many seconds of linking
_COMPARED = [category for category in CATEGORIES if not category.startswith("tile_")]


def measure(n: int, rounds: int) -> Report:
    """Measure everything."""
    sources = generate_kernels(n, _COMPARED, seed=SEED)
    with hushed():
        equal, compared = count_equal(sources[:100])
    return Report(
        machine=machine(),
        kernels=n,
        seed=SEED,
        mean_lines=sum(source.python_source.count("\n") for source in sources) / n,
        equal_functions=equal,
        compared_functions=compared,
        contest=compete(contestants(n), sources, rounds),
        generate={workers: generate_rate(n, workers, rounds) for workers in (1, 2)},
        seconds=where_time_goes(n),
    )


def contestants(n: int) -> list[Contestant]:
    """Return the naive pipeline and ours, with one and two workers; ours writes a file for each hundred kernels."""
    return [
        Contestant("naive, one process", naive_pipeline, 1, n),
        Contestant("warpsmith, 1 worker", our_pipeline, 1, 100),
        Contestant("warpsmith, 2 workers", our_pipeline, 2, 100),
    ]


def generate_rate(n: int, workers: int, rounds: int) -> float:
    """Return the kernels a second of the whole command `warpsmith generate`, start included."""
    rates = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            command = [
                SCRIPT,
                "generate",
                "-n",
                str(n),
                "-o",
                f"{folder}/set",
                "--workers",
                str(workers),
                "--verify",
                "none",
            ]
            subprocess.run(command, check=True, capture_output=True)
            rates.append(n / (time.perf_counter() - started))
    return median(rates)


if __name__ == "__main__":
    main()
