"""What is said where there are no new kernels to be had."""

from typing import Any

import msgspec
import pytest

from warpsmith.dataset.layout import Slot
from warpsmith.errors import GenerationError
from warpsmith.record import Provenance
from warpsmith.run import draw
from warpsmith.run.config import make_config
from warpsmith.run.draw import Drawer
from warpsmith.run.plan import Plan
from warpsmith.synth.order import write_ordered
from warpsmith.synth.profiles import shipped

LEARNED = msgspec.structs.replace(shipped("realistic"), name="tiny")


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (
            {"profile": LEARNED},
            "profile 'tiny': 3 draws gave no new shape; .* the profile from more code, it knows too",
        ),
        (
            {"level": 1, "categories": "math"},
            "'math' at level 1: 3 draws .*; ask for fewer .* more categories and levels",
        ),
    ],
)
def test_no_new_shape(options: dict[str, object], line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw, "MAX_DRAWS", 3)
    drawer = Drawer(Plan(make_config(options)), Slot(0, 1, 0, 1))
    with pytest.raises(GenerationError, match=line):
        drawer.new_record(0, 0, lambda _shape: True)


def test_a_bug_of_the_writer_costs_one_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []

    def stumbling(*arguments: Any) -> Any:
        calls.append(arguments)
        if len(calls) == 1:
            raise IndexError("list index out of range")
        return write_ordered(*arguments)

    monkeypatch.setattr(draw, "write_ordered", stumbling)
    drawer = Drawer(Plan(make_config({"seed": 3})), Slot(2, 5, 10, 5))
    drawn = drawer.new_record(11, 0, lambda _shape: False)
    assert drawn.attempt == 1
    (rejection,) = drawer.rejections
    assert (rejection.stage, rejection.reason) == ("writes", "IndexError: list index out of range")
    assert rejection.message == "record 11, attempt 0: IndexError: list index out of range"
    assert rejection.source.provenance == Provenance("synth", seed=3, shard=2, index=11)


def test_a_writer_that_only_fails_ends_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_arguments: Any) -> Any:
        raise KeyError("scalars")

    monkeypatch.setattr(draw, "write_ordered", failing)
    drawer = Drawer(Plan(make_config({})), Slot(0, 1, 0, 1))
    with pytest.raises(GenerationError, match="20 kernels failed, at last KeyError: 'scalars'"):
        drawer.new_record(0, 0, lambda _shape: False)
    assert len(drawer.rejections) == 20
