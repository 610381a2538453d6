"""On a machine with a GPU: generated kernels give there what they give on the CPU, and the PTX of records loads."""

import ctypes

import pytest
import warp as wp

from tests.launching import agreement, launch
from warpsmith.extract import extract_source
from warpsmith.record import KernelCode
from warpsmith.synth import CATEGORIES, LEVELS, generate_kernel

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not wp.is_cuda_available(), reason="Warp finds no CUDA device on this machine"),
]

AGREEING = 0.95
"""A comparison or a rounding near its edge may fall the other way on the GPU, in a few elements."""


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("category", CATEGORIES)
def test_the_gpu_computes_what_the_cpu_computes(category: str, level: int) -> None:
    source = generate_kernel(category, seed=11, level=level)
    on_cpu, on_gpu = launch(source, "cpu"), launch(source, "cuda:0")
    for name, values in on_cpu.items():
        assert agreement(values, on_gpu[name]) >= AGREEING, f"{name} of\n{source.python_source}"


@pytest.mark.parametrize("category", CATEGORIES)
def test_ptx_loads_and_has_the_entry_points(category: str) -> None:
    source = generate_kernel(category, seed=12)
    code = extract_source(source, ("cuda",), ptx=True)
    assert isinstance(code, KernelCode)
    assert code.ptx is not None
    for direction in ("forward", "backward"):
        assert_loads(code.ptx, f"{source.kernel_name}_cuda_kernel_{direction}")


def assert_loads(ptx: str, function: str) -> None:
    """Load PTX with the driver into the context of Warp and find a function in it."""
    driver = ctypes.CDLL("libcuda.so.1")
    with wp.ScopedDevice("cuda:0"):
        wp.synchronize_device()
        module, entry = ctypes.c_void_p(), ctypes.c_void_p()
        assert driver.cuModuleLoadData(ctypes.byref(module), ptx.encode()) == 0
        try:
            assert driver.cuModuleGetFunction(ctypes.byref(entry), module, function.encode()) == 0
        finally:
            driver.cuModuleUnload(module)
