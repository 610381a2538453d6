"""A profile file is read back as it was written, and one that cannot be drawn from is refused in one line."""

import copy
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.manner.written import sample
from warpsmith.errors import UsageError
from warpsmith.manner.learning import learn
from warpsmith.manner.profile import Profile, decode_profile, encode_profile, length_class, read_profile

KERNEL = "def scale(x: wp.array[float], s: float):\n    i = wp.tid()\n    x[i] = 2.0 * s\n"


@pytest.fixture
def profile() -> Profile:
    return learn("some", (), [sample(KERNEL)])


def test_a_file_is_read_back(profile: Profile, tmp_path: Path) -> None:
    path = tmp_path / "some.json"
    path.write_bytes(encode_profile(profile))
    assert read_profile(path) == profile
    assert encode_profile(read_profile(path)) == path.read_bytes()


def test_files_of_before_there_were_comments_are_read(profile: Profile) -> None:
    content = msgspec.to_builtins(profile)
    del content["comments"]
    assert decode_profile(msgspec.json.encode(content), "old").comments == {}


def changed(profile: Profile, path: str, value: Any) -> bytes:
    """Return the JSON of a profile in which one thing is something else."""
    content = copy.deepcopy(msgspec.to_builtins(profile))
    inner = content
    *parts, last = path.split(".")
    for part in parts:
        inner = inner[part]
    inner[last] = value
    return msgspec.json.encode(content)


BAD = {
    "no lines": ("lines", {}, "lines: there are none"),
    "a length": ("lines", {"many": 1.0}, "lines: 'many' is no whole number"),
    "a grid": ("grids", {"-1": 1.0}, "grids: '-1' is no whole number"),
    "a weight of nothing": ("calls", {"sin": 0.0}, "calls: 'sin' weighs 0.0; weights are numbers above 0"),
    "a weight below": ("statements.short/kernel", {"store": -1}, "statements.short/kernel: 'store' weighs -1"),
    "code": ("names.counter", {"i: exit()\n#": 1.0}, "is no identifier"),
    "words": ("names.kernel", {"two words": 1.0}, "names.kernel: 'two words' is no identifier"),
    "a keyword": ("names.counter", {"for": 1.0}, "names.counter: 'for' is no identifier"),
    "a number": ("literals.float", {"__import__('os')": 1.0}, "literals.float: "),
    "another key": ("secrets", {}, "unknown field"),
    "another kind": ("names", ["i"], "Expected `object`, got `array`"),
    "a later format": ("format", 2, "has format 2, this version reads 1"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_drawn_from_is_refused(profile: Profile, what: str) -> None:
    path, value, line = BAD[what]
    with pytest.raises(UsageError, match="profile 'it' ") as caught:
        decode_profile(changed(profile, path, value), "it")
    assert line in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff\xfe", b'{"name": 1}'])
def test_what_is_no_profile_is_refused(content: bytes) -> None:
    with pytest.raises(UsageError, match="make one with `warpsmith profile learn`"):
        decode_profile(content, "it")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        read_profile(tmp_path / "none.json")


def test_length_classes() -> None:
    assert [length_class(lines) for lines in (1, 6, 7, 20, 21)] == ["short", "short", "medium", "medium", "long"]
