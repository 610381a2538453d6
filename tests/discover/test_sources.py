"""Kernels are found by their decorators, under whatever name a file knows Warp, and nothing is imported for it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from warpsmith.discover.files import python_files
from warpsmith.discover.sources import PassedOver, function_definitions, kernel_definitions, struct_definitions
from warpsmith.errors import UsageError

MODULE = """
import numpy as np
import warp.fem as fem, warp as w
from warp import kernel, func as helper, struct
raise RuntimeError("read, not imported")

@w.struct
class State:
    x: float

@struct
class Other:
    x: float

@helper
def twice(x: float): return 2.0 * x

@kernel
def bare(): pass

def factory(n):
    @w.kernel(
        module="unique",
    )
    def inner(x: w.array[float]):
        # kept
        x[0] = twice(float(n))
    return inner

@np.kernel
def not_one(): pass

@other.w.kernel
def nor_this(): pass

@fem.kernel
@w.func
def a_function(): pass
"""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "pack" / "inside" / "kernels.py"
    path.parent.mkdir(parents=True)
    (tmp_path / "pack" / "__init__.py").write_text("raise RuntimeError('imported')")
    (path.parent / "__init__.py").write_text("raise RuntimeError('imported')")
    path.write_text(MODULE)
    return path


def test_kernels_by_all_their_names(module: Path) -> None:
    bare, inner = kernel_definitions(module)
    assert (bare.name, bare.line, bare.path, bare.aliases) == ("bare", 18, module, ("w",))
    assert (inner.name, inner.line, inner.node.lineno) == ("inner", 22, 25)
    assert inner.source.splitlines()[:4] == ["@w.kernel(", '    module="unique",', ")", "def inner(x: w.array[float]):"]
    assert "    # kept\n" in inner.source


def test_functions_and_structs(module: Path) -> None:
    assert [found.name for found in function_definitions(module)] == ["twice", "a_function"]
    assert [found.name for found in struct_definitions(module)] == ["State", "Other"]


@pytest.mark.parametrize("imports", ["import warp", "import warp.fem", "import warp.fem, os"])
def test_warp_under_its_own_name(tmp_path: Path, imports: str) -> None:
    path = tmp_path / "a.py"
    path.write_text(f"{imports}\n@warp.kernel\ndef f(): pass\n")
    assert [found.aliases for found in kernel_definitions(path)] == [("warp",)]


def test_everything_of_warp(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("def main():\n    from warp import *\n    @kernel\n    def f(): pass\n")
    assert [found.name for found in kernel_definitions(path)] == ["f"]


def test_names_of_other_packages_are_not_warps(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("from .warp import kernel\nfrom warped import kernel as k\n@kernel\n@k\ndef f(): pass\n")
    assert list(kernel_definitions(path)) == []


def test_a_dotted_name_is_found_without_importing(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(module.parent.parent.parent)
    for name in ("pack", "pack.inside", "pack.inside.kernels"):
        assert [found.name for found in kernel_definitions(name)] == ["bare", "inner"]
    assert python_files("pack.inside.kernels") == [module]


def test_a_folder_without_init_is_a_package(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(module.parent.parent.parent)
    (module.parent / "__init__.py").unlink()
    assert python_files("pack.inside") == python_files("pack.inside.kernels") == [module]
    (module.parent.parent / "__init__.py").unlink()
    assert python_files("pack") == python_files("pack.inside") == [module]


def test_warp_itself_is_found_without_importing() -> None:
    code = (
        "import sys; from warpsmith.discover.sources import kernel_definitions as k; "
        "print(len(list(k('warp.examples'))), 'warp' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    count, imported = result.stdout.split()
    assert int(count) > 100
    assert imported == "False"


def test_a_distribution_by_its_name() -> None:
    assert "context.py" in {path.name for path in python_files("warp-lang")}


def test_a_folder_in_order_with_what_cannot_be_read_passed_over(tmp_path: Path) -> None:
    kernel = "import warp as wp\n@wp.kernel\ndef {}(): pass\n"
    for name in ("b", "a"):
        (tmp_path / f"{name}.py").write_text(kernel.format(name))
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "c.py").write_text(kernel.format("c"))
    (tmp_path / "broken.py").write_text("import warp as wp\ndef f(:\n")
    (tmp_path / "latin.py").write_bytes(b"import warp\n# \xe9\n")
    (tmp_path / "null.py").write_bytes(b"import warp\n\0\n")
    passed_over: list[PassedOver] = []
    assert [found.name for found in kernel_definitions(tmp_path, passed_over)] == ["a", "b"]
    assert [one.path.name for one in passed_over] == ["broken.py", "latin.py", "null.py"]


@pytest.mark.parametrize(
    "target",
    ["no_such_package", "no such thing", "warp.no_such", "os.path.x", "missing.py", "sys"],
)
def test_what_is_not_there_is_refused_in_one_line(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="is no Python file, folder, module or package") as caught:
        list(kernel_definitions(target))
    assert "\n" not in str(caught.value)


HARD = {
    "syntax": (b"import warp\ndef f(:\n", "line 2: invalid syntax"),
    "latin": (b"import warp\n# \xe9\n", "it is not UTF-8 text"),
    "null": (b"import warp\n\0\n", "null bytes"),
    "brackets": (b"import warp\nx = " + b"(" * 300 + b")" * 300, "too many nested parentheses"),
    "signs": (b"import warp\nx = " + b"-" * 20_000 + b"1", "nested"),
    "no encoding": (b"# coding: nope\nimport warp\n", "unknown encoding"),
    "no text": (b"# coding: rot13\nimport warp\n", "not a text encoding"),
}


@pytest.mark.parametrize("what", HARD)
def test_why_a_file_is_passed_over_is_said(what: str, tmp_path: Path) -> None:
    content, reason = HARD[what]
    path = tmp_path / "a.py"
    path.write_bytes(content)
    passed_over: list[PassedOver] = []
    assert list(kernel_definitions(path, passed_over)) == []
    (passed,) = passed_over
    assert passed.path == path
    assert reason in passed.reason
    assert "\n" not in passed.reason


DEEP = {
    "a long sum": ("x: wp.array[float]", "x[0] = " + " + ".join(["x[1]"] * 1200), "code nested more than 150 deep"),
    "a huge number": ("x: wp.array[int]", "x[0] = 0x" + "f" * 6000, "a number that is too large"),
    "a huge rank": ("x: wp.array(dtype=int, ndim=0x" + "f" * 6000 + ")", "x[0] = 1", "a number that is too large"),
    "a deep type": ("x: wp.array[" + "-" * 500 + "1]", "x[0] = 1", "code nested more than 150 deep"),
}


@pytest.mark.parametrize("what", DEEP)
def test_a_kernel_that_cannot_be_gone_through_is_passed_over_alone(what: str, tmp_path: Path) -> None:
    parameter, line, reason = DEEP[what]
    path = tmp_path / "a.py"
    kernel = "@wp.kernel\ndef {}({}):\n    {}\n"
    path.write_text(f"import warp as wp\n{kernel.format('f', parameter, line)}{kernel.format('g', 'n: int', 'm = n')}")
    passed_over: list[PassedOver] = []
    assert [found.name for found in kernel_definitions(path, passed_over)] == ["g"]
    assert passed_over == [PassedOver(path, f"line 2: 'f' has {reason}")]


BAD_TARGETS = {
    "nothing": ("", "target is empty; name a file"),
    "an empty folder": (".", "'.' has no Python files in it; name a folder that has"),
    "a name too long": ("a" * 300, "cannot be read: File name too long"),
    "a module too long": ("warp." + "a" * 300, "cannot be read: File name too long"),
}


@pytest.mark.parametrize("what", BAD_TARGETS)
def test_what_cannot_be_a_target_is_refused(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, line = BAD_TARGETS[what]
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=re.escape(line)):
        python_files(target)


def test_a_file_counts_once_whatever_links_to_it(tmp_path: Path) -> None:
    (tmp_path / "b.py").write_text("")
    for link in ("a.py", "c.py"):
        (tmp_path / link).symlink_to(tmp_path / "b.py")
    assert [path.name for path in python_files(tmp_path)] == ["a.py"]
