"""Do the kernels run? Launch a data set, or kernels drawn for this, on the CPU and say what became of them.

``python -m benchmarks.launches data/run1`` launches the kernels of a data set, ``python -m benchmarks.launches -n 500
--category loop`` those that it draws. Each is launched twice, with other inputs the second time, in a process that may
crash or hang. ``--debug`` ends those that read or write out of bounds; ``--list`` shows every kernel that is not as it
should be, and ``--dump FOLDER`` writes their sources into files.
"""

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.reading import all_rows
from warpsmith.record import KernelSource, source_id
from warpsmith.synth import generate_kernels
from warpsmith.verify import Limits, Trial, try_all

FATES = ("launched", "refused", "crashed", "hung")


class Tried(NamedTuple):
    """A kernel and what became of it."""

    category: str
    name: str
    text: str
    trial: Trial

    @property
    def faults(self) -> list[str]:
        """What is not as it should be."""
        if self.trial.fate != "launched":
            return [self.trial.fate]
        good = {"not finite": self.trial.finite, "writes nothing": self.trial.writes}
        faults = [fault for fault, is_good in good.items() if not is_good]
        return faults if self.trial.sensitive or not self.trial.writes else [*faults, "insensitive"]


def main() -> None:
    """Draw or read kernels, launch them, print what became of them."""
    options = arguments()
    kernels = chosen(options)
    limits = Limits(options.batch, launch_seconds=options.seconds, debug=options.debug)
    begun = time.perf_counter()
    trials = try_all(kernels, limits, options.workers)
    tried = [described(kernel, trial) for kernel, trial in zip(kernels, trials, strict=True)]
    print(summary(tried), f"; {time.perf_counter() - begun:.0f} s", sep="")
    if options.by_category:
        print(by_category(tried))
    if options.list:
        print(offenders(tried))
    if options.dump:
        dump(tried, options.dump)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="a data set; without one, kernels are drawn")
    parser.add_argument("-n", type=int, help="kernels to launch (default 256, or the whole data set)")
    parser.add_argument("--category", action="append", help="draw only, or take only, this category; may be repeated")
    parser.add_argument("--seed", type=int, default=0, help="seed of those drawn (default 0)")
    parser.add_argument("--level", type=int, help="level of those drawn, 1 to 5 (default: mixed)")
    parser.add_argument("--workers", type=int, default=1, help="processes at a time (default 1)")
    parser.add_argument("--batch", type=int, default=64, help="kernels in a module (default 64)")
    parser.add_argument("--seconds", type=float, default=20.0, help="deadline of one launch (default 20)")
    parser.add_argument("--debug", action="store_true", help="compile with bounds checks, which end a kernel")
    parser.add_argument("--by-category", action="store_true", help="print a line for each category")
    parser.add_argument("--list", action="store_true", help="list the kernels with faults")
    parser.add_argument("--dump", type=Path, metavar="FOLDER", help="write the sources of those into files")
    return parser.parse_args()


def chosen(options: argparse.Namespace) -> Sequence[KernelSource | dict[str, Any]]:
    """Return the kernels that the command line asks for."""
    if options.folder is None:
        return generate_kernels(options.n or 256, options.category, options.seed, options.level)
    rows = all_rows(options.folder, read_manifest(options.folder))
    return list(islice((row for row in rows if row["category"] in (options.category or [row["category"]])), options.n))


def described(kernel: KernelSource | dict[str, Any], trial: Trial) -> Tried:
    """Return a kernel with what became of it."""
    if isinstance(kernel, KernelSource):
        return Tried(kernel.category, kernel.kernel_name, kernel.python_source, trial)
    return Tried(kernel["category"], kernel["kernel_name"], kernel["python_source"], trial)


def summary(tried: Sequence[Tried]) -> str:
    """Return the counts in one line; shares are of those that were launched."""
    fates = Counter(one.trial.fate for one in tried)
    launched = [one.trial for one in tried if one.trial.fate == "launched"]
    shares = {
        "finite": sum(trial.finite for trial in launched),
        "sensitive": sum(trial.sensitive for trial in launched),
        "writing": sum(trial.writes for trial in launched),
    }
    counts = [f"{fates[fate]} {fate}" for fate in FATES if fates[fate] or fate in ("launched", "crashed", "hung")]
    parts = [f"{count / max(len(launched), 1):.2%} {name}" for name, count in shares.items()]
    return f"{len(tried)} kernels: {', '.join(counts)}; of the launched {', '.join(parts)}"


def by_category(tried: Sequence[Tried]) -> str:
    """Return the summary of every category."""
    names = sorted({one.category for one in tried})
    return "\n".join(f"{name}: {summary([one for one in tried if one.category == name])}" for name in names)


def offenders(tried: Sequence[Tried]) -> str:
    """Return a line for each kernel with a fault."""
    return "\n".join(
        f"{source_id(one.text)} {one.category} {one.name}: {', '.join(one.faults)} {one.trial.reason}".rstrip()
        for one in tried
        if one.faults
    )


def dump(tried: Sequence[Tried], folder: Path) -> None:
    """Write the text of every kernel with a fault into a file, its fault on the first line."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in tried:
        if one.faults:
            path = folder / f"{one.category}-{source_id(one.text)}.py"
            path.write_text(f"# {', '.join(one.faults)} {one.trial.reason}\n{one.text}", encoding="utf-8")
            print(path)


if __name__ == "__main__":
    main()
