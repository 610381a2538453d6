"""A large set is sampled: evenly over its files, always the same."""

from pathlib import Path

import pytest

from tests.report.conftest import COUNT
from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.reading import find_row
from warpsmith.report.sampling import sample


@pytest.mark.parametrize("most", [1, 7, COUNT - 1, COUNT, COUNT + 1])
def test_so_many_and_each_what_it_says(small: Path, most: int) -> None:
    manifest = read_manifest(small)
    shown = list(sample(small, manifest, most))
    assert len(shown) == min(most, COUNT)
    assert [one.number for one in shown] == sorted({one.number for one in shown})
    for one in shown[:: max(1, len(shown) // 5)]:
        assert find_row(small, manifest, str(one.number)) == one.row


def test_every_split_has_its_share(small: Path) -> None:
    manifest = read_manifest(small)
    shown = list(sample(small, manifest, 65))
    for split, rows in manifest.splits.items():
        assert abs(sum(one.split == split for one in shown) - rows / 2) <= 2
