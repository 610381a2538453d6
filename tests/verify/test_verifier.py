"""Kernels that end or damage their process: each has its verdict, and nobody else's changes."""

import pytest

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
from warpsmith.errors import VerificationError
from warpsmith.record import Verdict
from warpsmith.verify.verifier import Verifier, blocks

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
_DOUBLINGS = "".join(f"#define A{i}(x) A{i - 1}(x) A{i - 1}(x)\n" for i in range(1, 28))
EXPLODING = row(
    "out[i] = explode(x[i])",
    before=f'@wp.func_native("""\n#define A0(x) x = x * 1.0f;\n{_DOUBLINGS}A27(x)\nreturn x;""")\n'
    "def explode(x: float) -> float: ...",
)
UNCLOSED = row(
    "out[i] = same(x[i])",
    before='@wp.func_native("""\n#define sin no_such_thing\nif (x > 0.0f) {\nreturn x;""")\n'
    "def same(x: float) -> float: ...",
)
SINE = row("out[i] = wp.sin(x[i])")
AT_THE_EDGE = row("out[int(x[i])] = 2.0 * x[i]", X | {"low": 7.9999, "high": 7.9999}, OUT)
ENDLESS_NEXT_TO = row(
    "s = x[i]\nwhile s < 7.99995:\n    s = s * 1.0\nout[i] = 2.0 * s", X | {"low": 7.99999, "high": 7.99999}, OUT
)
HALVED_BY_NOTHING = row(
    "out[i] = x[i] / wp.bfloat16(0.0)",
    X | {"dtype": "bfloat16"},
    OUT | {"dtype": "bfloat16"},
    signature="x: wp.array[wp.bfloat16], out: wp.array[wp.bfloat16]",
)
UNWRITTEN_TILE = row(
    't = wp.tile_empty(shape=4, dtype=float, storage="shared")\nwp.tile_store(out, t, offset=4 * i)',
    dim=[2],
    block_dim=32,
    tiled=True,
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


def test_a_text_that_ends_its_process_does_so_alone() -> None:
    rows, preambles = zip(*(as_row(kernel) for kernel in (DOUBLED, TRIPLED)), strict=True)
    ends = rows[0] | {"python_source": f"import os\nos._exit(3)\n{rows[0]['python_source']}", "cuda": None}
    with Verifier("run", preambles[0]) as verifier:
        found = verifier.judge([ends, rows[1] | {"cuda": None}])
    assert [judgement.failed for judgement in found] == ["compiles_cpu", None]
    assert "exit code 3" in found[0].reason


def test_the_death_of_a_compiler_is_the_fault_of_one() -> None:
    found = judged([DOUBLED, TRIPLED, IN_PLACE, EXPLODING], "run", compile_seconds=4)
    assert [judgement.failed for judgement in found] == [None, None, None, "compiles_cpu"]
    assert [judgement.verdict.runs for judgement in found] == [True, True, True, None]


def test_nobody_is_refused_for_the_fault_of_another() -> None:
    found = judged([UNCLOSED, DOUBLED, SINE], "run")
    assert [judgement.failed for judgement in found] == ["compiles_cpu", None, None]


def test_a_process_that_cannot_begin_is_nobodys_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    row, preambles = as_row(DOUBLED)
    with Verifier("run", preambles) as verifier:
        monkeypatch.setattr(verifier.child, "_module", "warpsmith.no_such_module")
        with pytest.raises(VerificationError, match="cannot begin"):
            verifier.judge([row])


def test_what_happens_next_to_the_inputs_is_not_the_fault_of_the_adjoint() -> None:
    verdict = judged([AT_THE_EDGE])[0].verdict
    assert verdict.gradient == "nondifferentiable"
    assert verdict.gradient_reason == "next to these inputs it writes out of the bounds of out"


@pytest.mark.slow
def test_nor_is_a_launch_next_to_the_inputs_that_does_not_end() -> None:
    verdict = judged([ENDLESS_NEXT_TO], kernel_seconds=1)[0].verdict
    assert verdict.gradient == "nondifferentiable"
    assert verdict.gradient_reason == "at inputs next to these it does not end in time"


def test_without_a_recipe_nothing_is_said_of_running() -> None:
    verdict = judged([DOUBLED | {"launch": None}])[0].verdict
    assert (verdict.compiles_cpu, verdict.runs, verdict.gradient) == (True, None, None)


def test_infinities_of_two_bytes_are_seen() -> None:
    assert judged([HALVED_BY_NOTHING])[0].verdict.finite is False


def test_shared_tiles_that_nobody_wrote_are_seen() -> None:
    found = judged([UNWRITTEN_TILE], "run")
    assert "different outputs" in found[0].reason


@pytest.mark.parametrize(("rows", "sizes"), [(0, []), (1, [1]), (5, [5]), (6, [3, 3]), (13, [4, 4, 5])])
def test_blocks_are_alike_and_have_every_row(rows: int, sizes: list[int]) -> None:
    parted = blocks(rows, 4)
    assert [len(block) for block in parted] == sizes
    assert [number for block in parted for number in block] == list(range(rows))


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
