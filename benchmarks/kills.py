"""Random kills: jobs that are killed -9 up to three times and resumed, beside one that nothing happened to.

``python -m benchmarks.kills 50 -n 3000`` runs a job undisturbed and then fifty times more. Each time its whole process
group is killed at random moments, many of them near the end, and it is resumed at once with the same command; at last
every byte of every file is compared, hidden ones included. The folder of a run that differs is kept, and the exit code
is 1. ``--quick`` does the short form that is among the tests. ``--save`` keeps the figures for the documentation.
"""

import argparse
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from benchmarks.killing import PHASES, Job, Undisturbed, content, differences, draw_moment, killed, undisturbed
from benchmarks.report import machine
from warpsmith.seeds import stream

MOST_KILLS = 3
SAVED = Path(__file__).parent.parent / "docs" / "figures" / "kills.json"
QUICK_RUNS = {"parquet": 3, "jsonl": 1, "json": 2}
# small shards and few shapes: some stand in two shards, so there is mending to be killed in
_QUICK = ("-n", "120", "--shard-size", "10", "-c", "vector", "--level", "1", "--verify", "none", "--workers", "2")


@dataclass
class Run:
    """What happened to one run: the phases in which it was killed, and what is wrong at its end."""

    kills: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        story = f"killed while {', '.join(self.kills)}" if self.kills else "done before it could be killed"
        return f"{story}; {'; '.join(self.faults) or 'same bytes'}"


class Result(msgspec.Struct):
    """What was measured, where."""

    machine: str
    kernels: int
    verify: str
    runs: int
    same: int
    kills: dict[str, int]


def main() -> int:
    """Run all, print a line for each run and one for all, and return the exit code."""
    options = _options()
    scratch = Path(tempfile.mkdtemp(prefix="warpsmith-kills-"))
    runs = [run for words, count in _jobs(options) for run in campaign(words, scratch, count, options.seed, _say)]
    _say(summary(runs))
    if options.save:
        _save(options.n, options.verify, runs)
    if any(run.faults for run in runs):
        _say(f"what differs is kept: {scratch}")
        return 1
    shutil.rmtree(scratch)
    return 0


def _say(line: str) -> None:
    print(line, flush=True)


def _jobs(options: argparse.Namespace) -> list[tuple[tuple[str, ...], int]]:
    """Return the words of each job that is wanted, and how many runs of it."""
    if options.quick:
        return [(quick_words(form), runs) for form, runs in QUICK_RUNS.items()]
    verify = () if options.verify == "default" else ("--verify", options.verify)
    return [(("-n", str(options.n), "--workers", str(options.workers), *verify), options.runs)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=int, nargs="?", default=50, help="runs that are killed (default 50)")
    parser.add_argument("-n", type=int, default=3000, help="kernels of the job (default 3,000)")
    parser.add_argument("--verify", choices=("none", "default"), default="none", help="how the job verifies")
    parser.add_argument("--workers", type=int, default=2, help="workers of the job (default 2)")
    parser.add_argument("--seed", type=int, default=0, help="of the moments, not of the job (default 0)")
    parser.add_argument("--quick", action="store_true", help="a small job in each format, six runs in all")
    parser.add_argument("--save", action="store_true", help="keep the figures in docs/figures/kills.json")
    return parser.parse_args()


def quick_words(form: str) -> tuple[str, ...]:
    """Return the words of a small job in a format."""
    return (*_QUICK, "--format", form)


def campaign(
    words: Sequence[str], scratch: Path, runs: int, seed: int, say: Callable[[str], object] = lambda _: None
) -> Iterator[Run]:
    """Run a job undisturbed, then yield run after run of it that was killed; the folders of good runs are removed."""
    scratch = Path(tempfile.mkdtemp(dir=scratch))
    calm = undisturbed(Job(tuple(words), scratch / "undisturbed"))
    say(
        f"{' '.join(words)}: {len(calm.content)} files in {calm.seconds:.1f} s, {calm.tail:.2f} s after the last kernel"
    )
    for number in range(runs):
        job = Job(tuple(words), scratch / f"run-{number:03d}")
        run = disturbed(job, calm, seed, number)
        say(f"run {number}: {run}")
        if not run.faults:
            shutil.rmtree(job.scratch)
        yield run
    shutil.rmtree(scratch / "undisturbed")


def disturbed(job: Job, calm: Undisturbed, seed: int, number: int) -> Run:
    """Run a job, kill it one to three times, resume it at once each time, and look at what is there at the end."""
    randomness, run = stream("kills", *job.words, seed, number), Run()
    process, wanted = job.start(), 1 + randomness.getrandbits(16) % MOST_KILLS
    while len(run.kills) < wanted:
        moment = draw_moment(randomness, calm, job.folder)
        if not killed(job, process, moment, calm):
            break
        run.kills.append(calm.phase(job.folder))
        process = job.start()
    if code := process.wait():
        run.faults.append(f"ended with {code}: {job.last_words()}")
    run.faults += [f"process {left} is left" for left in job.processes_left()]
    run.faults += differences(content(job.folder), calm.content)
    return run


def summary(runs: Sequence[Run]) -> str:
    """Return all runs in one line."""
    kills, same = counted(runs), sum(not run.faults for run in runs)
    phases = ", ".join(f"{kills[phase]} {phase}" for phase in PHASES)
    return f"{same} of {len(runs)} byte-identical to the undisturbed run, {sum(kills.values())} kills: {phases}"


def counted(runs: Sequence[Run]) -> dict[str, int]:
    """Return how many kills fell into each phase."""
    kills = Counter(kill for run in runs for kill in run.kills)
    return {phase: kills[phase] for phase in PHASES}


def _save(kernels: int, verify: str, runs: Sequence[Run]) -> None:
    same = sum(not run.faults for run in runs)
    result = Result(machine(), kernels, verify, len(runs), same, counted(runs))
    others = [other for other in _kept() if other.verify != verify]
    kept = sorted([*others, result], key=lambda one: one.verify, reverse=True)
    SAVED.write_bytes(msgspec.json.format(msgspec.json.encode(kept)) + b"\n")


def _kept() -> list[Result]:
    return msgspec.json.decode(SAVED.read_bytes(), type=list[Result]) if SAVED.exists() else []


def saved() -> str:
    """Return what was kept as a table in Markdown."""
    lines = [
        f"| kernels | `--verify` | runs | byte-identical | kills | {' | '.join(PHASES)} |",
        "|---:|---|" + "---:|" * 7,
    ]
    for one in _kept():
        phases = " | ".join(str(one.kills[phase]) for phase in PHASES)
        figures = f"{one.runs} | {one.same} | {sum(one.kills.values())} | {phases}"
        lines.append(f"| {one.kernels:,} | {one.verify} | {figures} |")
    return "\n".join(lines) if len(lines) > 2 else "Not measured yet: `python -m benchmarks.kills --save`."


if __name__ == "__main__":
    raise SystemExit(main())
