"""Whether two texts of a kernel give the same code: the proof that a kernel was cut loose."""

import re

from warpsmith.record import KernelCode, TargetCode

_QUOTE = re.compile(r"// (.*?)\s*<L \d+>")
_PLACE = re.compile(r"^// \S+:\d+$", re.MULTILINE)


def same_code(one: KernelCode, other: KernelCode, *, quotes: bool) -> bool:
    """Tell whether the code of two kernels is equal to the letter for every target, but for where their lines stood.

    With `quotes`, the lines of source that Warp quotes in comments must be equal as well.
    """
    pairs = ((one.cpu, other.cpu), (one.cuda, other.cuda))
    return all(_normal(first, quotes) == _normal(second, quotes) for first, second in pairs)


def _normal(code: TargetCode | None, quotes: bool) -> str | None:
    if code is None:
        return None
    text = _PLACE.sub("//", code.preamble + code.text)
    return _QUOTE.sub(r"// \1" if quotes else "//", text)
