"""Texts as numbers of lines: whatever a record has comes out again."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warpsmith.report.texts import Code, LineTable, Part, texts_of

LINES = st.lists(st.sampled_from(["", "a", "b", "  a", "\t", "}", "\r", "\x0b", "é"]), min_size=1, max_size=8)
TEXTS = LINES.map(lambda lines: "\n".join(lines) + "\n")


def row(**columns: Any) -> dict[str, Any]:
    parts = ("", "_forward", "_backward", "_forward_lines", "_backward_lines")
    empty = {f"{target}{part}": None for target in ("cpp", "cuda") for part in parts}
    return {"python_source": "pass\n", "ptx": None, **empty, **columns}


def text(table: LineTable, numbers: list[int]) -> str:
    return "".join(f"{table.lines[number]}\n" for number in numbers)


def part_text(table: LineTable, code: Code, part: Part) -> str:
    own = code.lines[part.first : part.first + len(part.origins)] if part.lines is None else part.lines
    return text(table, own)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_round_trip(before: str, forward: str, backward: str, ptx: str) -> None:
    whole = before + forward + backward
    numbers = [number % 3 for number in range(forward.count("\n"))]
    table = LineTable()
    found = texts_of(
        row(
            cpp=whole,
            cpp_forward=forward,
            cpp_backward=backward,
            cpp_forward_lines=numbers,
            cpp_backward_lines=[],
            ptx=ptx,
        ),
        table,
    )
    assert found.cpp
    assert found.cpp.forward
    assert found.cpp.backward
    assert found.ptx
    assert text(table, found.cpp.lines) == whole
    assert part_text(table, found.cpp, found.cpp.forward) == forward
    assert found.cpp.forward.origins == numbers
    assert part_text(table, found.cpp, found.cpp.backward) == backward
    assert found.cpp.backward.origins == [0] * backward.count("\n")
    assert text(table, found.ptx) == ptx
    assert len(set(table.lines)) == len(table.lines)


def test_a_part_that_does_not_stand_in_the_whole() -> None:
    table = LineTable()
    found = texts_of(row(cuda="x;\ny;\n", cuda_forward="z;\n", cuda_forward_lines=[4]), table)
    assert found.cuda
    assert found.cuda.forward
    assert part_text(table, found.cuda, found.cuda.forward) == "z;\n"
    assert found.cuda.backward is None
    assert found.cpp is None


@pytest.mark.parametrize(("given", "kept"), [([1, 2, 3], [1, 2]), ([1], [1, 0]), (None, [0, 0])])
def test_a_map_that_is_too_long_or_too_short(given: list[int] | None, kept: list[int]) -> None:
    found = texts_of(row(cpp="a\nb\n", cpp_forward="a\nb\n", cpp_forward_lines=given), LineTable())
    assert found.cpp
    assert found.cpp.forward
    assert found.cpp.forward.origins == kept
