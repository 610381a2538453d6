"""Kernels that end or damage their process: each has its verdict, and nobody else's changes."""

from tests.verify.judged import as_row, judged
from tests.verify.kernels import (
    DOUBLED,
    ENDLESS,
    IN_PLACE,
    INFINITE,
    OUT,
    OUT_OF_BOUNDS,
    TRIPLED,
    UNCOMPILABLE_FUNCTION,
    UNSET,
    WILD,
    X,
    row,
)
from warpsmith.record import Verdict
from warpsmith.verify.verifier import Verifier

HUNGRY = row(
    "out[i] = devour(x[i])",
    before='@wp.func_native("""char* p; long n = 1L << 30; do { p = (char*)__builtin_malloc(n); p[0] = 1; } while (p); '
    'return x;""")\ndef devour(x: float) -> float: ...',
)
UNLINKABLE = row(
    "out[i] = lacking(x[i])",
    before='@wp.func_native("float not_defined(float); return not_defined(x);")\ndef lacking(x: float) -> float: ...',
)
WAITING = row(
    "out[i] = wait(x[i])",
    before="@wp.func_native('unsigned rest(unsigned) asm(\"sleep\"); rest(1000); return x;')\n"
    "def wait(x: float) -> float: ...",
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


def test_one_that_reads_what_it_never_wrote_is_rejected() -> None:
    found = judged([DOUBLED, UNSET, TRIPLED], "run")
    assert [judgement.failed for judgement in found] == [None, "runs", None]
    assert "different outputs" in found[1].reason


def test_one_that_waits_without_using_the_processor_is_ended_too() -> None:
    found = judged([DOUBLED, WAITING, TRIPLED], "run", kernel_seconds=1)
    assert [judgement.failed for judgement in found] == [None, "runs", None]
    assert "does not end in time" in found[1].reason


def test_verdicts_do_not_depend_on_the_batch() -> None:
    kernels = [DOUBLED, IN_PLACE, INFINITE, TRIPLED]
    together = [judgement.verdict for judgement in judged(kernels)]
    alone = [judgement.verdict for judgement in judged(kernels, batch=1)]
    assert together == alone


def test_kernels_that_do_not_compile_are_named_for_both_targets() -> None:
    found = judged([DOUBLED, UNCOMPILABLE_FUNCTION, TRIPLED], "compile", cuda=True)
    good = Verdict(compiles_cpu=True, compiles_cuda=True)
    assert [judgement.verdict for judgement in (found[0], found[2])] == [good, good]
    assert found[1].failed == "compiles_cpu"
    assert "no_such_thing" in found[1].reason


def test_a_kernel_that_cannot_be_linked_is_refused_alone() -> None:
    found = judged([DOUBLED, UNLINKABLE, TRIPLED])
    assert [judgement.failed for judgement in found] == [None, "compiles_cpu", None]
    assert "not_defined" in found[1].reason


def test_cuda_that_does_not_compile_is_named() -> None:
    kernels = [as_row(kernel) for kernel in (DOUBLED, TRIPLED)]
    rows = [row for row, _ in kernels]
    rows[1] = rows[1] | {"cuda": rows[1]["cuda"].replace("wp::mul(", "wp::no_such_builtin(")}
    with Verifier("compile", kernels[0][1]) as verifier:
        found = verifier.judge(rows)
    assert [judgement.verdict.compiles_cuda for judgement in found] == [True, False]
    assert "no_such_builtin" in found[1].reason


def test_a_kernel_of_a_factory_is_found_by_the_name_that_warp_gave_it() -> None:
    text = (
        "import warp as wp\n\n\ndef make(factor: float):\n    @wp.kernel\n"
        "    def inner(x: wp.array[float], out: wp.array[float]):\n        i = wp.tid()\n"
        "        out[i] = factor * x[i]\n\n    return inner\n\n\nwork = make(2.0)\n"
    )
    (found,) = judged([DOUBLED | {"python_source": text}])
    assert found.failed is None
    assert found.verdict.gradient == "match"
