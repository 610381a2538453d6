"""Kernels by hand through extraction and the verifier."""

from collections.abc import Sequence
from typing import Any

from warpsmith.extract import extract_source
from warpsmith.record import Depth, KernelCode, KernelSource, Record, Verdict
from warpsmith.verify.verifier import Judgement, Verifier, VerifyLimits


def as_row(kernel: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the row of a data set that a kernel by hand makes, and the preambles of its code."""
    source = KernelSource(kernel["python_source"], kernel["kernel_name"], "test", "", 1, launch=kernel["launch"])
    code = extract_source(source)
    assert isinstance(code, KernelCode), code
    assert code.cpu is not None
    assert code.cuda is not None
    preambles = {"cpp": code.cpu.preamble, "cuda": code.cuda.preamble}
    return Record(source, code, "", Verdict(), "", "").row(), preambles


def judged(
    kernels: Sequence[dict[str, Any]], depth: Depth = "gradient", *, cuda: bool = False, **limits: int
) -> list[Judgement]:
    """Judge kernels by hand; without `cuda` only what is for the CPU."""
    pairs = [as_row(kernel) for kernel in kernels]
    rows = [row if cuda else row | {"cuda": None} for row, _ in pairs]
    with Verifier(depth, pairs[0][1], VerifyLimits(**limits)) as verifier:
        return verifier.judge(rows)
