"""The C++ of native functions, folded like the Python around it: what is called stays, other names do not."""

import re
from collections.abc import Iterator, Sequence

from warpsmith.dataset.near.roles import FIELD, LOCAL, TEXT, code, number
from warpsmith.dataset.near.tokens import NAME, NUMBER

_TOKEN = re.compile(
    rf"//[^\n]*+|/\*.*?\*/|{NAME}(?:(?:\.|::|->){NAME})*+|{NUMBER}|\"(?:[^\"\\]|\\.)*+\""
    rf"|\.{NAME}(?:\.{NAME})*+|(?:<<|>>|[-+*/%&|^<>=!])=?|\S",
    re.DOTALL,
)
_WORDS = frozenset(
    {"auto", "bool", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "false", "float"}
    | {"for", "if", "inline", "int", "long", "return", "short", "signed", "sizeof", "static", "struct", "switch"}
    | {"template", "true", "typename", "unsigned", "void", "volatile", "while"}
)
_ENDS = frozenset(";{}")
_ACCESS = re.compile(r"\.|->")


def native_statements(text: str) -> Iterator[list[int]]:
    """Yield the codes of what stands between the semicolons and braces of a C++ text; none is empty."""
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        if token in _ENDS:
            if tokens:
                yield _folded(tokens)
            tokens = []
        elif not token.startswith(("//", "/*")):
            tokens.append(token)
    if tokens:
        yield _folded(tokens)


def _folded(tokens: Sequence[str]) -> list[int]:
    return [code(_role(token, after)) for token, after in zip(tokens, [*tokens[1:], ""], strict=True)]


def _role(token: str, after: str) -> str:
    if token[0] == '"':
        return TEXT
    if token.lstrip("-.")[:1].isdigit():
        return number(token)
    if token[0] == "." and len(token) > 1:
        return FIELD * token.count(".")
    if not token[0].isidentifier() or token in _WORDS or after == "(" or "::" in token:
        return token
    return LOCAL + FIELD * len(_ACCESS.findall(token))
