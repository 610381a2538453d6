"""Kernels that crash, hang, do not compile or do nothing are found out, and take no other with them."""

from pathlib import Path
from typing import Any

import pytest

from tests.verify import kernels
from warpsmith.verify import Limits, Trial, try_all
from warpsmith.verify.blame import blamed

QUICK = Limits(launch_seconds=5.0)
GOOD = Trial("launched", finite=True, writes=True, sensitive=True)
ALL: dict[str, dict[str, Any]] = {
    "doubled": kernels.DOUBLED,
    "wild": kernels.WILD,
    "infinite": kernels.INFINITE,
    "undefined": kernels.UNDEFINED,
    "constant": kernels.CONSTANT,
    "unbuildable": kernels.UNBUILDABLE,
    "idle": kernels.IDLE,
    "uncompilable": kernels.UNCOMPILABLE,
    "in place": kernels.IN_PLACE,
    "endless": kernels.ENDLESS,
    "without a recipe": kernels.DOUBLED | {"launch": None},
    "tripled": kernels.TRIPLED,
}


@pytest.fixture(scope="module")
def trials() -> dict[str, Trial]:
    """What becomes of kernels with every fault when they are launched together."""
    return dict(zip(ALL, try_all(list(ALL.values()), QUICK), strict=True))


@pytest.mark.parametrize("name", ["doubled", "in place", "tripled"])
def test_good_kernels_are_good_among_bad_ones(name: str, trials: dict[str, Trial]) -> None:
    assert trials[name] == GOOD


def test_faults_of_what_a_kernel_leaves(trials: dict[str, Trial]) -> None:
    assert trials["infinite"]._replace(sensitive=False) == Trial("launched", finite=False, writes=True)
    assert trials["constant"] == Trial("launched", finite=True, writes=True, sensitive=False)
    assert trials["idle"] == Trial("launched", finite=True, writes=False, sensitive=False)


@pytest.mark.parametrize(
    ("name", "fate", "reason"),
    [
        ("wild", "crashed", "launching: SIGSEGV"),
        ("endless", "hung", "launching: no answer in time"),
        ("undefined", "refused", "ValueError: no kernel today"),
        ("unbuildable", "refused", "no_such_builtin"),
        ("uncompilable", "refused", "error: no member named 'no_such_thing'"),
        ("without a recipe", "refused", "no launch recipe"),
    ],
)
def test_what_does_not_run_is_told_apart(name: str, fate: str, reason: str, trials: dict[str, Trial]) -> None:
    assert trials[name].fate == fate
    assert reason in trials[name].reason


@pytest.mark.slow
def test_a_function_that_does_not_compile_is_found_by_halving() -> None:
    good, refused = try_all([kernels.DOUBLED, kernels.UNCOMPILABLE_FUNCTION], QUICK)
    assert good == GOOD
    assert refused.fate == "refused"
    assert "no_such_thing" in refused.reason


def test_debug_mode_finds_what_reads_or_writes_out_of_bounds() -> None:
    good, out = try_all([kernels.DOUBLED, kernels.OUT_OF_BOUNDS], Limits(debug=True))
    assert good == GOOD
    assert out.fate == "crashed"
    assert "arr.shape[0]" in out.reason


def test_workers_and_batches_change_nothing(trials: dict[str, Trial]) -> None:
    names = ["doubled", "constant", "tripled", "infinite"]
    again = try_all([ALL[name] for name in names], Limits(batch=2), workers=2)
    assert list(again) == [trials[name] for name in names]


def test_an_error_is_found_in_its_kernel(tmp_path: Path) -> None:
    module = tmp_path / "module.cpp"
    module.write_text(
        "static float f_0(\n    float x)\n{\n}\n\nvoid work_12ab_cpu_kernel_forward(\n    int x)\n{\n    bad();\n}\n"
    )
    said = [
        f"{module}:3:5: error: in a function",
        "header.h:7:1: error: in a header",
        "  7 | inline",
        f"{module}:9:5: note: requested here",
        f"{module}:9:5: error: another",
    ]
    assert blamed(said) == {"work_12ab": "error: in a header"}
