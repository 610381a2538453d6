"""Kernels from elsewhere: their texts stand for themselves, and compare with self-contained ones."""

from pathlib import Path

import pytest

from tests.dataset.manifests import finished_set
from tests.dataset.near.texts import KERNEL
from tests.dataset.records import record
from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.dataset.formats import FORMATS
from warpsmith.dataset.near.foreign import Foreign, kernels_of_code, kernels_of_set_file
from warpsmith.dataset.near.jaccard import similarity
from warpsmith.dataset.near.shingles import shingles
from warpsmith.discover.sources import PassedOver
from warpsmith.errors import DatasetError, UsageError

MORE = """

@wp.func
def unused(x: float): return x


def host():
    @wp.kernel
    def inner(xs: wp.array[float]):
        xs[0] = lift(xs[1])
    return inner
"""


def test_a_kernel_comes_with_what_it_reaches_by_name(tmp_path: Path) -> None:
    (tmp_path / "kernels.py").write_text(
        KERNEL.replace("as wp", "as w").replace("wp.", "w.") + MORE.replace("wp.", "w.")
    )
    step, inner = kernels_of_code(tmp_path)
    without = KERNEL.replace("SPEED = wp.constant(9.81)\n", "")
    assert similarity(shingles(step.source), shingles(without)) == 1.0
    assert step.fingerprint == fingerprint(step.source)
    assert "unused" not in step.source
    assert inner.source.count("def ") == 2
    assert inner.source.startswith("import warp as w\n")


def test_what_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("import warp as wp\n(")
    text = (
        'import warp as wp\n\ndef f():\n    @wp.kernel\n    def k(x: wp.array[float]):\n        """Words,\nmore."""\n'
    )
    (tmp_path / "odd.py").write_text(text + KERNEL)
    passed_over: list[PassedOver] = []
    assert len(list(kernels_of_code(tmp_path, passed_over))) == 1
    assert [each.path.name for each in passed_over] == ["broken.py", "odd.py"]
    assert passed_over[1].reason.startswith("line 4: 'k' ")


def test_a_target_without_kernels_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.py").write_text("import warp as wp\n")
    with pytest.raises(UsageError, match="has no Warp kernels"):
        list(kernels_of_code(tmp_path))
    with pytest.raises(UsageError, match="is no Python file"):
        list(kernels_of_code("no.such.package"))


@pytest.mark.parametrize("form", FORMATS)
def test_the_kernels_of_an_earlier_set(tmp_path: Path, form: str) -> None:
    files = finished_set(tmp_path / "set", form, 2, 2).files
    expected = [Foreign(record(index).fingerprint, record(index).source.python_source) for index in range(4)]
    assert [kernel for entry in files for kernel in kernels_of_set_file(tmp_path / "set", entry.path)] == expected


def test_a_folder_that_is_no_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"no manifest\.json"):
        list(kernels_of_set_file(tmp_path, "data/train-00000-of-00001.parquet"))
