"""Where the time of one worker goes: writing kernels, defining, building, generating in Warp, and everything else."""

import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

LABELS = ("writing kernels", "defining", "building", "generating in Warp")
WARM_UP = 50


def where_time_goes(n: int) -> dict[str, float]:
    """Return the seconds by label for `n` kernels, from the first draw to the file, in a fresh process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_measure, n).result()


def _measure(n: int) -> dict[str, float]:
    from warp._src.context import ModuleBuilder

    from benchmarks import ours
    from benchmarks.stopwatch import Stopwatch
    from warpsmith import bridge, synth

    ours.write_one_shard(synth.generate_kernels(WARM_UP, seed=1))
    watch = Stopwatch()
    watch.wrap(synth, "generate_kernels", "writing kernels")
    watch.wrap(bridge, "define", "defining")
    watch.wrap(bridge.Build, "build_for", "building")
    watch.wrap(ModuleBuilder, "codegen", "generating in Warp")
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as output:
        ours.write_shard(synth.generate_kernels(n, seed=2), Path(output))
    total = time.perf_counter() - started
    seconds = {label: watch.seconds[label] for label in LABELS}
    return seconds | {"everything else": total - sum(seconds.values())}
