"""Kernels that crash, hang, do not compile or do nothing are found out, and take no other with them."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.verify import kernels
from warpsmith.synth import generate_kernels
from warpsmith.verify import Limits, Trial, try_all

QUICK = Limits(launch_seconds=3.0)
GOOD = Trial("launched", finite=True, writes=True, sensitive=True)


def tried(rows: Sequence[dict[str, Any]], limits: Limits = QUICK) -> list[Trial]:
    return list(try_all(rows, limits))


def test_a_kernel_that_does_its_work() -> None:
    assert tried([kernels.DOUBLED, kernels.TRIPLED, kernels.IN_PLACE]) == [GOOD, GOOD, GOOD]


def test_faults_of_what_a_kernel_leaves() -> None:
    infinite, constant, idle = tried([kernels.INFINITE, kernels.CONSTANT, kernels.IDLE])
    assert (infinite.finite, infinite.writes) == (False, True)
    assert (constant.finite, constant.writes, constant.sensitive) == (True, True, False)
    assert (idle.finite, idle.writes, idle.sensitive) == (True, False, False)


def test_crash_and_hang_take_one_kernel_only() -> None:
    first, crashed, second, hung, third = tried(
        [kernels.DOUBLED, kernels.WILD, kernels.TRIPLED, kernels.ENDLESS, kernels.IN_PLACE]
    )
    assert [first, second, third] == [GOOD, GOOD, GOOD]
    assert crashed.fate == "crashed"
    assert "SIGSEGV" in crashed.reason
    assert hung.fate == "hung"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (kernels.UNDEFINED, "ValueError: no kernel today"),
        (kernels.UNBUILDABLE, "no_such_builtin"),
        (kernels.UNCOMPILABLE, "no_such_thing"),
        (kernels.DOUBLED | {"launch": None}, "no launch recipe"),
    ],
)
def test_what_cannot_be_launched_is_refused_and_nothing_else(bad: dict[str, Any], reason: str) -> None:
    first, refused, second = tried([kernels.DOUBLED, bad, kernels.TRIPLED])
    assert [first, second] == [GOOD, GOOD]
    assert refused.fate == "refused"
    assert reason in refused.reason


def test_debug_mode_finds_what_reads_or_writes_out_of_bounds() -> None:
    good, out = tried([kernels.DOUBLED, kernels.OUT_OF_BOUNDS], Limits(debug=True))
    assert good == GOOD
    assert out.fate == "crashed"
    assert "arr.shape[0]" in out.reason


def test_workers_and_batches_change_nothing() -> None:
    sources = generate_kernels(12, seed=4)
    alone = list(try_all(sources, Limits(batch=12)))
    assert alone == list(try_all(sources, Limits(batch=5), workers=2))
    assert all(trial.fate == "launched" for trial in alone)
