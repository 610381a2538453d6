"""Extraction under the names that the prototypes had."""

import pytest

from tests import kernels
from warpsmith.errors import ExtractionError, UsageError
from warpsmith.extract import IRExtractor, extract_ir, extract_module, extract_python_ir_pair

CHAIN = kernels.load("functions").chain


def test_all_of_a_kernel() -> None:
    ir = extract_ir(CHAIN)
    assert ir.python_source.startswith("@wp.kernel\ndef chain(")
    assert ir.forward_code in ir.cpp_code
    assert ir.backward_code
    assert ir.backward_code in ir.cpp_code
    assert ir.preamble not in ir.cpp_code
    assert len(ir.forward_lines) == ir.forward_code.count("\n")
    assert ir.metadata["kernel_name"] == "chain"
    assert ir.metadata["device"] == "cpu"
    assert ir.metadata["arguments"]["x"] == "array[float32]"
    assert ir.metadata["arguments"]["radius"] == "float32"
    assert ir.metadata["file"] == "functions.py"


def test_for_cuda_and_without_an_adjoint() -> None:
    ir = extract_ir(CHAIN, device="cuda", include_backward=False)
    assert "__global__ void chain_cuda_kernel_forward(" in ir.forward_code
    assert ir.backward_code is None
    assert ir.backward_lines is None


def test_pair() -> None:
    python_source, forward = extract_python_ir_pair(CHAIN, "cuda")
    assert python_source == extract_ir(CHAIN).python_source
    assert forward == extract_ir(CHAIN, "cuda").forward_code


def test_extractor_of_the_prototypes() -> None:
    answer = IRExtractor().extract_ir(CHAIN)
    assert answer["forward_function"] == extract_ir(CHAIN).forward_code
    assert answer["backward_function"] == extract_ir(CHAIN).backward_code
    assert set(answer) == {"python_source", "cpp_code", "forward_function", "backward_function", "metadata"}


@pytest.mark.parametrize("category", kernels.CATEGORIES)
def test_all_kernels_of_a_module(category: str) -> None:
    module = kernels.load(category)
    extracted = [ir.metadata["kernel_name"] for ir in extract_module(module)]
    assert sorted(extracted) == sorted(kernel.key for kernel in kernels.kernels_of(module))
    assert len(IRExtractor().extract_module(module)) == len(extracted)


def test_a_warp_module_is_a_module_too() -> None:
    assert "chain" in [ir.metadata["kernel_name"] for ir in extract_module(CHAIN.module)]


def test_wrong_arguments_are_named() -> None:
    with pytest.raises(UsageError, match="device: 'gpu' is not known; use 'cpu' or 'cuda'"):
        extract_ir(CHAIN, device="gpu")
    with pytest.raises(UsageError, match=r"kernel: .* is not a Warp kernel"):
        extract_ir(len)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="module: 3 is not a module"):
        extract_module(3)  # type: ignore[arg-type]


def test_a_generic_kernel_wants_an_overload() -> None:
    generic = kernels.load("generics").generic_scale
    with pytest.raises(ExtractionError, match=r"is generic and has \d+ overloads; name one of them"):
        extract_ir(generic)
