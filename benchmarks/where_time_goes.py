"""Where the time of one worker goes: writing kernels, defining, building, generating in Warp, and everything else."""

import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

LABELS = ("writing kernels", "defining", "building", "generating in Warp")


def where_time_goes(n: int) -> dict[str, float]:
    """Return the seconds by label for `n` kernels, from the first draw to the file, in a fresh process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_measure, n).result()


def _measure(n: int) -> dict[str, float]:
    from warp._src.context import ModuleBuilder

    from benchmarks.ours import Shards
    from benchmarks.stopwatch import Stopwatch
    from warpsmith import bridge
    from warpsmith.run import draw

    with Shards(2 * n, n) as shards:
        shards.make(0)
        watch = Stopwatch()
        watch.wrap(draw, "write_ordered", "writing kernels")
        watch.wrap(bridge, "define", "defining")
        watch.wrap(bridge.Build, "build_for", "building")
        watch.wrap(ModuleBuilder, "codegen", "generating in Warp")
        started = time.process_time()
        shards.make(1)
        total = time.process_time() - started
    seconds = {label: watch.seconds[label] for label in LABELS}
    return seconds | {"everything else": total - sum(seconds.values())}
