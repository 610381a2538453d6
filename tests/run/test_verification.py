"""Verification of a set that exists: the same verdicts as when it is made, and faults that are planted in it."""

import ast
import json
from pathlib import Path

import pytest

from tests.verify.judged import as_row
from tests.verify.kernels import ENDLESS, OUT, OUT_OF_BOUNDS, X, row
from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.reading import all_rows
from warpsmith.dataset.rejected import read_rejections
from warpsmith.errors import UsageError
from warpsmith.record import Verdict
from warpsmith.run.config import make_config
from warpsmith.run.job import run_job
from warpsmith.run.validation import validate
from warpsmith.run.verification import verify
from warpsmith.synth.adjoints import wrong_forms
from warpsmith.verify.stages import columns_of
from warpsmith.verify.verifier import VerifyLimits

HUGE = row("out[i] = x[i]", X | {"shape": [1 << 40]}, OUT)


def test_a_set_verified_later_has_the_bytes_of_one_verified_at_once(tmp_path: Path) -> None:
    options = {"count": 6, "seed": 4, "device": "cpu"}
    at_once, later = tmp_path / "at once", tmp_path / "later"
    run_job(options | {"verify": "gradient"}, at_once, workers=0)
    run_job(options | {"verify": "none"}, later, workers=0)
    assert all(one["gradient"] is None for one in all_rows(later, read_manifest(later)))
    verify(later, "gradient")
    files = sorted(path.relative_to(at_once) for path in at_once.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(later) for path in later.rglob("*") if path.is_file())
    for file in files:
        assert (at_once / file).read_bytes() == (later / file).read_bytes(), file


def test_a_second_look_that_is_not_as_deep_keeps_what_was_found(tmp_path: Path) -> None:
    run_job({"count": 4, "seed": 4, "device": "cpu", "verify": "gradient"}, tmp_path, workers=0)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    verify(tmp_path, "compile")
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_columns_are_those_of_the_record() -> None:
    assert sorted(columns_of("gradient")) == sorted(Verdict.__slots__)


def test_planted_faults_are_rejected_with_their_reasons(tmp_path: Path) -> None:
    run_job({"count": 8, "seed": 4, "device": "cpu", "verify": "none", "format": "jsonl"}, tmp_path, workers=0)
    manifest = read_manifest(tmp_path)
    file = tmp_path / manifest.files[0].path
    lines = file.read_text().splitlines()
    for place, kernel in ((1, ENDLESS), (4, OUT_OF_BOUNDS), (6, HUGE)):
        planted, _ = as_row(kernel)
        lines[place] = json.dumps(json.loads(lines[place]) | {name: planted[name] for name in PLANTED})
    file.write_text("".join(f"{line}\n" for line in lines))
    verified = verify(tmp_path, "gradient", limits=VerifyLimits(kernel_seconds=2))
    assert (verified.rows, verified.rejected) == (5, 3)
    rejections = read_rejections(tmp_path)
    assert [rejection.stage for rejection in rejections] == ["runs"] * 3
    for rejection, words in zip(rejections, ("end in time", "out of the bounds", "memory"), strict=True):
        assert words in rejection.reason.lower()
    assert all(one["gradient"] for one in all_rows(tmp_path, verified))
    assert validate(tmp_path, workers=0).findings == []
    assert verified.before_verify == {"verify": "none", "mismatch": "keep"}
    made = "warpsmith generate -n 8 -s 4 -d cpu --format jsonl --verify none\nwarpsmith verify --depth gradient\n"
    assert made in (tmp_path / "README.md").read_text()


PLANTED = ("id", "kernel_name", "python_source", "launch", "cpp", "cpp_forward", "cpp_backward")


def test_differentiable_kernels_have_no_form_that_warp_gets_wrong(tmp_path: Path) -> None:
    options = {"count": 40, "seed": 6, "device": "cpu", "verify": "none", "differentiable": True}
    manifest = run_job(options, tmp_path, workers=0)
    assert manifest.avoided > 0
    for one in all_rows(tmp_path, manifest):
        assert wrong_forms(ast.parse(one["python_source"]), one["overloads"]) == []


def test_differentiable_kernels_of_a_profile_that_asks_for_others_are_refused() -> None:
    with pytest.raises(UsageError, match="use the profile 'realistic'"):
        make_config({"differentiable": True, "profile": "coverage"})


def test_a_depth_that_proves_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="use compile, run, gradient"):
        verify(tmp_path, "none")
