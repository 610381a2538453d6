import ast

import pytest
import warp as wp

from tests import kernels
from tests.discover.loose import conflicts
from warpsmith import bridge
from warpsmith.discover.loose import Cutter, cut_loose
from warpsmith.errors import ExtractionError
from warpsmith.extract import extract_kernel, extract_source
from warpsmith.extract.sameness import same_code
from warpsmith.record import KernelCode, KernelSource

NAMED = {
    name: getattr(conflicts, name)
    for name in ("sizes", "narrow", "wide", "settled", "of_mode", "same_name", "operators")
}


def proved(kernel: wp.Kernel, *, operators: bool = False, settle: bool = False) -> str:
    """Cut a kernel loose, prove that the text gives the same code, and return the text."""
    loose = cut_loose(kernel, Cutter(operators=operators, settle=settle))
    found = extract_source(KernelSource(loose.text, bridge.plain_name(kernel), "", "", 1))
    assert isinstance(found, KernelCode), f"{found.reason}\n{loose.text}"
    assert same_code(extract_kernel(kernel), found, quotes=not loose.rewritten), loose.text
    return loose.text


@pytest.mark.parametrize("kernel", kernels.all_kernels(), ids=lambda kernel: f"{kernel.key}-{kernel.sig}")
def test_fixture_kernels_give_the_same_code(kernel: wp.Kernel) -> None:
    proved(kernel, operators=True)


@pytest.mark.parametrize("name", NAMED)
def test_names_that_mean_different_things_are_kept_apart(name: str) -> None:
    text = proved(NAMED[name], operators=name == "operators", settle=name == "settled")
    assert text.startswith(("import", "from"))
    assert "conflicts" not in text


def test_a_name_stands_at_the_top_where_it_is_free() -> None:
    text = proved(conflicts.sizes)
    assert "SIZE = " in text
    assert "def make_" in text
    assert text.count("def take(") == 2
    assert "SMALL = wp.float32(numpy.float32(" in text


def test_static_expressions_can_be_settled() -> None:
    text = proved(conflicts.settled, settle=True)
    assert "24.0" in text
    assert "def computed" not in text


def test_what_no_text_can_say_is_said() -> None:
    with pytest.raises(ExtractionError, match="it needs an object of _io"):
        cut_loose(conflicts.bound, Cutter())


def test_options_of_a_module_are_set() -> None:
    module = wp.get_module("tests.of.options")
    module.options["enable_backward"] = False
    kernel = wp.Kernel(conflicts.operators.func, key="operators", module=module)
    text = proved(kernel, operators=True)
    assert "wp.set_module_options({'enable_backward': False})" in text


def test_nothing_of_the_process_changes() -> None:
    before = {name: dict(vars(kernel.adj)) for name, kernel in NAMED.items()}
    for kernel in NAMED.values():
        cut_loose(kernel, Cutter())
    for name, kernel in NAMED.items():
        assert {key: value for key, value in vars(kernel.adj).items() if key in before[name]} == before[name]


def test_texts_have_nothing_that_nobody_needs() -> None:
    for kernel in NAMED.values():
        tree = ast.parse(cut_loose(kernel, Cutter()).text)
        defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert defined - read <= {bridge.plain_name(kernel)}
