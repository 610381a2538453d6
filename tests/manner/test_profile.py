"""A profile file is read back as it was written, and one that cannot be drawn from is refused in one line."""

import copy
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.manner.written import sample
from warpsmith.errors import UsageError
from warpsmith.manner.learning import learn
from warpsmith.manner.profile import (
    MOST,
    MOST_COMMENTS,
    Profile,
    decode_profile,
    encode_profile,
    length_class,
    looks_like_profile,
    read_profile,
)

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
    "a length of other digits": ("lines", {"٣": 1.0}, "lines: '٣' is no whole number from 1 to 1000"),
    "a length without end": ("lines", {"100000": 1.0}, "lines: '100000' is no whole number from 1 to 1000"),
    "a grid too large": ("grids", {"9": 1.0}, "grids: '9' is no whole number from 1 to 4"),
    "a rank too large": ("ranks.1", {"9": 1.0}, "ranks.1: '9' is no whole number from 1 to 4"),
    "a row of ranks": ("ranks", {"9": {"1": 1.0}}, "ranks: '9' is no whole number"),
    "a row of nothing": ("parameters.short", {}, "parameters.short: there are none"),
    "a weight of all": (
        "calls",
        {"sin": 1e300},
        "calls: 'sin' weighs 1e+300; weights are numbers above 0, up to 1000000",
    ),
    "a share of five": ("groups", {"tiles": 5.0}, "groups: 'tiles' weighs 5.0; shares of kernels are numbers above 0"),
    "no group": ("groups", {"tile": 0.5}, "groups: 'tile' is unknown; did you mean 'tiles'?"),
    "comments below": (
        "comments.short",
        {"alone": -1.0},
        "comments.short: 'alone' weighs -1.0; these are numbers from 0",
    ),
    "comments of all": ("comments.short", {"behind": 1e300}, "from 0 to 100"),
    "more than all": ("comments.short", {"commented": 1.5}, "from 0 to 1"),
    "no comments": ("comments.short", {"above": 0.5}, "comments.short: 'above' is unknown"),
    "comments of what": ("comments", {"tiny": {}}, "comments: 'tiny' is unknown"),
    "no call": ("calls", {"wp.sin": 1.0}, "calls: 'wp.sin' is no name of a builtin"),
    "no type": ("types.element", {"vec3x": 1.0}, "types.element: 'vec3x' is no type"),
    "no role": ("types.", {"elements": 1.0}, "types.: 'elements' is unknown; did you mean 'element'?"),
    "no statement": ("statements.short/kernel", {"stor": 1.0}, "'stor' is unknown; did you mean 'store'?"),
    "no place": ("statements", {"[/foo]": {"store": 1.0}}, "statements: '[/foo]' is unknown"),
    "no expression": ("expressions.store", {"binry": 1.0}, "did you mean 'binary'?"),
    "no slot": ("expressions", {"[/foo]": {"local": 1.0}}, "expressions: '[/foo]' is no place of an expression"),
    "no operator": ("operators.binary", {"Plus": 1.0}, "operators.binary: 'Plus' is unknown"),
    "no atomic": ("operators.atomic", {"add": 1.0}, "operators.atomic: 'add' is no atomic builtin"),
    "no spelling": ("spellings.docstring", {"yes": 1.0}, "spellings.docstring: 'yes' is unknown"),
    "no constructor": ("constructors", {"vec3": 1.0}, "constructors: 'vec3' is no constructor"),
    "no cast": ("casts", {"str": 1.0}, "casts: 'str' is no type of numbers"),
    "a sign as a size": ("literals.float", {"positive": 1.0}, "literals.float: 'positive' is no number"),
    "a size as a sign": ("literals.float-sign", {"1.0": 1.0}, "literals.float-sign: '1.0' is unknown"),
    "half a count": ("literals.int", {"0.5": 1.0}, "literals.int: '0.5' is no whole number"),
    "digits without end": ("literals.int", {"1" * 5000: 1.0}, "...' is no whole number of at most 24 digits"),
    "a name without end": ("names.counter", {"a" * 5000: 1.0}, "' is no identifier of at most 24 letters"),
    "a name of Warp's": ("names.counter", {"wp": 1.0}, "names.counter: 'wp' is no identifier"),
    "a name of Python's": ("names.counter", {"float": 1.0}, "names.counter: 'float' is no identifier"),
    "no role of names": ("names", {"two words": {"a": 1.0}}, "names: 'two words' is no role of a name"),
    "no kernels": ("kernels", 0, "kernels is 0"),
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
    assert len(str(caught.value)) < 300
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff\xfe", b'{"name": 1}', b"[" * 100_000])
def test_what_is_no_profile_is_refused(content: bytes) -> None:
    with pytest.raises(UsageError, match="make one with `warpsmith profile learn`"):
        decode_profile(content, "it")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        read_profile(tmp_path / "none.json")


def test_length_classes() -> None:
    assert [length_class(lines) for lines in (1, 6, 7, 20, 21)] == ["short", "short", "medium", "medium", "long"]


def test_profiles_of_other_formats_are_known_as_such(profile: Profile) -> None:
    assert looks_like_profile(encode_profile(profile))
    assert looks_like_profile(b'{"format": 7, "name": "a", "kernels": 3, "sources": [], "more": {}}')
    for content in (b"", b"[]", b"{}", b'{"kernels": 3}', b"[" * 100_000):
        assert not looks_like_profile(content)


def test_a_later_format_is_said_whatever_else_is_new(profile: Profile) -> None:
    content = {**msgspec.to_builtins(profile), "format": 2, "more": {}}
    with pytest.raises(UsageError, match="has format 2, this version reads 1; learn it anew"):
        decode_profile(msgspec.json.encode(content), "it")


EXTREME = {
    "ranks": ("x: wp.array(dtype=float, ndim=9), y: wp.array(dtype=float, ndim=True)", "x[0] = 1.0"),
    "grids": ("x: wp.array[float]", "a, b, c, d, e = wp.tid()"),
    "no grid": ("x: wp.array[float]", "() = wp.tid()"),
    "parameters": (", ".join(f"x{i}: int" for i in range(MOST + 1)), "pass"),
    "lines": ("x: int", "; ".join(["y = x"] * (MOST + 1))),
    "arguments": ("x: int", f"helper({', '.join(['x'] * (MOST + 1))})"),
    "digits": ("x: int", f"y = {'1' * 4000} + 0x{'f' * 6000}"),
    "comments": ("x: int", "y = x\n" + "    # z\n" * (3 * int(MOST_COMMENTS))),
    "docstring": ("x: int", "'Nothing else.'"),
}


@pytest.mark.parametrize("what", EXTREME)
def test_what_is_learned_of_odd_kernels_can_be_read(what: str) -> None:
    parameters, body = EXTREME[what]
    learned = learn("odd", (), [sample(f"def f({parameters}):\n    {body}\n")])
    assert decode_profile(encode_profile(learned), "it") == learned
