"""What comes of kernels, on its way from the process that harvests them to the set."""

from typing import Any

import msgspec

from warpsmith.record import Record, Rejection


class Yield(msgspec.Struct):
    """A line of a module's file: the columns of a record with its preambles, or a rejection."""

    row: dict[str, Any] | None = None
    preambles: dict[str, str] = {}
    rejection: Rejection | None = None


def yielded(made: Record | Rejection) -> Yield:
    """Return the line of what was made of a kernel."""
    if isinstance(made, Rejection):
        return Yield(rejection=made)
    pairs = (("cpp", made.code.cpu), ("cuda", made.code.cuda))
    return Yield(made.row(), {column: code.preamble for column, code in pairs if code})


def order(line: Yield) -> tuple[int, str, str, str]:
    """Return where a kernel stands and what it is: the order in which Python keeps live kernels is not fixed."""
    if line.row is not None:
        return (
            line.row["provenance"]["line"] or 0,
            line.row["kernel_name"],
            line.row["python_source"],
            line.row["cpp"] or "",
        )
    assert line.rejection is not None
    source = line.rejection.source
    return source.provenance.line or 0, source.kernel_name, source.python_source, line.rejection.reason


def once(lines: list[Yield]) -> list[Yield]:
    """Leave out what a factory has made twice: the same kernel of the same line."""
    return [line for number, line in enumerate(lines) if not number or line != lines[number - 1]]
