"""Many kernels launched in processes of their own, many to a module: a crash or a hang takes one kernel only.

A module that does not compile is compiled again without the kernels that the compiler complains about; where none can
be told, it is cut in halves until the kernel to blame is alone. After a crash or a hang, the same module is loaded
again from the cache, and goes on behind the kernel that it happened in.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple

from warpsmith.record import KernelSource
from warpsmith.seeds import derive_seed
from warpsmith.verify.blame import blamed
from warpsmith.verify.child import Child
from warpsmith.verify.trial import Trial

Kernel = KernelSource | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """How kernels are launched: so many in a module, and the seconds that compiling them and one launch may take.

    `debug` compiles in Warp's debug mode, whose assertions end a kernel that reads or writes out of bounds.
    `optimization` is the level of the compiler, 0 to 3.
    """

    batch: int = 64
    compile_seconds: float = 300.0
    launch_seconds: float = 20.0
    debug: bool = False
    optimization: int = 0


def try_all(kernels: Sequence[Kernel], limits: Limits | None = None, workers: int = 1) -> Iterator[Trial]:
    """Launch kernels on the CPU, each twice, and yield what became of each, in order.

    Kernels are `KernelSource`s or rows of a data set. They are executed: do not try what you do not trust.
    """
    limits = limits or Limits()
    rows = [_row(kernel) for kernel in kernels]
    chunks = [rows[start : start + limits.batch] for start in range(0, len(rows), limits.batch)]
    with tempfile.TemporaryDirectory(prefix="warpsmith-") as cache, ThreadPoolExecutor(workers) as threads:
        benches = [_Bench(limits, cache) for _ in range(min(workers, len(chunks)))]
        try:
            pending = [threads.submit(_try_shared, benches, chunk) for chunk in chunks]
            for future in pending:
                yield from future.result()
        finally:
            threads.shutdown(cancel_futures=True)
            for bench in benches:
                bench.child.end()


def _row(kernel: Kernel) -> dict[str, Any]:
    if isinstance(kernel, KernelSource):
        return {"python_source": kernel.python_source, "kernel_name": kernel.kernel_name, "launch": kernel.launch}
    return {name: kernel[name] for name in ("python_source", "kernel_name", "launch")}


def _try_shared(benches: "list[_Bench]", chunk: list[dict[str, Any]]) -> list[Trial]:
    """Try a chunk on a bench that is free; there are as many as threads."""
    bench = benches.pop()
    try:
        trials = bench.trials(dict(enumerate(chunk)))
        return [trials[number] for number in range(len(chunk))]
    finally:
        benches.append(bench)


class _Attempt(NamedTuple):
    """How far a child came with a module: what it was doing last, with which kernel, and what became of that."""

    trials: dict[int, Trial]
    doing: str
    number: int
    failure: Trial


class _Bench:
    """One child process after the other, and the modules that it is given."""

    def __init__(self, limits: Limits, cache: str) -> None:
        self.limits, self.cache = limits, cache
        self.child = Child(folder=cache)

    def trials(self, kernels: dict[int, dict[str, Any]]) -> dict[int, Trial]:
        """Return what became of each of some kernels, which share a module as long as it compiles."""
        trials: dict[int, Trial] = {}
        while wanted := [number for number in kernels if number not in trials]:
            attempt = self._attempt(kernels, wanted)
            trials |= attempt.trials
            if attempt.doing == "finished":
                break
            if attempt.doing == "compiling":
                left = [number for number in wanted if number not in trials]
                return trials | self._in_halves({number: kernels[number] for number in left}, attempt.failure)
            if attempt.doing in ("launching", "defining"):
                trials[attempt.number] = attempt.failure
            if attempt.doing in ("blaming", "defining"):
                kernels = {number: kernel for number, kernel in kernels.items() if number not in trials}
        return trials

    def _in_halves(self, kernels: dict[int, dict[str, Any]], failure: Trial) -> dict[int, Trial]:
        """Try both halves of a module that does not compile; one kernel alone is to blame."""
        if len(kernels) == 1:
            return dict.fromkeys(kernels, failure)
        numbers = list(kernels)
        middle = len(numbers) // 2
        halves = (numbers[:middle], numbers[middle:])
        first, second = (self.trials({number: kernels[number] for number in half}) for half in halves)
        return first | second

    def _attempt(self, kernels: dict[int, dict[str, Any]], wanted: list[int]) -> _Attempt:
        """Give a module to the child and listen until it is finished, fails, dies or hangs."""
        limits, trials, last = self.limits, dict[int, Trial](), "compiling"
        self.child.give(
            {
                "module": _module_name(kernels),
                "kernels": list(kernels.items()),
                "wanted": wanted,
                "cache": self.cache,
                "debug": limits.debug,
                "optimization": limits.optimization,
            }
        )
        number = -1
        while True:
            event = self.child.await_event(limits.launch_seconds if last == "launching" else limits.compile_seconds)
            match event:
                case None:
                    fate, reason = self.child.fate()
                    return _Attempt(trials, last, number, Trial(fate, reason=f"{last}: {reason}"))
                case ["ended", ended, trial]:
                    trials[ended] = Trial(*trial)
                case ["uncompilable", reason, names]:
                    return self._uncompilable(trials, reason, names)
                case ["finished"]:
                    return _Attempt(trials, "finished", -1, Trial("launched"))
                case [last, *numbers]:
                    number = numbers[0] if numbers else -1

    def _uncompilable(self, trials: dict[int, Trial], reason: str, names: dict[str, int]) -> _Attempt:
        """Refuse the kernels that Warp or the compiler complains about; where they name none, somebody must search."""
        said = self.child.said()
        complaints = blamed(said) | {name: reason for name in names if f" {name}>" in reason}
        to_blame = {names[name]: complaint for name, complaint in complaints.items() if name in names}
        trials |= {number: Trial("refused", reason=complaint) for number, complaint in to_blame.items()}
        errors = [line[line.index("error:") :] for line in said if "error:" in line]
        failure = Trial("refused", reason=": ".join([reason, *errors[:1]]))
        return _Attempt(trials, "blaming" if to_blame else "compiling", -1, failure)


def _module_name(kernels: dict[int, dict[str, Any]]) -> str:
    """Return a name that is the same for the same kernels, so that their module is found in the cache."""
    return f"trial_{derive_seed(*(kernel['python_source'] for kernel in kernels.values())):032x}"
