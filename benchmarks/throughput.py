"""Kernels per second beside the naive pipeline over the same kernel sources, and where the time goes: `make bench`.

Both pipelines get ready sources, make both targets and both directions of each kernel and write what they made to
disk. Their processes are started and warmed up before the clock runs.
"""

import argparse
from collections.abc import Sequence

from benchmarks.contest import Contestant, Result, compete, naive_pipeline, our_pipeline
from benchmarks.same_text import count_equal
from benchmarks.where_time_goes import where_time_goes
from warpsmith.record import KernelSource
from warpsmith.synth import generate_kernels

SEED = 20
DEMANDED = {1: 2.2, 2: 4.2}
ELSE_AT_MOST = 0.20


def main() -> None:
    """Measure and print the whole report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=600, help="kernels a round (default 600)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of which the median counts (default 5)")
    options = parser.parse_args()

    sources = generate_kernels(options.n, seed=SEED)
    equal, compared = count_equal(sources[:100])
    print(f"{options.n} kernels by synth (seed {SEED}), {mean_lines(sources):.1f} lines on average, both targets,")
    print(f"forward and backward; both pipelines agree on the text of {equal} of {compared} functions compared\n")
    print_contest(compete(contestants(options.n), sources, options.rounds), options.rounds)
    print_split(where_time_goes(options.n))


def contestants(n: int) -> list[Contestant]:
    """Return the naive pipeline and ours, with one and two workers."""
    return [
        Contestant("naive, one process", naive_pipeline, 1, n),
        Contestant("warpsmith, 1 worker", our_pipeline, 1, 100),
        Contestant("warpsmith, 2 workers", our_pipeline, 2, 100),
    ]


def mean_lines(sources: Sequence[KernelSource]) -> float:
    """Return the mean number of lines of the kernels."""
    return sum(source.python_source.count("\n") for source in sources) / len(sources)


def print_contest(results: Sequence[Result], rounds: int) -> None:
    """Print the rates and their ratios to the naive one."""
    heads = f"{'kernels/s':>10}{'times naive':>13}{'demanded':>10}   median of {rounds} rounds (range)"
    print(f"{'from source to disk':26}{heads}")
    for workers, result in enumerate(results):
        ratio = result.median / results[0].median
        demanded = f"{DEMANDED[workers]:.1f}" if workers else ""
        print(
            f"  {result.name:24}{result.median:10.1f}{ratio:13.2f}{demanded:>10}"
            f"   {min(result.rates):.1f} to {max(result.rates):.1f}"
        )


def print_split(seconds: dict[str, float]) -> None:
    """Print where the time of one worker of `generate` goes."""
    total = sum(seconds.values())
    print(f"\n{'one worker of generate':26}{'share':>10}")
    for label, spent in seconds.items():
        print(f"  {label:24}{spent / total:10.1%}")
    print(f"  (everything else: at most {ELSE_AT_MOST:.0%} demanded)")


if __name__ == "__main__":
    main()
