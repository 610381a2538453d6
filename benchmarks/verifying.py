"""Verified kernels per second beside the naive way: ``python -m benchmarks.verifying [KERNELS] [--save]``.

Both do the same checks on the same kernels: compile for the CPU, run, check the gradient on the float64 twin; and then
compile for CUDA as well. The naive way compiles one module a kernel at Warp's default optimisation levels, one after
the other, in a warm process with precompiled headers; ours is `warpsmith.verify.verifier`, in one process of its own.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import warp as wp

from benchmarks.report import machine
from warpsmith import bridge
from warpsmith.errors import ExtractionError
from warpsmith.run.config import make_config
from warpsmith.run.draw import Drawer
from warpsmith.run.plan import Plan
from warpsmith.verify.execution import judge_gradient, judge_run, subject
from warpsmith.verify.unit import Part, cuda_unit, unit
from warpsmith.verify.verifier import Verifier, VerifyLimits

SEED = 47
BATCH = VerifyLimits().batch
DEMANDED = {"compile, run, gradient": 6.0, "the same and CUDA": 5.0}
_RESULT = Path("docs/figures/verifying.json")
_CPU_LEVEL, _CUDA_LEVEL = 2, 3
"""Warp's levels where a module does not say otherwise."""


class Measured(NamedTuple):
    """Seconds for all kernels, with and without CUDA."""

    cpu: float
    cuda: float


class Result(msgspec.Struct):
    """What was measured, where."""

    machine: str
    kernels: int
    seed: int
    naive: Measured
    ours: Measured


def drawn(count: int) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return rows of the default mix, and the preambles of their code."""
    plan = Plan(make_config({"count": count, "seed": SEED}))
    drawer = Drawer(plan, plan.slots[0])
    return [drawer.new_record(index, 0, lambda _: False).record.row() for index in range(count)], drawer.preambles


def naive(rows: list[dict[str, Any]], preambles: dict[str, str]) -> Measured:
    """Check kernels one after the other, each a module of its own."""
    with tempfile.TemporaryDirectory() as cache:
        wp.config.kernel_cache_dir, wp.config.log_level = cache, wp.LOG_WARNING
        bridge.compile_cpu(preambles["cpp"], optimization_level=_CPU_LEVEL)  # the headers
        cpu = _timed(lambda: _each(_on_the_cpu, rows, preambles["cpp"]))
        return Measured(cpu, cpu + _timed(lambda: _each(_for_cuda, rows, preambles["cuda"])))


def _each(check: Callable[[dict[str, Any], str], None], rows: list[dict[str, Any]], preamble: str) -> None:
    """Check kernel after kernel, each in a copy of this warm process, for some end theirs."""
    for row in rows:
        copy = os.fork()
        if not copy:
            try:
                check(row, preamble)
            finally:
                os._exit(0)
        os.waitpid(copy, 0)


def _on_the_cpu(row: dict[str, Any], preamble: str) -> None:
    one = subject(0, row)
    for wide in (False, True):
        try:
            code = bridge.LoadedObject(
                bridge.compile_cpu(unit(preamble, [one.part], wide), optimization_level=_CPU_LEVEL, fuse_fp=False)
            )
        except ExtractionError:
            continue  # its twin does not compile
        if wide:
            judge_gradient(one, code, wide=True)
        else:
            judge_run(one, code)
        code.unload()
    bridge.release(one.definition)


def _for_cuda(row: dict[str, Any], preamble: str) -> None:
    bridge.compile_ptx(cuda_unit(preamble, [Part(0, row["cuda"])]), optimization_level=_CUDA_LEVEL)


def ours(rows: list[dict[str, Any]], preambles: dict[str, str]) -> Measured:
    """Check kernels with the verifier, its process warm."""

    def seconds(cuda: bool) -> float:
        wanted = rows if cuda else [row | {"cuda": None} for row in rows]
        with Verifier("gradient", preambles) as verifier:
            verifier.judge(wanted[:1])
            return _timed(lambda: verifier.judge(wanted))

    return Measured(seconds(cuda=False), seconds(cuda=True))


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def saved() -> str:
    """Return what was saved as a table in Markdown."""
    if not _RESULT.exists():
        return "Not measured yet: `python -m benchmarks.verifying --save`."
    kept = msgspec.json.decode(_RESULT.read_bytes(), type=Result)
    lines = [
        f"{kept.machine}. {kept.kernels} kernels of the default mix (seed {kept.seed}).",
        "",
        "| checks | naive, kernels/s | verified, kernels/s and core | times naive | demanded |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, one, other in zip(DEMANDED, kept.naive, kept.ours, strict=True):
        rates = f"{kept.kernels / one:.2f} | {kept.kernels / other:.2f} | {one / other:.2f}"
        lines.append(f"| {name} | {rates} | {DEMANDED[name]:.0f} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Measure both and print them side by side."""
    count = next((int(argument) for argument in arguments if argument.isdigit()), BATCH)
    rows, preambles = drawn(count)
    by_ours, by_naive = ours(rows, preambles), naive(rows, preambles)
    result = Result(machine(), count, SEED, by_naive, by_ours)
    print(f"{count} kernels of the default mix")
    for name, one, other in zip(DEMANDED, by_naive, by_ours, strict=True):
        ratio = f"{one / other:.2f} times naive, demanded {DEMANDED[name]}"
        print(f"{name:24s} naive {count / one:6.2f}/s   verified {count / other:6.2f}/s   {ratio}")
    if "--save" in arguments:
        _RESULT.write_bytes(msgspec.json.format(msgspec.json.encode(result)) + b"\n")


if __name__ == "__main__":
    main(sys.argv[1:])
