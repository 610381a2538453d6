"""Families of tiles: every builtin of their group is written, launches are tiled, both targets are generated."""

import ast
import json
from functools import cache

import numpy as np
import pytest

from tests.synth.checker import check
from warpsmith.extract import extract_source
from warpsmith.record import KernelCode, KernelSource
from warpsmith.synth import generate_kernel
from warpsmith.verify import launch

FAMILIES = (
    "tile_elementwise",
    "tile_reduction",
    "tile_linear_algebra",
    "tile_order",
    "tile_threads",
    "tile_shared",
    "tile_queries",
)
_CALLED = {
    "tile", "tile_arange", "tile_argmax", "tile_argmin", "tile_assign", "tile_astype", "tile_atomic_add",
    "tile_atomic_add_indexed", "tile_axpy", "tile_broadcast", "tile_bvh_query_aabb", "tile_bvh_query_next",
    "tile_bvh_query_ray", "tile_cholesky", "tile_cholesky_inplace", "tile_cholesky_solve",
    "tile_cholesky_solve_inplace", "tile_diag_add", "tile_dot", "tile_empty", "tile_extract", "tile_fft",
    "tile_from_thread", "tile_full", "tile_ifft", "tile_load", "tile_load_indexed", "tile_lower_solve",
    "tile_lower_solve_inplace", "tile_map", "tile_matmul", "tile_max", "tile_mesh_query_aabb",
    "tile_mesh_query_aabb_next", "tile_min", "tile_ones", "tile_query_valid", "tile_randf", "tile_randi",
    "tile_reduce", "tile_reshape", "tile_scan_exclusive", "tile_scan_inclusive", "tile_scan_max_inclusive",
    "tile_scan_min_inclusive", "tile_scatter_add", "tile_scatter_masked", "tile_sort", "tile_squeeze", "tile_stack",
    "tile_stack_clear", "tile_stack_count", "tile_stack_pop", "tile_stack_push", "tile_store", "tile_store_indexed",
    "tile_sum", "tile_transpose", "tile_upper_solve", "tile_upper_solve_inplace", "tile_view", "tile_zeros", "untile",
}  # fmt: skip
# Warp calls these for indices and operators on tiles
_MEANT = {
    "assign", "tile_add_inplace", "tile_bit_and_inplace", "tile_bit_or_inplace", "tile_bit_xor_inplace",
    "tile_slice_indexed", "tile_sub_inplace",
}  # fmt: skip


@cache
def _kernels(family: str) -> tuple[KernelSource, ...]:
    return tuple(generate_kernel(family, seed) for seed in range(150))


def test_every_builtin_of_the_group_is_called() -> None:
    called: set[str] = set()
    for family in FAMILIES:
        for kernel in _kernels(family):
            nodes = (node for node in ast.walk(ast.parse(kernel.python_source)) if isinstance(node, ast.Attribute))
            called.update(node.attr for node in nodes)
    assert _CALLED - called == set()


def test_what_indices_and_operators_on_tiles_mean_is_written() -> None:
    wanted = set(_MEANT)
    for seed in range(600):
        kernel = generate_kernel(("tile_shared", "tile_order")[seed % 2], seed, level=1)
        if wanted and {"tile-elements", "tile_slice_indexed"} & set(kernel.features):
            code = extract_source(kernel)
            assert isinstance(code, KernelCode), code
            assert code.cuda is not None
            text = code.cuda.forward.text
            wanted = {name for name in wanted if f"wp::{name}(" not in text and f"wp::{name}<" not in text}
    assert wanted == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_kernels_of_tiles_keep_every_promise(family: str) -> None:
    for kernel in _kernels(family):
        assert check(kernel.python_source, kernel.kernel_name) == [], kernel.python_source


@pytest.mark.parametrize("family", FAMILIES)
def test_launches_count_blocks_and_say_how_many_threads_they_have(family: str) -> None:
    for kernel in _kernels(family):
        recipe = json.loads(kernel.launch or "")
        assert recipe["block_dim"] == 256
        # threads that fill their blocks, or blocks that fill the grid
        assert recipe.get("tiled", False) or recipe["dim"][-1] % 256 == 0
        assert recipe.get("tiled", False) == (family != "tile_threads")


@pytest.mark.parametrize("family", FAMILIES)
def test_warp_generates_both_targets(family: str) -> None:
    for kernel in _kernels(family)[:12]:
        code = extract_source(kernel)
        assert isinstance(code, KernelCode), code
        assert code.cpu is not None
        assert code.cpu.backward is not None
        assert code.cuda is not None
        assert code.cuda.backward is not None


def test_no_tile_is_stored_as_it_was_loaded() -> None:
    for kernel in _kernels("tile_elementwise"):
        function = ast.parse(kernel.python_source).body[-1]
        assert isinstance(function, ast.FunctionDef)
        loaded = {
            ast.unparse(node.targets[0])
            for node in function.body
            if isinstance(node, ast.Assign) and "tile_load(" in ast.unparse(node.value)[:15]
        }
        changed = {ast.unparse(node.target) for node in function.body if isinstance(node, ast.AugAssign)}
        changed |= {
            ast.unparse(node.value.args[2])
            for node in function.body
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and "axpy" in ast.unparse(node.value)
        }
        stored = {
            ast.unparse(node.value.args[1])
            for node in function.body
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and "store" in ast.unparse(node.value)
        }
        assert stored & (loaded - changed) == set(), kernel.python_source


def test_sums_over_blocks_arrive_in_the_cells_that_they_share() -> None:
    kernel = next(k for k in _kernels("tile_threads") if "tile_atomic_add" in k.features and k.level == 1)
    arrays = launch(kernel)
    assert any(array.size == 1 and array[0] != 0.0 for array in arrays.values())
    assert all(np.isfinite(array).all() for array in arrays.values())


def test_scalars_that_the_last_fold_has_read() -> None:
    """Nothing was left to be stored where the tiles had taken up every number before."""
    kernel = generate_kernel("tile_elementwise", 5545)
    assert check(kernel.python_source, kernel.kernel_name) == []
    assert isinstance(extract_source(kernel), KernelCode)
