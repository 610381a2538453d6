"""Families of structs, functions, constants, arrays and views: what is special in each, and all of it is drawn."""

import ast
import re
from collections.abc import Sequence
from functools import cache

import pytest

from warpsmith.extract import extract_source
from warpsmith.record import KernelCode, KernelSource
from warpsmith.synth import generate_kernels
from warpsmith.synth.families import (
    closures,
    components,
    constant_idioms,
    custom_gradients,
    generics,
    local_arrays,
    native_snippets,
    structs,
    views,
)
from warpsmith.synth.families.idioms import Idiom

_IDIOMS: dict[str, Sequence[Idiom]] = {
    "structs": structs.IDIOMS,
    "components": components.IDIOMS,
    "closures": closures.IDIOMS,
    "generics": generics.IDIOMS,
    "constants": constant_idioms.IDIOMS,
    "local_arrays": local_arrays.IDIOMS,
    "views": views.IDIOMS,
    "custom_gradients": custom_gradients.IDIOMS,
    "native_snippets": native_snippets.IDIOMS,
}


@cache
def _kernels(category: str) -> tuple[KernelSource, ...]:
    return tuple(generate_kernels(400, [category], seed=5))


def _texts(category: str) -> str:
    return "\n".join(kernel.python_source for kernel in _kernels(category))


@pytest.mark.parametrize("category", _IDIOMS)
def test_every_idiom_is_drawn(category: str) -> None:
    drawn = {feature for kernel in _kernels(category) for feature in kernel.features}
    assert {idiom.name for idiom in _IDIOMS[category]} - drawn == set()


@pytest.mark.parametrize("category", _IDIOMS)
def test_small_kernels_have_many_idioms(category: str) -> None:
    small = {f for kernel in _kernels(category) if kernel.level == 1 for f in kernel.features}
    assert len({idiom.name for idiom in _IDIOMS[category]} & small) >= 4


@pytest.mark.parametrize("category", _IDIOMS)
def test_warp_takes_them_for_both_targets(category: str) -> None:
    for kernel in generate_kernels(12, [category], seed=17):
        code = extract_source(kernel)
        assert isinstance(code, KernelCode), kernel.python_source
        assert code.cpu is not None
        assert code.cpu.backward is not None
        assert code.cuda is not None


def test_structs_hold_structs_and_arrays() -> None:
    structs_ = [
        node
        for kernel in _kernels("structs")
        for node in ast.parse(kernel.python_source).body
        if isinstance(node, ast.ClassDef)
    ]
    names = {node.name for node in structs_}
    annotations = [
        ast.unparse(field.annotation) for node in structs_ for field in node.body if isinstance(field, ast.AnnAssign)
    ]
    assert any(annotation in names for annotation in annotations)
    assert any(annotation.startswith("wp.array") for annotation in annotations)


def test_kernels_come_out_of_factories() -> None:
    enclosed = [
        kernel
        for kernel in _kernels("closures")
        if not re.search(rf"^def {kernel.kernel_name}\(", kernel.python_source, re.MULTILINE)
    ]
    assert 50 < len(enclosed) < 350


def test_generic_kernels_say_their_types() -> None:
    assert re.search(r"^wp\.overload\(\w+, \{", _texts("generics"), re.MULTILINE)


@pytest.mark.parametrize(
    ("category", "pattern"),
    [
        ("components", r"\[1:\]"),
        ("components", r"\[::-1\]"),
        ("components", r"\.w\b"),
        ("components", r"wp\.matrix_from_cols\("),
        ("components", r"wp\.vec\d\w?\(\*"),
        ("generics", r"wp\.types\.vector\(length=Any"),
        ("generics", r"\.dtype\("),
        ("constants", r"\(IntEnum\):"),
        ("constants", r"wp\.constant\("),
        ("local_arrays", r"wp\.zeros\(shape="),
        ("local_arrays", r"wp\.fixedarray\("),
        ("views", r"wp\.array\(ptr="),
        ("views", r"\.shape\[0\]"),
        ("views", r"\[:, \d\]"),
        ("custom_gradients", r"@wp\.func_grad\("),
        ("custom_gradients", r"@wp\.func_replay\("),
        ("custom_gradients", r"wp\.grad\("),
        ("native_snippets", r"replay_snippet="),
        ("native_snippets", r"#if defined\(__CUDA_ARCH__\)"),
        ("native_snippets", r"adj_\w+\[\w+\] \+="),
    ],
)
def test_spellings_are_drawn(category: str, pattern: str) -> None:
    assert re.search(pattern, _texts(category))
