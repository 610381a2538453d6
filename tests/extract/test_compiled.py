"""The extracted code is whole: with its preamble, Warp's compilers take it."""

import pytest

from tests import kernels
from warpsmith import bridge
from warpsmith.extract import extract_kernel

SOME = (
    "chain",
    "custom_replay",
    "native_snippet",
    "energies",
    "tile_total",
    "static_values",
    "generic_function",
    "four",
)


@pytest.mark.parametrize("name", SOME)
def test_code_compiles(name: str) -> None:
    kernel = next(kernel for kernel in kernels.all_kernels() if kernel.key == name)
    code = extract_kernel(kernel)
    assert code.cpu
    assert code.cuda
    assert bridge.compile_cpu(code.cpu.preamble + code.cpu.text)
    assert f".entry {name}_cuda_kernel_forward(" in bridge.compile_ptx(code.cuda.preamble + code.cuda.text)


@pytest.mark.slow
def test_all_fixture_kernels_compile() -> None:
    for kernel in kernels.all_kernels():
        code = extract_kernel(kernel)
        assert code.cpu
        assert code.cuda
        bridge.compile_cpu(code.cpu.preamble + code.cpu.text)
        bridge.compile_ptx(code.cuda.preamble + code.cuda.text)
