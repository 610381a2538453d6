"""``python -m benchmarks.launches``: counts, offenders, their sources in files, data sets."""

import sys
from pathlib import Path

import pytest

from benchmarks import launches
from benchmarks.launches import Tried, by_category, dump, offenders, summary
from warpsmith import run_pipeline
from warpsmith.verify import Trial

TRIED = [
    Tried("loop", "good", "text", Trial("launched", finite=True, writes=True, sensitive=True)),
    Tried("loop", "odd", "odd text", Trial("launched", finite=False, writes=True, sensitive=False)),
    Tried("math", "wild", "wild text", Trial("crashed", reason="launching: SIGSEGV")),
    Tried("math", "idle", "idle text", Trial("launched", finite=True)),
]


def test_counts_and_shares() -> None:
    text = summary(TRIED)
    assert text.startswith("4 kernels: 3 launched, 1 crashed, 0 hung;")
    assert "66.67% finite, 33.33% sensitive, 66.67% writing" in text
    assert by_category(TRIED).splitlines()[1].startswith("math: 2 kernels: 1 launched, 1 crashed")


def test_offenders_are_listed_with_what_is_wrong_and_dumped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = offenders(TRIED).splitlines()
    assert [line.split(": ", 1)[1] for line in lines] == [
        "not finite, insensitive",
        "crashed launching: SIGSEGV",
        "writes nothing",
    ]
    dump(TRIED, tmp_path)
    paths = [Path(path) for path in capsys.readouterr().out.splitlines()]
    assert sorted(paths) == sorted(tmp_path.iterdir())
    assert paths[1].read_text(encoding="utf-8") == "# crashed launching: SIGSEGV\nwild text"


def test_a_data_set_is_launched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_pipeline(6, tmp_path / "set", seed=1, categories=["loop", "math"], device="cpu", verify="none")
    monkeypatch.setattr(sys, "argv", ["launches", str(tmp_path / "set"), "--category", "loop", "--by-category"])
    launches.main()
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("3 kernels: 3 launched, 0 crashed, 0 hung; of the launched 100.00% finite")
    assert second.startswith("loop: 3 kernels: 3 launched")
