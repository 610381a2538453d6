"""Golden code: what Warp makes of the hand-written kernels, cut and mapped. `make goldens` writes it anew.

A change of Warp, of the cutting or of the line maps shows here first, as a diff that can be read.
"""

from collections.abc import Callable

import pytest

from tests import kernels
from warpsmith.extract import extract_kernel
from warpsmith.record import MappedText, TargetCode

_LONGEST = 9_000
"""Characters of C++ up to which a kernel is kept; the others say nothing new for their length."""

CASES = {
    f"{category}-{kernel.key}-{number}": code
    for category in kernels.CATEGORIES
    for number, kernel in enumerate(kernels.kernels_of(kernels.load(category)))
    if (code := extract_kernel(kernel)).cpu and len(code.cpu.text) <= _LONGEST
}


def numbered(part: MappedText) -> str:
    """Return a text with the source line of each of its lines in front."""
    lines = zip(part.text.splitlines(), part.lines, strict=True)
    return "\n".join(f"{number or '':>4} | {line}".rstrip() for line, number in lines)


def page(title: str, code: TargetCode) -> str:
    """Return all sections of a target under headings."""
    sections = [f"== {title}: structs and functions", code.structs + code.functions]
    sections += [f"== {title}: forward", numbered(code.forward)]
    sections += [f"== {title}: backward", numbered(code.backward) if code.backward else "none"]
    sections += [f"== {title}: entry points", code.entry_points]
    return "\n".join(section.strip("\n") for section in sections)


@pytest.mark.parametrize("name", CASES)
def test_code_of_a_kernel(name: str, golden: Callable[[str, str], None]) -> None:
    code = CASES[name]
    assert code.cpu
    assert code.cuda
    builtins = f"== builtins\n{', '.join(code.builtins)}"
    golden(f"extract/{name}.txt", "\n\n".join([builtins, page("cpu", code.cpu), page("cuda", code.cuda)]) + "\n")
