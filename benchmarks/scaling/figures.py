"""The measurements of `benchmarks.scale`, kept, as a table and as pictures."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.report import machine
from benchmarks.scaling.run import Mark, Run

FIGURES = Path(__file__).parents[2] / "docs" / "figures"
SAVED = FIGURES / "scale.json"
MEMORY_AT_MOST = 1536.0
_HEAD = "| kernels | workers | time | kernels/s | draw | group | write | after drawing | largest process | on disk |"
_GREEN, _RED, _BLUE = "#2f6f4f", "#b03a2e", "#30587f"


def keep(run: Run) -> None:
    """Keep a measurement instead of an earlier one of the same job."""
    others = [one for one in saved_runs() if (one.count, one.workers) != (run.count, run.workers)]
    runs = sorted([*others, run], key=lambda one: (one.count, one.workers))
    content = {"machine": machine(), "runs": [asdict(one) for one in runs]}
    SAVED.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def saved_runs() -> list[Run]:
    """Return the measurements that were kept."""
    if not SAVED.exists():
        return []
    content = json.loads(SAVED.read_text(encoding="utf-8"))
    return [Run(**run | {"marks": [Mark(**mark) for mark in run["marks"]]}) for run in content["runs"]]


def saved() -> str:
    """Return the table of what was kept."""
    content = json.loads(SAVED.read_text(encoding="utf-8"))
    return f"{content['machine']}.\n\n{table(saved_runs())}\n"


def table(runs: Sequence[Run]) -> str:
    """Return a table with a line for each job."""
    lines = [_HEAD, "|" + "---:|" * _HEAD.count(" |")]
    for run in runs:
        drawn, grouped = run.drawn, run.grouped - run.drawn
        cells = [
            f"{run.count:,}",
            str(run.workers),
            _minutes(run.seconds),
            f"{run.count / run.seconds:.1f}",
            _minutes(drawn),
            _minutes(grouped),
            _minutes(run.seconds - run.grouped),
            f"{run.finishing / run.seconds:.1%}",
            f"{run.peaks[0]:.0f} MiB",
            f"{run.bytes / 1e6:,.0f} MB",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, *(_steadiness(run) for run in runs if len(run.rates) > 1)])


def _steadiness(run: Run) -> str:
    first, last = run.rates[0][1], run.rates[-1][1]
    return f"\n{run.count:,} kernels, {run.workers} workers: first tenth {first:.1f}/s, last tenth {last:.1f}/s"


def _minutes(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 120 else f"{int(seconds // 60)} min {seconds % 60:02.0f} s"


def draw() -> None:
    """Draw what was kept as SVG files that have the same bytes every time."""
    import matplotlib as mpl

    mpl.use("svg")
    runs = saved_runs()
    with mpl.rc_context({"svg.hashsalt": "warpsmith", "svg.fonttype": "none", "font.family": "sans-serif"}):
        _picture("scale-steady.svg", _draw_steady, max(runs, key=lambda run: (run.count, run.workers)))
        _picture("scale-size.svg", _draw_size, [run for run in runs if run.workers == max(r.workers for r in runs)])
        _picture("scale-workers.svg", _draw_workers, runs)


def _picture(name: str, fill: Any, what: Any) -> None:
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 3.2), layout="constrained")
    fill(axes, what)
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(FIGURES / name, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)


def _draw_steady(axes: Any, run: Run) -> None:
    axes.plot([kernels / 1000 for kernels, _ in run.rates], [rate for _, rate in run.rates], "o-", color=_GREEN)
    axes.lines[0].set_label(f"{run.workers} workers, {run.count:,} kernels")
    axes.set(xlabel="kernels made (thousands)", ylabel="kernels a second", xlim=(0, None), ylim=(0, None))


def _draw_size(axes: Any, runs: Sequence[Run]) -> None:
    sizes = [run.count for run in runs]
    axes.plot(sizes, [run.count / run.seconds for run in runs], "o-", color=_GREEN, label="kernels a second")
    axes.plot(sizes, [run.peaks[0] for run in runs], "s-", color=_BLUE, label="largest process (MiB)")
    axes.axhline(MEMORY_AT_MOST, color=_RED, linestyle="--", label="memory demanded (MiB)")
    axes.set(xlabel="kernels in the set", xscale="log", ylim=(0, None))


def _draw_workers(axes: Any, runs: Sequence[Run]) -> None:
    count = max((run.count for run in runs if run.workers == 1), default=runs[0].count)
    same = [run for run in runs if run.count == count]
    axes.plot([run.workers for run in same], [count / run.drawn for run in same], "o-", color=_GREEN)
    axes.lines[0].set_label(f"{count:,} kernels, drawing")
    axes.set(xlabel="workers", ylabel="kernels a second", xlim=(0, None), ylim=(0, None))
