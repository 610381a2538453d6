"""Kernels that end or damage their process: each has its verdict, and nobody else's changes."""

from tests.verify.judged import judged
from tests.verify.kernels import DOUBLED, ENDLESS, IN_PLACE, INFINITE, OUT, OUT_OF_BOUNDS, TRIPLED, WILD, X, row
from warpsmith.record import Verdict

HUNGRY = row(
    "out[i] = devour(x[i])",
    before='@wp.func_native("""char* p; long n = 1L << 30; do { p = (char*)__builtin_malloc(n); p[0] = 1; } while (p); '
    'return x;""")\ndef devour(x: float) -> float: ...',
)
HUGE = row("out[i] = x[i]", X | {"shape": [1 << 40]}, OUT)


def test_those_that_fail_do_so_alone() -> None:
    kernels = [DOUBLED, ENDLESS, TRIPLED, WILD, OUT_OF_BOUNDS, HUGE, INFINITE, IN_PLACE, DOUBLED, HUNGRY]
    found = judged(kernels, kernel_seconds=2)
    assert [judgement.failed for judgement in found] == [
        None,
        "runs",
        None,
        "runs",
        "runs",
        "runs",
        None,
        None,
        None,
        "runs",
    ]
    assert "does not end in time" in found[1].reason
    assert "SIGSEGV" in found[3].reason
    assert "out of the bounds of out" in found[4].reason
    assert "memory" in found[5].reason.lower()
    assert found[9].failed
    good = found[0].verdict
    assert good == found[8].verdict
    assert (good.compiles_cpu, good.runs, good.finite, good.gradient) == (True, True, True, "match")
    assert found[6].verdict.finite is False
    assert found[6].verdict.gradient == "nondifferentiable"


def test_verdicts_do_not_depend_on_the_batch() -> None:
    kernels = [DOUBLED, IN_PLACE, INFINITE, TRIPLED]
    together = [judgement.verdict for judgement in judged(kernels)]
    alone = [judgement.verdict for judgement in judged(kernels, batch=1)]
    assert together == alone


def test_a_kernel_that_does_not_compile_is_named() -> None:
    found = judged([DOUBLED, TRIPLED], "compile", cuda=True)
    assert [judgement.verdict for judgement in found] == [Verdict(compiles_cpu=True, compiles_cuda=True)] * 2
