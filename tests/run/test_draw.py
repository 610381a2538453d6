"""What is said where there are no new kernels to be had."""

import msgspec
import pytest

from warpsmith.dataset.layout import Slot
from warpsmith.errors import GenerationError
from warpsmith.run import draw
from warpsmith.run.config import make_config
from warpsmith.run.draw import Drawer
from warpsmith.run.plan import Plan
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
