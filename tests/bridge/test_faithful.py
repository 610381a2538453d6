"""What comes out is what Warp alone generates, to the letter, from one build where Warp would take two."""

import pytest
import warp as wp

from tests import kernels
from tests.bridge import wheel
from warpsmith import bridge
from warpsmith.record import TARGETS


def compare(found: list[wp.Kernel]) -> tuple[int, int]:
    """Check kernels; return how many could be, and how many builds they took."""
    checked = builds = 0
    for kernel in found:
        try:
            expected = {target: wheel.warp_alone(kernel, target) for target in TARGETS}
        except Exception as refusal:  # noqa: BLE001 - some kernels are there to be refused
            check_refused(kernel, refusal)
            continue
        checked += 1
        with bridge.build(kernel) as built:
            actual = {target: built.generate(target).module() for target in TARGETS}
            names = {before: getattr(owner, name) for owner, name, before in built.names._swap._undo}
            builds += built.builds
        for target in TARGETS:
            check_equal(
                f"{kernel.key} of {kernel.module.name} for {target}",
                _plain(expected[target], kernel),
                actual[target],
                names,
            )
    return checked, builds


def _plain(text: str, kernel: wp.Kernel) -> str:
    """Return Warp's text with the plain name of the kernel, which is a part of many names."""
    lines = text.split("\n")
    return "\n".join(
        line if line.lstrip().startswith("//") else line.replace(kernel.key, bridge.plain_name(kernel))
        for line in lines
    )


def check_refused(kernel: wp.Kernel, refusal: Exception) -> None:
    with pytest.raises(type(refusal)) as ours:
        generate_all(kernel)
    assert str(ours.value).split(";")[-1][:80] == str(refusal).split(";")[-1][:80]


def generate_all(kernel: wp.Kernel) -> None:
    with bridge.build(kernel) as built:
        for target in TARGETS:
            built.generate(target)


def check_equal(where: str, expected: str, actual: str, names: dict[str, str]) -> None:
    expected = wheel.renamed(expected, names)
    if expected != actual:
        for before, after in zip(expected.split("\n"), actual.split("\n"), strict=False):
            assert after == before, where
        raise AssertionError(f"{where}: of other length")


def test_fixture_kernels() -> None:
    checked, builds = compare(kernels.all_kernels())
    assert checked == len(kernels.all_kernels())
    assert builds >= checked


def test_sample_of_the_wheel() -> None:
    found = wheel.kernels_of(wheel.SAMPLE)
    checked, builds = compare(found[::4])
    assert checked > 100
    assert checked < builds < 1.5 * checked, "most kernels take one build, but not all"


@pytest.mark.slow
def test_whole_wheel() -> None:
    checked, builds = compare(wheel.kernels_of(wheel.everything()))
    assert checked > 3000
    assert builds < 1.1 * checked
