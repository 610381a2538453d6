"""From a kernel text to its code, or to the reason why there is none."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from warpsmith.extract import extract_source
from warpsmith.extract.reasons import message_of
from warpsmith.record import KernelCode, KernelSource, Rejection

TEXT = """import warp as wp


@wp.kernel
def waves(x: wp.array[float], out: wp.array[float]):
    i = wp.tid()
    out[i] = wp.sin(x[i])
"""

SOURCE = KernelSource(TEXT, "waves", "math", "the sine of each value", 1)


def with_body(statement: str) -> KernelSource:
    return replace(SOURCE, python_source=TEXT.replace("out[i] = wp.sin(x[i])", statement))


def test_both_targets_by_default() -> None:
    code = extract_source(SOURCE)
    assert isinstance(code, KernelCode)
    assert code.cpu
    assert code.cuda
    assert code.ptx is None
    assert code.builtins == ("sin", "tid")


def test_one_target() -> None:
    code = extract_source(SOURCE, ("cuda",))
    assert isinstance(code, KernelCode)
    assert code.cpu is None
    assert code.cuda


def test_ptx_even_without_cuda() -> None:
    code = extract_source(SOURCE, ("cpu",), ptx=True)
    assert isinstance(code, KernelCode)
    assert code.cuda is None
    assert code.ptx
    assert ".entry waves_cuda_kernel_backward(" in code.ptx


@pytest.mark.parametrize(
    ("source", "stage", "reason"),
    [
        (replace(SOURCE, python_source="def"), "defines", "invalid syntax (waves.py, line 1)"),
        (replace(SOURCE, kernel_name="wave"), "defines", "the text defines no kernel named 'wave'"),
        (replace(SOURCE, python_source="raise SystemExit(3)"), "defines", "3"),
        (
            with_body("out[i] = wp.sin(i)"),
            "generates",
            "Couldn't find function overload for 'sin' that matched inputs with types: [int32]",
        ),
        (with_body("out[i] = missing"), "generates", "Referencing undefined symbol: missing"),
        (with_body("out[i] = wp.nothing(x[i])"), "generates", "Could not find function wp.nothing as a built-in"),
        (with_body("out[i] = wp.none"), "generates", "Error, `none` is not an attribute of '<module 'warp'>'"),
        (with_body("return x[i]"), "generates", "'waves': Warp kernels cannot return values."),
        (with_body("out[i] = x[i, i]"), "generates", None),
    ],
)
def test_refusals_are_values(source: KernelSource, stage: str, reason: str | None) -> None:
    outcome = extract_source(source)
    assert isinstance(outcome, Rejection)
    assert outcome.stage == stage
    assert outcome.source is source
    assert "\n" not in outcome.reason
    assert outcome.reason in outcome.message
    assert outcome.reason.startswith(reason or "")


def test_whole_message_is_kept() -> None:
    outcome = extract_source(with_body("out[i] = missing"))
    assert isinstance(outcome, Rejection)
    assert 'Error while parsing function "waves" at waves.py:7:' in outcome.message
    assert "out[i] = missing" in outcome.message


def test_a_message_names_no_place_of_this_machine() -> None:
    places = f"<module 'math' from '{os.__file__}'>, {object()}, {print}, {test_one_target}, at 0x1f"
    known = "<module 'math'>, <object object>, <built-in function print>, <function test_one_target>, at 0x1f"
    assert message_of(ValueError(places)) == known
    parsing = 'Error while parsing function "f" at %sf.py:3:\n    x = y\n;no y'
    assert message_of(ValueError(parsing % "/some/where/")) == parsing % ""


def test_nothing_depends_on_hash_seed_or_history() -> None:
    script = f"""
import hashlib
from warpsmith.extract import extract_source
from warpsmith.record import KernelSource
for text in ({TEXT.replace("waves", "other").replace("sin", "cos")!r}, {TEXT!r}):
    code = extract_source(KernelSource(text, "waves" if "waves" in text else "other", "math", "", 1), ptx=True)
print(hashlib.sha256(repr(code).encode()).hexdigest())
"""
    code = extract_source(SOURCE, ptx=True)
    digests = {hashlib.sha256(repr(code).encode()).hexdigest()}
    for seed in ("0", "1"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        result = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
        )
        digests.add(result.stdout.strip())
    assert len(digests) == 1
