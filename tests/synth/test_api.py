"""Kernels one at a time, as the prototypes gave them."""

import pytest

from warpsmith.errors import UsageError
from warpsmith.synth import CATEGORIES, GENERATORS, SYNONYMS, generate_kernel, generate_kernels

_ROW_6 = (
    "arithmetic", "elementwise", "scalar_param", "scalar_array", "math", "unary", "trig", "vector", "matrix",
    "control_flow", "branch", "conditional", "multi_conditional", "nested_branch", "loop", "nested_loop", "atomic",
    "reduction", "multi_statement", "combined", "compound",
)  # fmt: skip


@pytest.mark.parametrize("category", _ROW_6)
def test_every_name_of_the_prototypes_is_known(category: str) -> None:
    source = generate_kernel(category, 5)
    assert source.category == SYNONYMS.get(category, category)
    assert source.python_source.startswith("import warp as wp\n")
    assert f"def {source.kernel_name}(" in source.python_source


def test_the_same_seed_gives_the_same_kernel_and_another_seed_another() -> None:
    assert generate_kernel("loop", 3) == generate_kernel("loop", 3)
    assert generate_kernel("loop", 3).python_source != generate_kernel("loop", 4).python_source


def test_kernels_take_turns_and_differ() -> None:
    kernels = generate_kernels(2 * len(CATEGORIES), seed=2)
    assert [kernel.category for kernel in kernels] == list(CATEGORIES) * 2
    assert len({kernel.python_source for kernel in kernels}) == len(kernels)
    assert [kernel.category for kernel in generate_kernels(3, ["trig", "loop"])] == ["math", "loop", "math"]


def test_generators_have_every_category() -> None:
    assert tuple(GENERATORS) == CATEGORIES
    assert GENERATORS["matrix"](9) == generate_kernel("matrix", 9)


def test_a_spec_has_the_attributes_of_the_prototypes() -> None:
    spec = generate_kernel("vector", 1)
    assert (spec.name, spec.source) == (spec.kernel_name, spec.python_source)
    assert spec.description
    assert spec.provenance.kind == "synth"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: generate_kernel("arithmetc", 1), "did you mean 'arithmetic'"),
        (lambda: generate_kernel("loop", 1, 6), "level 6 is unknown; levels are 1 to 5"),
        (lambda: generate_kernels(0), "n is 0; ask for at least 1 kernel"),
    ],
)
def test_bad_arguments_are_named(call: object, message: str) -> None:
    assert callable(call)
    with pytest.raises(UsageError, match=message.replace("'", ".")):
        call()
