"""The launching itself, on the CPU: what the GPU tests compare with must be right first."""

import numpy as np
import pytest

from tests.launching import launch
from warpsmith.synth import CATEGORIES, generate_kernel


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_generated_kernel_runs_from_its_recipe_and_again_the_same(category: str) -> None:
    source = generate_kernel(category, seed=5)
    first, second = launch(source, "cpu"), launch(source, "cpu")
    assert first
    for name, values in first.items():
        assert values.tobytes() == second[name].tobytes()
        if values.dtype.kind == "f":
            assert np.isfinite(values).all(), f"{name} of\n{source.python_source}"
