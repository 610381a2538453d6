from pathlib import Path

import pytest
import warp as wp

from tests import kernels
from warpsmith import bridge
from warpsmith.errors import ExtractionError


def modules(name: str) -> tuple[str, str]:
    kernel = next(kernel for kernel in kernels.all_kernels() if kernel.key == name)
    with bridge.build(kernel) as built:
        return built.generate("cpu").module(), built.generate("cuda").module()


def some_name() -> str:
    return str(kernels.all_kernels()[0].key)


def test_ptx_is_the_same_every_time_and_leaves_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    _, code = modules(some_name())
    cache = Path(str(wp.config.kernel_cache_dir))
    before = set(cache.iterdir())
    first = bridge.compile_ptx(code)
    assert first == bridge.compile_ptx(code)
    assert ".target sm_75" in first
    assert ".target sm_90" in bridge.compile_ptx(code, 90)
    assert set(cache.iterdir()) == before


def test_object_code() -> None:
    code, _ = modules(some_name())
    assert bridge.compile_cpu(code).startswith(b"\x7fELF")


@pytest.mark.parametrize("compiler", [bridge.compile_cpu, bridge.compile_ptx])
def test_what_a_compiler_says_is_in_the_error(compiler: object, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ExtractionError, match="expected") as refusal:
        compiler("int x = ;")  # type: ignore[operator]
    assert "kernel.c" in str(refusal.value)
    assert "/tmp" not in str(refusal.value)
    assert capfd.readouterr() == ("", "")
