"""The fast front end is Warp's, to the letter: Warp's own builder says the same with and without it."""

import pytest
import warp as wp

from tests import kernels
from tests.bridge import wheel
from warpsmith.bridge import accelerated
from warpsmith.bridge.fast import calls
from warpsmith.bridge.inside import codegen
from warpsmith.record import TARGETS


def outcome(kernel: wp.Kernel) -> list[str]:
    """Return what Warp alone generates, or its refusal."""
    try:
        return [wheel.warp_alone(kernel, target) for target in TARGETS]
    except Exception as refusal:  # noqa: BLE001 - some kernels are there to be refused
        return [type(refusal).__name__, str(refusal)]


def check(found: list[wp.Kernel]) -> None:
    for kernel in found:
        plain = outcome(kernel)
        with accelerated():
            fast = outcome(kernel)
        assert fast == plain, f"{kernel.key} of {kernel.module.name}"


def test_fixture_kernels() -> None:
    check(kernels.all_kernels())


def test_sample_of_the_wheel() -> None:
    check(wheel.kernels_of(wheel.SAMPLE)[1::4])


@pytest.mark.slow
def test_whole_wheel() -> None:
    check(wheel.kernels_of(wheel.everything()))


@pytest.mark.slow
def test_mujoco_warp() -> None:
    mujoco_warp = pytest.importorskip("mujoco_warp", exc_type=ImportError)
    found = wheel.kernels_of(wheel.modules_of(mujoco_warp))
    assert found
    check(found)


def test_most_calls_go_by_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    slow: list[str] = []
    add_call = calls._add_call

    def noted(adj: object, func: object, *args: object, **options: object) -> object:
        slow.append(func.key)  # type: ignore[attr-defined]
        return add_call(adj, func, *args, **options)

    monkeypatch.setattr(calls, "_add_call", noted)
    with accelerated():
        kernel = kernels.all_kernels()[0]
        wheel.warp_alone(kernel, "cpu")
        slow.clear()
        wheel.warp_alone(kernel, "cpu")
    assert not slow


def test_warp_is_itself_again_afterwards() -> None:
    before = dict(vars(codegen.Adjoint)), dict(vars(codegen))
    with accelerated(), accelerated():
        assert codegen.Adjoint.add_call is calls.add_call
    after = dict(vars(codegen.Adjoint)), dict(vars(codegen))
    assert after == before
