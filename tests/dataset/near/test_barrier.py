"""A barrier knows the kernels that it was written from and those near to them, as a comparison with all would."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.near_copies import disguised
from tests.dataset.near.texts import KERNEL, NATIVE, sketch_of, synthetic
from warpsmith.dataset.atomic import settle
from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.dataset.near.barrier import Barrier, write_barrier
from warpsmith.dataset.near.jaccard import THRESHOLD, similarity
from warpsmith.dataset.near.sketch import Sketch, sketch
from warpsmith.errors import DatasetError
from warpsmith.seeds import stream

numbers = st.lists(st.integers(0, 30), min_size=10, max_size=24, unique=True)
shapes = st.integers(0, 3).map(lambda half: f"{half:016x}{half // 2:016x}")


def written(path: Path, kernels: Iterable[tuple[str, Sketch]]) -> int:
    """Write a barrier and give its file its name."""
    count = write_barrier(path, kernels)
    settle([path])
    return count


def is_near(one: Sketch, others: Sequence[Sketch]) -> bool:
    return any(
        similarity(one.shingles, other.shingles) >= THRESHOLD and bool((one.bands == other.bands).any())
        for other in others
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("barrier") / "barrier.bin"


@given(st.lists(st.tuples(shapes, numbers), max_size=12), shapes, numbers)
def test_agrees_with_a_comparison_with_all(
    path: Path, kernels: list[tuple[str, list[int]]], shape: str, asked: list[int]
) -> None:
    sketches = [sketch_of(each) for _, each in kernels]
    assert written(path, zip([shape for shape, _ in kernels], sketches, strict=True)) == len(kernels)
    barrier = Barrier(path)
    assert len(barrier) == len(kernels)
    assert barrier.has_shape(shape) == (shape in [known for known, _ in kernels])
    assert barrier.has_near(sketch_of(asked)) == is_near(sketch_of(asked), sketches)
    assert all(barrier.has_near(each) for each in sketches)


def test_keeps_out_copies_in_other_words(path: Path) -> None:
    texts = [KERNEL, NATIVE, *synthetic(40)]
    written(path, ((fingerprint(text), sketch(text)) for text in texts[:22]))
    barrier = Barrier(path)
    copies = [disguised(text, stream("barrier", place)) for place, text in enumerate(texts)]
    assert [barrier.has_near(sketch(copy)) for copy in copies] == [place < 22 for place in range(42)]
    assert [barrier.has_shape(fingerprint(text)) for text in texts] == [place < 22 for place in range(42)]


def test_is_written_the_same_again(path: Path) -> None:
    contents = []
    for _ in range(2):
        written(path, ((fingerprint(text), sketch(text)) for text in synthetic(5)))
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]


@pytest.mark.parametrize(
    "damage", [lambda content: b"", lambda content: content[:-1], lambda content: b"x" + content[1:]]
)
def test_a_damaged_file_is_refused(path: Path, damage: "type[bytes]") -> None:
    written(path, [(fingerprint(KERNEL), sketch(KERNEL))])
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(DatasetError, match=r"^[^\n]*barrier.bin: [^\n]*start the job anew$"):
        Barrier(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="cannot be read"):
        Barrier(tmp_path / "none.bin")
