"""The tokens of a Python text, statement by statement, by one regular expression: the same on every Python."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

NAME = r"[^\W\d]\w*+"
# a minus belongs to a number after an operator, a bracket or a word of the language
_SIGN = r"-(?:(?<=[-+*/%=<>,:&|^?] -)|(?<=[(\[{]-)|(?<=return -)|(?<=else -)|(?<=if -))"
NUMBER = rf"(?:{_SIGN})?\.?\d(?:[eE][+-](?=\d)|[\w.])*+"
STRING = (
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""|"(?:[^"\\\n]|\\.)*+"'
    r"|'''(?:[^'\\]|\\.|'(?!''))*+'''|'(?:[^'\\\n]|\\.)*+'"
)
# a name with its attributes is one token; a name right before a quote is the prefix of a string
_TOKEN = re.compile(
    rf"{NAME}(?:\.{NAME})*+(?![\"'])|{NUMBER}|(?:[rRbBuUfF]{{1,2}})?(?:{STRING})"
    rf"|\n[ \t\f\r]*+|#[^\n]*+|\\\r?\n|\.{NAME}(?:\.{NAME})*+|->|(?:\*\*|//|<<|>>|[-+*/%@&|^<>=!:])=?|\S",
    re.DOTALL,
)
_DEPTH = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


class Statement(NamedTuple):
    """The tokens of a simple statement or of the head of a compound one, and by how many blanks it is indented."""

    indentation: int
    tokens: list[str]


def statements_of(source: str) -> Iterator[Statement]:
    """Yield the statements of a text that is valid Python, without comments; none is empty."""
    tokens: list[str] = []
    depth = indentation = 0
    for token in _TOKEN.findall(source):
        first = token[0]
        if first == "\n" or (first == ";" and not depth):
            if depth:
                continue
            if tokens:
                yield Statement(indentation, tokens)
                tokens = []
            if first == "\n":
                indentation = len(token) - 1
        elif first not in "#\\":
            change = _DEPTH.get(token, 0)
            depth += change
            if change < 0 and tokens[-1] == ",":
                tokens.pop()  # (a, b,) is (a, b)
            tokens.append(token)
    if tokens:
        yield Statement(indentation, tokens)


def parts(tokens: Sequence[str], separator: str) -> Iterator[Sequence[str]]:
    """Yield what stands between the separators that are in no bracket; empty parts are left out."""
    depth = start = 0
    for place, token in enumerate(tokens):
        depth += _DEPTH.get(token, 0)
        if token == separator and not depth:
            if place > start:
                yield tokens[start:place]
            start = place + 1
    if start < len(tokens):
        yield tokens[start:]


def bared(tokens: Sequence[str]) -> Sequence[str]:
    """Return a statement without the brackets around all of its target, or around all that it returns."""
    first = 1 if tokens[0] == "return" else 0
    if len(tokens) < first + 3 or tokens[first] != "(":
        return tokens
    inside = bracketed(tokens)
    last = first + 1 + len(inside)
    if last + 1 < len(tokens) and tokens[last + 1] != "=":
        return tokens
    return [*tokens[:first], *inside, *tokens[last + 1 :]]


def head_and_body(tokens: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return what stands before and behind the first colon that is in no bracket: nothing behind in most heads."""
    if tokens[-1] == ":":
        return tokens[:-1], ()
    depth = 0
    for place, token in enumerate(tokens):
        depth += _DEPTH.get(token, 0)
        if token == ":" and not depth:
            return tokens[:place], tokens[place + 1 :]
    return tokens, ()


def bracketed(tokens: Sequence[str]) -> Sequence[str]:
    """Return what stands in the first brackets; nothing where there are none."""
    depth = start = 0
    for place, token in enumerate(tokens):
        change = _DEPTH.get(token, 0)
        depth += change
        if change > 0 and depth == 1:
            start = place + 1
        elif change < 0 and not depth:
            return tokens[start:place]
    return ()
