"""The benchmarks measure what they say: the naive pipeline is whole, both pipelines make the same code."""

import json
from pathlib import Path

from benchmarks import naive, report
from benchmarks.contest import Result
from benchmarks.memory import Sample, draw
from benchmarks.same_text import count_equal
from benchmarks.stopwatch import Stopwatch
from warpsmith.synth import generate_kernels


def test_naive_pipeline_writes_whole_pairs(tmp_path: Path) -> None:
    sources = generate_kernels(3, seed=1)
    assert naive.generate_pairs(sources, tmp_path) == 3
    pairs = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(tmp_path.iterdir())]
    assert [pair["kernel_name"] for pair in pairs] == [source.kernel_name for source in sources]
    for pair in pairs:
        for target in ("cpu", "cuda"):
            for direction in ("forward", "backward"):
                assert pair[f"{target}_{direction}"].rstrip().endswith("}")


def test_braces_are_counted() -> None:
    code = "void a_cpu_kernel_forward(\n    int x)\n{\n    if (x) {\n    }\n}\nvoid other()\n{\n}\n"
    assert naive.cut_function(code, "cpu_kernel_forward") == code[: code.index("void other")].rstrip()
    assert naive.cut_function(code, "cpu_kernel_backward") is None


def test_both_pipelines_make_the_same_code() -> None:
    equal, compared = count_equal(generate_kernels(24, seed=2))
    assert equal == compared > 20


class Work:
    now = 0.0

    def inner(self) -> None:
        self.now += 5.0

    def outer(self) -> None:
        self.now += 1.0
        self.inner()
        self.now += 1.0


def test_stopwatch_takes_the_inner_from_the_outer() -> None:
    work = Work()
    watch = Stopwatch(lambda: work.now)
    watch.wrap(work, "inner", "inner")
    watch.wrap(work, "outer", "outer")
    work.outer()
    assert watch.seconds == {"inner": 5.0, "outer": 2.0}


def test_report_has_ratios_and_shares() -> None:
    contest = [Result("naive, one process", (50.0, 40.0, 60.0)), Result("warpsmith, 1 worker", (200.0, 200.0, 100.0))]
    seconds = {"building": 3.0, "everything else": 1.0}
    text = report.tables(report.Report("a machine", 10, 1, 20.0, 4, 4, contest, {1: 100.0}, seconds))
    assert "| 4.00 " in text
    assert "| 75.0%" in text
    assert "| 2.00 " in text


def test_plot_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    samples = [Sample(5000, 300.0), Sample(10000, 310.0)]
    for name in ("a.svg", "b.svg"):
        draw(samples, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
