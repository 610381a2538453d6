"""Keys come back from their file as they were, and what is no such file is refused in one line."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dataset.near.texts import KERNEL, NATIVE, sketch_of
from warpsmith.dataset.near.keys import Keys, KeysFile, halves, whole
from warpsmith.dataset.near.sketch import BANDS, sketch
from warpsmith.errors import DatasetError

FINGERPRINTS = ("00000000000000010000000000000002", "ffffffffffffffff8000000000000000")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shard.arrow"


def test_round_trip(path: Path) -> None:
    sketches = [sketch(KERNEL), sketch(NATIVE)]
    file = KeysFile()
    for fingerprint, each in zip(FINGERPRINTS, sketches, strict=True):
        file.append(fingerprint, each)
    file.write(path)
    keys = Keys.open(path)
    assert len(keys) == 2
    assert keys.fingerprints.tolist() == [[1, 2], [2**64 - 1, 2**63]]
    assert keys.bands.shape == (2, BANDS)
    assert keys.bands.dtype == np.uint64
    for row, each in enumerate(sketches):
        assert np.array_equal(keys.bands[row], each.bands)
        assert np.array_equal(keys.shingles(row), each.shingles)
        assert np.array_equal(keys.band(row), keys.bands[:, row])
    assert [whole(row) for row in keys.fingerprints] == list(FINGERPRINTS)


def test_a_shard_without_records(path: Path) -> None:
    KeysFile().write(path)
    keys = Keys.open(path)
    assert (len(keys), keys.fingerprints.shape, keys.bands.shape) == (0, (0, 2), (0, BANDS))


def test_equal_keys_are_equal_bytes(path: Path) -> None:
    contents = []
    for _ in range(2):
        file = KeysFile()
        file.append(FINGERPRINTS[0], sketch(KERNEL))
        file.write(path)
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]


@pytest.mark.parametrize("content", [b"", b"ARROW1", b"nothing of the kind"])
def test_what_is_no_keys_file_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(DatasetError, match=r"^\S*shard.arrow: cannot be read [^\n]*$"):
        Keys.open(path)


def test_a_missing_file_is_refused(path: Path) -> None:
    with pytest.raises(DatasetError, match=r"shard.arrow: cannot be read"):
        Keys.open(path)


@given(st.integers(0, 2**128 - 1), st.integers(0, 2**128 - 1))
def test_halves_are_ordered_as_the_texts(one: int, other: int) -> None:
    first, second = f"{one:032x}", f"{other:032x}"
    assert (halves(first) < halves(second)) == (first < second)


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=50))
def test_equal_shingles_have_equal_bands(numbers: list[int]) -> None:
    assert np.array_equal(sketch_of(numbers).bands, sketch_of(numbers[::-1]).bands)


def test_bands_are_the_same_on_every_machine_and_python() -> None:
    bands = sketch_of(range(100)).bands
    assert [f"{band:016x}" for band in bands[:2].tolist()] == [
        "85167c08694aba69",
        "958bb2eeb24e685c",
    ]
