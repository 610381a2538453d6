"""Pairs from Python, under the names of the package."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import warpsmith as ws
from warpsmith.errors import ExtractionError, UsageError


def test_names_of_the_package() -> None:
    assert set(ws.__all__) <= set(dir(ws))
    for name in ws.__all__:
        assert getattr(ws, name) is not None
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = ws.no_such_name


def test_a_name_is_what_its_room_has() -> None:
    assert ws.extract_ir is importlib.import_module("warpsmith.extract").extract_ir
    assert ws.GENERATORS is importlib.import_module("warpsmith.synth").GENERATORS


def test_a_pair_has_both_targets_or_one() -> None:
    spec = ws.generate_kernel("loop", seed=3, level=1)
    both = ws.synthesize_pair(spec)
    only = ws.synthesize_pair(spec, device="cuda")
    assert both.source is spec
    assert both.code.cpu is not None
    assert both.code.cuda == only.code.cuda
    assert only.code.cpu is None
    assert both.fingerprint == only.fingerprint


def test_a_pair_of_an_unknown_device_is_refused() -> None:
    with pytest.raises(UsageError, match="device is 'tpu'"):
        ws.synthesize_pair(ws.generate_kernel("loop"), device="tpu")


def test_a_kernel_that_warp_refuses_has_its_reason() -> None:
    spec = ws.KernelSource("import warp as wp\n\n@wp.kernel\ndef f():\n    wp.nothing()\n", "f", "math", "Fails.", 1)
    with pytest.raises(ExtractionError, match="nothing"):
        ws.synthesize_pair(spec)


def test_a_batch_is_new_every_time_and_the_same_for_a_seed() -> None:
    batch = ws.synthesize_batch(12, seed=5)
    assert len({record.fingerprint for record in batch}) == 12
    assert len({record.source.category for record in batch}) == 12
    assert ws.synthesize_batch(12, seed=5) == batch
    assert ws.synthesize_batch(12, seed=6) != batch


def test_a_batch_is_what_a_job_with_one_shard_writes(tmp_path: Path) -> None:
    from warpsmith.dataset.reading import all_rows

    manifest = ws.run_pipeline(12, tmp_path, 5, shard_size=12, profile="balanced", verify="none")
    rows = [row | {"cluster": None} for row in all_rows(tmp_path, manifest)]
    assert rows == [record.row() for record in ws.synthesize_batch(12, seed=5)]


def test_a_pipeline_takes_the_options_of_the_command(tmp_path: Path) -> None:
    manifest = ws.run_pipeline(4, tmp_path, categories="math", level=2, device="cpu", format="jsonl", verify="none")
    assert (manifest.categories, manifest.levels) == ({"math": 4}, {2: 4})
    with pytest.raises(UsageError, match="not empty"):
        ws.run_pipeline(4, tmp_path)


def test_a_pipeline_with_a_bad_option_touches_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="count is 0"):
        ws.run_pipeline(0, tmp_path / "set")
    assert not (tmp_path / "set").exists()


def test_a_script_can_run_a_pipeline_in_its_own_process(tmp_path: Path) -> None:
    """Without a guard for `__main__`, and with nothing on its streams."""
    script = tmp_path / "script.py"
    script.write_text(f"import warpsmith as ws\nws.run_pipeline(3, {str(tmp_path / 'set')!r}, verify='none')\n")
    result = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert (result.stdout, result.stderr) == ("", "")
