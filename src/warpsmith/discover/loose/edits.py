"""Changing places of a text by the positions of its syntax tree, and leaving everything else as it was."""

import ast
from typing import NamedTuple


class Edit(NamedTuple):
    """What stands from one position to another, counted in bytes, and what takes its place."""

    start: int
    end: int
    words: str


class Positions:
    """The positions of nodes in a text of UTF-8."""

    def __init__(self, text: str) -> None:
        self.content = text.encode()
        self._starts = [0]
        for line in self.content.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def replaced(self, node: ast.expr | ast.stmt | ast.arg, words: str) -> Edit:
        """Return the edit that puts words in the place of a node."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        end = self._starts[node.end_lineno - 1] + node.end_col_offset
        return Edit(self._starts[node.lineno - 1] + node.col_offset, end, words)

    def line_start(self, line: int) -> int:
        """Return the position of a line, counted from 1."""
        return self._starts[line - 1]

    def edited(self, edits: list[Edit]) -> str:
        """Return the text with all edits made, which must not overlap."""
        content = self.content
        for edit in sorted(edits, reverse=True):
            content = content[: edit.start] + edit.words.encode() + content[edit.end :]
        return content.decode()


def differences(before: ast.AST, after: ast.AST) -> list[tuple[ast.expr, ast.expr]]:
    """Return the expressions of a tree that another one has something else for, as large as they must be."""
    if type(before) is not type(after):
        return [(before, after)] if isinstance(before, ast.expr) and isinstance(after, ast.expr) else []
    found: list[tuple[ast.expr, ast.expr]] = []
    for field in before._fields:
        one, other = getattr(before, field, None), getattr(after, field, None)
        pairs = zip(one, other, strict=False) if isinstance(one, list) and isinstance(other, list) else [(one, other)]
        is_longer = isinstance(one, list) and isinstance(other, list) and len(one) != len(other)
        for left, right in [] if is_longer else pairs:
            if isinstance(left, ast.AST) and isinstance(right, ast.AST):
                found += differences(left, right)
            elif left != right:
                is_longer = True
        if is_longer and isinstance(before, ast.expr) and isinstance(after, ast.expr):
            return [(before, after)]
    return found
