"""Do both pipelines make the same code? Compared where names without hashes are easily told: kernels on their own."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import naive
from warpsmith.extract import extract_source
from warpsmith.record import TARGETS, KernelCode, KernelSource


def count_equal(sources: Sequence[KernelSource]) -> tuple[int, int]:
    """Return how many functions are equal in both pipelines, and how many were compared."""
    codes = [(source, extract_source(source)) for source in sources]
    alone = [source for source, code in codes if isinstance(code, KernelCode) and _is_alone(code)]
    equal = [same for number, source in enumerate(alone) for same in compare(source, number)]
    return sum(equal), len(equal)


def _is_alone(code: KernelCode) -> bool:
    """Tell whether a kernel comes without functions, those of Warp written in Python included, and structs."""
    return code.cpu is not None and not code.cpu.functions.strip() and not code.cpu.structs.strip()


def compare(source: KernelSource, number: int) -> list[bool]:
    """Return for both directions and both targets whether both pipelines make the same text."""
    code = extract_source(source)
    assert isinstance(code, KernelCode)
    with tempfile.TemporaryDirectory() as folder:
        kernel = naive.import_kernel(source, Path(folder) / f"compared_kernel_{number}.py")
        pair = naive.make_pair(source, kernel)
    result = []
    for target in TARGETS:
        ours = getattr(code, target)
        for direction in ("forward", "backward"):
            text = pair[f"{target}_{direction}"].replace(kernel.get_mangled_name(), kernel.key)
            result.append(text in getattr(ours, direction).text)
    return result
