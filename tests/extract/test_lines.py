"""Lines of generated code and lines of source: Warp's own line directives are the judge."""

import re

import pytest
import warp as wp

from tests import kernels
from warpsmith.bridge import BLOCK_DIM
from warpsmith.bridge.inside import context
from warpsmith.extract import extract_ir, extract_kernel, extract_source
from warpsmith.record import TARGETS, KernelCode, KernelSource, MappedText, Target

DIRECTIVE = re.compile(r'#line (\d+) ".*"')
ALL = [kernel for kernel in kernels.all_kernels() if kernel.adj.fun_lineno]


def judged(kernel: wp.Kernel, target: Target) -> tuple[list[str], list[int]]:
    """Return the lines of the module that Warp generates, and the line that it directs a debugger to at each, or 0."""
    options = kernel.module.resolve_options(wp.config, block_dim=BLOCK_DIM[target])
    options |= {"output_arch": None, "lineinfo": True}
    module = kernel.module
    text = context.ModuleBuilder(module, options, context.ModuleHasher([kernel], options), target=target).codegen(
        target
    )
    rows, lines, line = [], [], 0
    for row in text.split("\n"):
        if match := DIRECTIVE.fullmatch(row):
            line = int(match[1])
        else:
            rows.append(row)
            lines.append(line)
            line = 0
    return rows, lines


def body(code: MappedText) -> tuple[list[str], list[int]]:
    rows = code.text.split("\n")[:-1]
    start = next(index for index, row in enumerate(rows) if row.strip() == "//---------")
    return rows[start:], list(code.lines[start:])


def find(rows: list[str], wanted: list[str]) -> int:
    """Return where a body stands in a module; names may differ, so only its comments and labels are compared."""
    quotes = [row if row.lstrip().startswith("//") else None for row in wanted]
    for start in range(len(rows) - len(wanted) + 1):
        if all(quote in (None, rows[start + index]) for index, quote in enumerate(quotes)):
            return start
    raise AssertionError("the body is not there")


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kernel", ALL, ids=lambda kernel: kernel.key)
def test_statements_come_from_where_warp_says(kernel: wp.Kernel, target: Target) -> None:
    rows, judgement = judged(kernel, target)
    extracted = extract_kernel(kernel)
    code = extracted.cpu if target == "cpu" else extracted.cuda
    assert code
    for part in (code.forward, code.backward):
        if part is None:
            continue
        own_rows, own_lines = body(part)
        start = find(rows, own_rows)
        for row, line, said in zip(own_rows, own_lines, judgement[start:], strict=False):
            quoted = re.search(r"<L (\d+)>$", row)
            if quoted and row.lstrip().startswith("//"):
                assert line == int(quoted[1]), row
            elif row.strip() != "}" or line:  # the last brace of a CUDA kernel is directed to its first line
                assert line == said, row


def test_lines_are_lines_of_the_source() -> None:
    kernel = kernels.load("loops").__dict__
    for loop in (value for value in kernel.values() if isinstance(value, wp.Kernel) and not value.is_generic):
        ir = extract_ir(loop)
        source = ir.python_source.splitlines()
        assert max(ir.forward_lines) <= len(source)
        for row, line in zip(ir.forward_code.splitlines(), ir.forward_lines, strict=True):
            if row.lstrip().startswith("//") and line:
                assert source[line - 1].strip() in row


TEXT = """import warp as wp


@wp.kernel
def double(x: wp.array[float]):
    i = wp.tid()
    x[i] = 2.0 * x[i]
"""


def test_lines_of_a_text() -> None:
    code = extract_source(KernelSource(TEXT, "double", "arithmetic", "twice each value", 1))
    assert isinstance(code, KernelCode)
    assert code.cpu
    rows = zip(code.cpu.forward.text.splitlines(), code.cpu.forward.lines, strict=True)
    lines = {row.strip(): line for row, line in rows}
    assert lines["var_0 = builtin_tid1d();"] == 6
    assert lines["wp::int32 var_0;"] == 6
    assert [line for row, line in lines.items() if row.startswith("wp::array_store(")] == [7]
    assert lines["// forward"] == 0


def test_overloads_of_generic_kernels_count_right() -> None:
    kernel = next(iter(kernels.load("generics").generic_scale.overloads.values()))
    ir = extract_ir(kernel)
    rows = dict(zip(ir.forward_code.splitlines(), ir.forward_lines, strict=True))
    quote = next(row for row in rows if "wp.tid()" in row)
    assert "wp.tid()" in ir.python_source.splitlines()[rows[quote] - 1]
