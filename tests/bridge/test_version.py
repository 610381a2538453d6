import subprocess
import sys

import pytest
import warp as wp

from warpsmith.bridge.version import check_warp, is_supported, requirement
from warpsmith.errors import PrerequisiteError


@pytest.mark.parametrize(
    ("version", "supported"),
    [("1.19.0", True), ("1.19.3.dev1", True), ("1.18.9", False), ("1.20.0", False), ("2.0", False), ("?", False)],
)
def test_supported_versions(version: str, supported: bool) -> None:
    assert is_supported(version) == supported


def test_other_version_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wp, "__version__", "1.20.1")
    with pytest.raises(PrerequisiteError, match=r"warp-lang 1\.20\.1 is not supported") as refusal:
        check_warp()
    assert requirement() in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_missing_warp_is_refused_at_import() -> None:
    script = "import sys; sys.modules['warp'] = None\nimport warpsmith.bridge"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "PrerequisiteError: warp-lang is not installed" in result.stderr
