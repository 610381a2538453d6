"""What `benchmarks.throughput` measured, as tables for the terminal and the documentation."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import warp as wp

from benchmarks.contest import Result

SAVED = Path(__file__).parent.parent / "docs" / "figures" / "throughput.json"
DEMANDED = {"warpsmith, 1 worker": 2.2, "warpsmith, 2 workers": 4.2}
ELSE_AT_MOST = 0.20


@dataclass(frozen=True)
class Report:
    """Rates in kernels a second, and the seconds of one worker by what they went into."""

    machine: str
    kernels: int
    seed: int
    mean_lines: float
    equal_functions: int
    compared_functions: int
    contest: list[Result]
    generate: dict[int, float]
    seconds: dict[str, float]


def machine() -> str:
    """Return the processor, the number of cores and the versions that the figures depend on."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), platform.machine())
    cores = len(os.sched_getaffinity(0))
    return f"{model}, {cores} cores, Python {platform.python_version()}, Warp {wp.__version__}"


def save(report: Report) -> None:
    """Keep the report for the documentation."""
    SAVED.write_text(json.dumps(asdict(report), indent=1) + "\n", encoding="utf-8")


def saved() -> Report:
    """Return the report that was kept."""
    content = json.loads(SAVED.read_text(encoding="utf-8"))
    contest = [Result(result["name"], tuple(result["rates"])) for result in content.pop("contest")]
    generate = {int(workers): rate for workers, rate in content.pop("generate").items()}
    return Report(**content, contest=contest, generate=generate)


def tables(report: Report) -> str:
    """Return the whole report as Markdown that reads well in a terminal."""
    return "\n\n".join((_conditions(report), _contest(report), _split(report)))


def _conditions(report: Report) -> str:
    equal = f"{report.equal_functions} of {report.compared_functions} functions compared"
    return (
        f"{report.machine}.\n{report.kernels} kernels by synth (seed {report.seed}), {report.mean_lines:.1f} lines on "
        f"average, both targets, forward and backward.\nBoth pipelines agree on the text of {equal}."
    )


def _contest(report: Report) -> str:
    naive = report.contest[0].median
    rows = [
        (
            "from source to disk",
            "kernels/s",
            "times naive",
            "demanded",
            f"range of {len(report.contest[0].rates)} rounds",
        ),
        ("---", "---:", "---:", "---:", "---:"),
    ]
    for result in report.contest:
        demanded = f"{DEMANDED[result.name]:.1f}" if result.name in DEMANDED else ""
        spread = f"{min(result.rates):.0f} to {max(result.rates):.0f}"
        rows.append((result.name, f"{result.median:.1f}", f"{result.median / naive:.2f}", demanded, spread))
    for workers, rate in report.generate.items():
        rows.append((f"`generate --workers {workers}`, all", f"{rate:.1f}", f"{rate / naive:.2f}", "", ""))
    return _table(rows)


def _split(report: Report) -> str:
    total = sum(report.seconds.values())
    rows = [("where the time of one worker goes", "share", "ms a kernel"), ("---", "---:", "---:")]
    for label, seconds in report.seconds.items():
        name = f"{label} (at most {ELSE_AT_MOST:.0%} demanded)" if label == "everything else" else label
        rows.append((name, f"{seconds / total:.1%}", f"{1000 * seconds / report.kernels:.2f}"))
    return _table(rows)


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("| " + " | ".join(map(_padded, row, widths)) + " |" for row in rows)


def _padded(cell: str, width: int) -> str:
    if cell.startswith("---"):
        return "-" * (width - 1) + cell[-1]
    return cell.ljust(width)
