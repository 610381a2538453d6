import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
PRINTED = {
    "saxpy.py": "var_2 = wp::mul(var_alpha, var_3);",
    "particles.py": "struct Particle",
    "poisson.py": "4225 nodes, L2 error",
    "nbody.py": "after 200 steps",
    "throw.py": "it misses by",
    "blur.py": "light 1.0000",
    "reduction.py": "wp::adj_atomic_add(",
    "extract_your_own.py": "--- without the adjoint, backward_code is None",
}


@pytest.mark.parametrize("name", sorted(PRINTED))
def test_example_runs_and_prints(name: str) -> None:
    result = subprocess.run([sys.executable, EXAMPLES / name], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert PRINTED[name] in result.stdout


def test_every_example_is_run() -> None:
    assert {path.name for path in EXAMPLES.glob("*.py")} == set(PRINTED)
