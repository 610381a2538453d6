"""Shingles survive other words, and nothing else: names, numbers, comments, layout, the order of statements."""

import re

import numpy as np
import pytest
import xxhash
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.near_copies import disguised, edited
from tests.dataset.near.texts import KERNEL, NATIVE, synthetic
from warpsmith.dataset.near.jaccard import similarity
from warpsmith.dataset.near.shingles import Shingles, distinct, shingles
from warpsmith.seeds import stream

TEXTS = synthetic(150)
words = st.text(st.characters(codec="utf-8", exclude_characters='"\\\r\n\x00', exclude_categories=["Cc", "Zl", "Zp"]))


def same(one: str, other: str) -> bool:
    return bool(np.array_equal(shingles(one), shingles(other)))


def test_are_sorted_and_distinct() -> None:
    hashes = shingles(KERNEL)
    assert hashes.dtype == np.uint32
    assert (hashes[1:] > hashes[:-1]).all()


def test_are_the_same_on_every_machine_and_python() -> None:
    whole = np.concatenate([shingles(text) for text in (KERNEL, NATIVE)])
    assert xxhash.xxh3_64_hexdigest(whole.astype("<u4").tobytes()) == "f171dde2fc88bd09"


@given(st.integers(0, len(TEXTS) - 1), st.integers(0, 1000))
def test_a_kernel_in_other_words_is_the_same(number: int, draw: int) -> None:
    assert same(TEXTS[number], disguised(TEXTS[number], stream("copy", number, draw)))


@given(st.integers(0, len(TEXTS) - 1), st.integers(1, 3))
def test_a_kernel_with_other_statements_is_another(number: int, count: int) -> None:
    other = edited(TEXTS[number], TEXTS, count, stream("edit", number, count))
    if other.count("\n") != TEXTS[number].count("\n"):
        assert not same(TEXTS[number], other)


@pytest.mark.parametrize("text", [KERNEL, NATIVE])
def test_hand_written_kernels_in_other_words(text: str) -> None:
    assert all(same(text, disguised(text, stream("hand", draw))) for draw in range(20))


@given(words)
def test_words_do_not_count(said: str) -> None:
    changed = KERNEL.replace("Say how far.", said + " ").replace("    i = wp.tid()", f"    # {said}\n    i = wp.tid()")
    assert same(changed, KERNEL)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import warp as wp\n", "import warp as wp\nimport math\n"),
        ("-> float:", ":"),
        ("wp.array2d[wp.float32]", "wp.array(dtype=float, ndim=2)"),
        ("wp.array2d[wp.float32]", "wp.array2d(dtype=float)"),
        ("wp.vec3", "wp.vec3f"),
        ("9.81", "-9.81"),
        ("9.81", "1e-3"),
        ("heights[i, j], 2.0)", "\n    heights[i, j],\n    2.0,\n)"),
        ("i = wp.tid()", "i = \\\n  wp.tid()"),
        ("i = wp.tid()\n", "i = wp.tid();"),
        ("        if total > 1.5:\n            break\n", "        if total > 1.5: break\n"),
        ("    return wp.sqrt(height)", "    return (wp.sqrt(height))"),
        ("    area = lift(total)\n", "    (area) = lift(total)\n"),
        ("bodies: wp.array(dtype=Body), heights", "heights"),
    ],
)
def test_spelling_does_not_count(old: str, new: str) -> None:
    assert old in KERNEL
    changed = KERNEL.replace(old, new)
    if new == "heights":
        changed = changed.replace("count: int)", "count: int, bodies: wp.array(dtype=Body))")
    if new.endswith(";"):
        changed = changed.replace(";    total", ";total")
    assert same(changed, KERNEL)


def test_the_name_that_warp_is_imported_by_does_not_count() -> None:
    assert same(re.sub(r"\bwp\b", "warp", KERNEL).replace("import warp as warp", "import warp"), KERNEL)
    assert same(re.sub(r"\bwp\b", "w", KERNEL), KERNEL)


def test_what_is_imported_by_name_is_warps() -> None:
    changed = KERNEL.replace("import warp as wp", "import warp as wp\nfrom warp import sqrt as root, vec3")
    assert same(changed.replace("wp.sqrt", "root").replace("wp.vec3", "vec3"), KERNEL)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("wp.sin", "wp.cos"),
        ("float(0.5)", "float(1)"),
        ("total += fall", "total -= fall"),
        ("break", "continue"),
        ("total > 1.5", "total >= 1.5"),
        ("wp.array2d[wp.float32]", "wp.array3d[wp.float32]"),
        (".position[0]", ".position.x"),
        ("    mass: float\n", "    mass: float\n    charge: float\n"),
        ("        if total > 1.5:\n            break\n", ""),
        ("    area = lift(total)\n", "    area = lift(total)\n    area = lift(total)\n"),
    ],
)
def test_code_counts(old: str, new: str) -> None:
    assert old in KERNEL
    assert 0.6 < similarity(shingles(KERNEL.replace(old, new)), shingles(KERNEL)) < 1.0


def test_the_code_of_a_native_function_counts() -> None:
    assert not same(NATIVE.replace("y = sqrtf(y)", "y = expf(y)"), NATIVE)
    assert same(NATIVE.replace("float y = x;  // a copy", "float y = x; /* another\n copy */"), NATIVE)


def test_a_parameter_of_one_function_is_no_parameter_of_another() -> None:
    assert same(KERNEL.replace("area", "height"), KERNEL)


def test_a_factory_gives_its_functions_its_parameters() -> None:
    text = "import warp as wp\ndef make(gain):\n    @wp.func\n    def scaled(x: float):\n        return x * gain\n"
    assert same(text, text.replace("gain", "width"))
    assert not same(text, text.replace("* gain", "* x"))
    assert same(
        text.replace("float", "wp.array[gain]"), text.replace("float", "wp.array[gain]").replace("gain", "dtype")
    )


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40))
def test_repeated_hashes_count_again(numbers: list[int]) -> None:
    hashes = distinct(np.array(numbers, dtype=np.uint64))
    assert len(hashes) == len(numbers)
    assert np.array_equal(hashes, distinct(np.array(sorted(numbers), dtype=np.uint64)))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.lists(st.integers(0, 5), min_size=1, max_size=30))
def test_similarity_is_that_of_multisets(one: list[int], other: list[int]) -> None:
    shared = sum(min(one.count(number), other.count(number)) for number in range(6))
    assert similarity(*map(hashed, (one, other))) == shared / (len(one) + len(other) - shared)


def hashed(numbers: list[int]) -> Shingles:
    return distinct(np.array(numbers, dtype=np.uint64))


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "x", '"""Words."""', "import warp as wp\n"])
def test_any_text_has_a_shingle(text: str) -> None:
    assert len(shingles(text)) >= 1
