"""A short record is found, and of its code only the statements are shown."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.dataset.manifests import finished_set
from tests.dataset.records import record
from warpsmith.dataset.card import find_sample, statements
from warpsmith.dataset.formats import FORMATS
from warpsmith.dataset.store import Store

CPU = """template <bool wp_linear_contiguous>
static void double_cpu_kernel_forward(
    wp_args_double *_wp_args)
{
    wp::array_t<wp::float32> var_x = _wp_args->x;
    //---------
    // forward
    // def double(x: wp.array[float]):                    <L 5>
    // if i < 3:                                          <L 6>
    if (var_1) {
        var_2 = wp::mul(var_3, var_4);
    }
}
"""
CUDA = """extern "C" __global__ void double_cuda_kernel_forward(
    wp::launch_bounds_t<1> dim)
{
    for (size_t _idx = 0; _idx < dim.size; ++_idx)
    {
            // reset shared memory allocator
        //---------
        // forward
        // def double(x: wp.array[float]):                    <L 5>
        // if i < 3:                                          <L 6>
        if (var_1) {
            var_2 = wp::mul(var_3, var_4);
        }
    }
}
"""


@pytest.mark.parametrize("text", [CPU, CUDA])
def test_statements_of_both_targets(text: str) -> None:
    shown = ["// if i < 3:  <L 6>", "if (var_1) {", "    var_2 = wp::mul(var_3, var_4);", "}"]
    assert statements(text).splitlines() == shown


def test_a_text_of_another_kind_is_shown_whole() -> None:
    assert statements("void f() {}\n") == "void f() {}\n"


@pytest.mark.parametrize("form", FORMATS)
def test_the_first_of_the_shortest_is_shown(tmp_path: Path, form: str) -> None:
    manifest = finished_set(tmp_path / "set", form)
    found = find_sample(Store(tmp_path / "set"), manifest)
    assert found is not None
    assert found.id == min(record(number).source.id for number in range(6))
    assert (found.column, found.statements) == ("cpp_forward", record_of(found.id)["cpp_forward"])


def test_a_set_for_cuda_shows_cuda(tmp_path: Path) -> None:
    manifest = finished_set(tmp_path / "set")
    manifest = msgspec.structs.replace(manifest, configuration={**manifest.configuration, "device": "cuda"})
    found = find_sample(Store(tmp_path / "set"), manifest)
    assert found is not None
    assert (found.column, found.statements) == ("cuda_forward", record_of(found.id)["cuda_forward"])


def record_of(row_id: str) -> dict[str, Any]:
    return next(row for row in (record(number).row() for number in range(6)) if row["id"] == row_id)


def test_wrong_adjoints_and_long_kernels_are_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from warpsmith.dataset.card import sample

    manifest = finished_set(tmp_path / "set", "jsonl")
    path = tmp_path / "set" / manifest.files[0].path
    path.write_text(path.read_text().replace('"gradient":null', '"gradient":"mismatch"'))
    found = find_sample(Store(tmp_path / "set"), manifest)
    assert found is not None
    assert found.id == min(record(number).source.id for number in range(3, 6))
    monkeypatch.setattr(sample, "_LONGEST", 10)
    assert find_sample(Store(tmp_path / "set"), manifest) is None
