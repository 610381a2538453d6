"""Generated kernels launched for real from their recipes: they stay in bounds, end, are finite and heed their inputs.

The kernels are compiled in Warp's debug mode, whose assertions end the process at an access out of bounds, and so they
run in a process of their own.
"""

import json
import subprocess
import sys
from pathlib import Path

_SCRIPT = """
import json, sys
import numpy as np
import warp as wp
from tests.launching import define_in, launch_defined, outputs
from warpsmith.synth import generate_kernels

wp.config.quiet = True
wp.config.mode = "debug"
wp.config.kernel_cache_dir = sys.argv[1]
total = finite = sensitive = repeatable = 0
kernels = {kernel.kernel_name: kernel for kernel in generate_kernels(150, seed=31)}
defined = [define_in("sample", kernel) for kernel in kernels.values()]
defined[0].kernel.module.options["enable_backward"] = False
for one in defined:
    first, again, other = (launch_defined(one, "cpu", shift) for shift in (0, 0, 1000))
    written = outputs(one)
    total += 1
    finite += all(np.isfinite(first[name].astype(np.float64)).all() for name in written)
    repeatable += all(np.array_equal(first[name], again[name], equal_nan=True) for name in written)
    sensitive += any(not np.array_equal(first[name], other[name]) for name in written)
print(json.dumps([total, finite, repeatable, sensitive]))
"""


def test_launched_kernels_are_finite_repeatable_and_heed_their_inputs(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(tmp_path)], capture_output=True, text=True, timeout=500, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    total, finite, repeatable, sensitive = json.loads(done.stdout.splitlines()[-1])
    assert total > 100
    assert finite >= 0.99 * total
    assert repeatable == total
    assert sensitive >= 0.95 * total
