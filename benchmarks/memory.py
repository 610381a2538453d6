"""The memory of one worker over a long run: resident size after every few thousand kernels, written and drawn.

Writes `docs/figures/memory.json` (the measurements) and `docs/figures/memory.svg`. ``--plot-only`` draws the
committed measurements again.
"""

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

FIGURES = Path(__file__).parent.parent / "docs" / "figures"
SAVED = FIGURES / "memory.json"
EVERY = 1000
BASE = 5000
DEMANDED = 1.2


class Sample(NamedTuple):
    """Resident memory of the worker in MiB after so many kernels."""

    kernels: int
    mib: float


def main() -> None:
    """Measure in a fresh process, write, draw and say the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=50_000, help="kernels in all (default 50,000)")
    parser.add_argument("--plot-only", action="store_true", help="only draw what was measured before")
    options = parser.parse_args()

    FIGURES.mkdir(parents=True, exist_ok=True)
    if not options.plot_only:
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            samples = pool.submit(measure, options.n).result()
        SAVED.write_text(json.dumps([sample._asdict() for sample in samples], indent=1) + "\n", encoding="utf-8")
    draw(read(), FIGURES / "memory.svg")
    print(saved())


def measure(n: int) -> list[Sample]:
    """Make `n` kernels as a worker of `generate` does, and look at the resident memory after every shard."""
    from benchmarks.ours import Shards

    samples = []
    with Shards(n, EVERY) as shards:
        for number in range(n // EVERY):
            shards.make(number)
            samples.append(Sample((number + 1) * EVERY, resident_mib()))
            print(f"{samples[-1].kernels:7d} kernels {samples[-1].mib:7.1f} MiB", flush=True)
    return samples


def resident_mib() -> float:
    """Return the resident memory of this process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def read() -> list[Sample]:
    """Return the samples that were kept."""
    return [Sample(**sample) for sample in json.loads(SAVED.read_text(encoding="utf-8"))]


def saved() -> str:
    """Return the ratio of the last sample that was kept to the one after `BASE` kernels, in words."""
    samples = read()
    base = next(sample for sample in samples if sample.kernels >= BASE)
    last = samples[-1]
    return (
        f"{base.mib:.0f} MiB after {base.kernels:,} kernels, {last.mib:.0f} MiB after {last.kernels:,}: "
        f"{last.mib / base.mib:.2f} times (demanded: at most {DEMANDED})"
    )


def draw(samples: list[Sample], path: Path) -> None:
    """Draw the samples as an SVG that has the same bytes every time."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    base = next(sample for sample in samples if sample.kernels >= BASE)
    with mpl.rc_context({"svg.hashsalt": "warpsmith", "svg.fonttype": "none", "font.family": "sans-serif"}):
        figure, axes = plt.subplots(figsize=(7, 3.2), layout="constrained")
        axes.plot([s.kernels / 1000 for s in samples], [s.mib for s in samples], color="#2f6f4f", label="one worker")
        axes.axhline(
            base.mib * DEMANDED, color="#b03a2e", linestyle="--", label=f"{DEMANDED} times that after {BASE:,}"
        )
        axes.set(xlabel="kernels made (thousands)", ylabel="resident memory (MiB)", xlim=(0, None), ylim=(0, None))
        axes.legend(loc="lower right", frameon=False)
        axes.spines[["top", "right"]].set_visible(False)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
        plt.close(figure)


if __name__ == "__main__":
    main()
