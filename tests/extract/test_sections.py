"""Every part of the generated code is where it belongs, for everything that a kernel can be made of."""

import pytest
import warp as wp

from tests import kernels
from warpsmith.extract import extract_kernel
from warpsmith.record import KernelCode, TargetCode

ALL = {kernel.key + kernel.sig: kernel for kernel in kernels.all_kernels()}


def code(name: str) -> KernelCode:
    return extract_kernel(next(kernel for kernel in ALL.values() if kernel.key.endswith(name)))


def both(name: str) -> tuple[TargetCode, TargetCode]:
    extracted = code(name)
    assert extracted.cpu
    assert extracted.cuda
    return extracted.cpu, extracted.cuda


@pytest.mark.parametrize("name", ALL)
def test_parts_make_the_whole(name: str) -> None:
    extracted = extract_kernel(ALL[name])
    for target in (extracted.cpu, extracted.cuda):
        assert target
        assert target.text.startswith(target.structs + target.functions)
        places = [target.text.index(part.text.strip("\n")) for part in (target.forward, target.backward) if part]
        assert places == sorted(places)
        assert target.text.endswith(target.entry_points.partition("};\n")[2])
        assert "\x1d" not in target.text
        assert "\x1f" not in target.text


@pytest.mark.parametrize("name", ALL)
def test_functions_alone(name: str) -> None:
    extracted = extract_kernel(ALL[name])
    assert extracted.cpu
    assert extracted.cuda
    for target, mark in ((extracted.cpu, "cpu_kernel"), (extracted.cuda, "cuda_kernel")):
        for part, direction in ((target.forward, "forward"), (target.backward, "backward")):
            if part is None:
                continue
            assert part.text.count(f"_{mark}_{direction}(") == 1
            assert part.text.endswith("}\n")
            assert not part.text.startswith("\n")
            assert part.text.count("\n") == len(part.lines)


def test_preamble_is_the_same_for_all() -> None:
    extracted = [extract_kernel(kernel) for kernel in ALL.values()]
    assert len({code.cpu.preamble for code in extracted if code.cpu}) == 1
    assert len({code.cuda.preamble for code in extracted if code.cuda}) == 1


def test_entry_points_are_of_the_cpu_only() -> None:
    cpu, cuda = both("chain")
    assert "struct wp_args_chain {" in cpu.entry_points
    assert "void chain_cpu_forward(" in cpu.entry_points
    assert "void chain_cpu_backward(" in cpu.entry_points
    assert cuda.entry_points == ""


def test_chain_of_functions() -> None:
    for target in both("chain"):
        places = [target.functions.index(f" {name}(") for name in ("square", "norm_squared", "falloff")]
        assert places == sorted(places)
        assert "adj_norm_squared(" in target.functions
        assert "falloff(" in target.forward.text
        assert "// functions.py:" in target.functions


def test_nested_structs() -> None:
    for target in both("energies"):
        assert target.structs.index("struct Particle\n") < target.structs.index("struct Body\n")
        assert "struct Body" not in target.functions


def test_custom_gradient() -> None:
    for target in both("custom_gradient"):
        assert target.functions.count("adj_safe_sqrt(\n") == 1
        assert "user-defined adjoint code" in target.functions


def test_custom_replay() -> None:
    for target in both("custom_replay"):
        assert target.backward
        assert " replay_claim(\n" in target.functions
        assert "= replay_claim(" in target.backward.text
        assert "= claim(" in target.forward.text


def test_native_snippet() -> None:
    for target in both("native_snippet"):
        assert "out[i] = x[i] * 2.0f;" in target.functions
        assert "native_double(" in target.forward.text


def test_overloads_of_a_generic_kernel() -> None:
    overloads = [kernel for kernel in ALL.values() if kernel.key == "generic_scale"]
    assert len(overloads) > 1
    signatures = [extract_kernel(kernel).cuda for kernel in overloads]
    assert len({target.forward.text for target in signatures if target}) == len(overloads)


def test_factory_kernels_close_over_values() -> None:
    scalers = [kernel for kernel in ALL.values() if kernel.key.endswith("scale") and "make" in kernel.key]
    texts = {code.cpu.forward.text for code in map(extract_kernel, scalers) if code.cpu}
    assert len(texts) == len(scalers)


@pytest.mark.parametrize(("name", "dimensions"), [("one", 1), ("two", 2), ("three", 3), ("four", 4)])
def test_dimensions_of_a_launch(name: str, dimensions: int) -> None:
    kernel = kernels.load("launches")
    for target in (extract_kernel(getattr(kernel, name)).cpu, extract_kernel(getattr(kernel, name)).cuda):
        assert target
        assert f"wp::launch_bounds_t<{dimensions}> dim" in target.forward.text
        assert f"builtin_tid{dimensions}d(" in target.forward.text


def test_kernel_without_an_adjoint() -> None:
    for target in both("forward_only"):
        assert target.backward is None
        assert "backward" not in target.text


def test_adjoint_left_out_on_demand() -> None:
    extracted = extract_kernel(ALL["chain"], include_backward=False)
    with_adjoint = code("chain")
    assert extracted.cpu
    assert with_adjoint.cpu
    assert extracted.cpu.backward is None
    assert "backward(" not in extracted.cpu.text
    assert extracted.cpu.forward == with_adjoint.cpu.forward


def test_tiles_are_built_for_each_target() -> None:
    cpu, cuda = both("tile_total")
    assert "wp::tile_sum(" in cpu.forward.text
    assert "#define WP_TILE_BLOCK_DIM 1\n" in cpu.preamble
    assert "#define WP_TILE_BLOCK_DIM 256\n" in cuda.preamble


@pytest.mark.parametrize("dtype", [wp.float16, wp.bfloat16, wp.float64, wp.int8, wp.uint16, wp.int64, wp.uint64])
def test_scalar_types(dtype: type) -> None:
    generic = kernels.load("generics").generic_scale
    kernel = wp.overload(generic, [wp.array(dtype=dtype), dtype, wp.array(dtype=dtype)])
    extracted = extract_kernel(kernel)
    assert extracted.cuda
    assert f"wp::array_t<wp::{dtype.__name__}> var_x" in extracted.cuda.forward.text


def test_builtins_that_are_called() -> None:
    assert code("custom_gradient").builtins == ("max", "sqrt", "tid")
    assert code("tile_total").builtins == ("tid", "tile_load", "tile_store", "tile_sum")
