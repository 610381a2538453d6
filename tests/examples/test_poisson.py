"""The finite-element solver: convergence, boundary conditions, consistency, the analytic solution; and its kernels."""

import importlib.util
import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tests.cli.commands import run
from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.reading import all_rows

FILE = Path(__file__).parent.parent.parent / "examples" / "poisson.py"


@pytest.fixture(scope="module")
def poisson() -> ModuleType:
    """The example as a module."""
    spec = importlib.util.spec_from_file_location("poisson", FILE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["poisson"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("degree", [1, 2])
def test_the_error_shrinks_with_the_expected_order(poisson: ModuleType, degree: int) -> None:
    errors = [poisson.solve(poisson.Problem(), resolution, degree).error for resolution in (4, 8, 16)]
    orders = [math.log2(before / after) for before, after in pairwise(errors)]
    assert all(degree + 0.8 < order < degree + 1.3 for order in orders), errors


def test_the_edge_has_the_values_that_were_given(poisson: ModuleType) -> None:
    solution = poisson.solve(poisson.Problem(0.5, (1.0, -2.0), 1.0), 6, 2)
    on_edge = np.isclose(solution.nodes, 0.0).any(axis=1) | np.isclose(solution.nodes, 1.0).any(axis=1)
    x, y = solution.nodes[on_edge].T
    assert on_edge.sum() == 4 * 12
    np.testing.assert_allclose(solution.values[on_edge], 0.5 + x - 2.0 * y, atol=1e-5)


@pytest.mark.parametrize("degree", [1, 2])
@pytest.mark.parametrize("slope", [(0.0, 0.0), (2.0, -3.0)])
def test_constant_and_linear_solutions_are_reproduced(
    poisson: ModuleType, degree: int, slope: tuple[float, float]
) -> None:
    solution = poisson.solve(poisson.Problem(1.5, slope, 0.0), 5, degree)
    np.testing.assert_allclose(solution.values, 1.5 + solution.nodes @ np.array(slope), atol=1e-5)


def test_the_analytic_solution_is_met(poisson: ModuleType) -> None:
    assert poisson.solve(poisson.Problem(), 24, 2).error < 1.0e-4


def test_a_picture_is_drawn(poisson: ModuleType, tmp_path: Path) -> None:
    poisson.plot(poisson.solve(poisson.Problem(), 4, 1), str(tmp_path / "poisson.svg"))
    assert "<svg" in (tmp_path / "poisson.svg").read_text(encoding="utf-8")


def test_its_kernels_are_captured_with_their_launches(tmp_path: Path) -> None:
    ended = run("capture", FILE, "--resolution", "4", "-o", tmp_path / "set")
    assert ended.returncode == 0, ended.stderr
    rows = list(all_rows(tmp_path / "set", read_manifest(tmp_path / "set")))
    integrands = [row for row in rows if "integrate" in row["kernel_name"]]
    texts = "\n".join(row["python_source"] for row in integrands)
    assert len(integrands) >= 4
    assert all(row["self_contained"] for row in rows), [row["bound_by"] for row in rows]
    assert all(json.loads(row["launch"])["dim"] for row in integrands)
    assert all(f"def {name}(" in texts for name in ("on_edge", "edge_values", "squared_error"))
