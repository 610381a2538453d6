"""The statements of a kernel's text as rows of codes: what two texts have in common is what they have in these.

Imports, docstrings, layout and the types of results do not count. Every parameter is a statement of its own, and so
is every field of a struct. The C++ of a native function is taken apart like the rest.
"""

from collections.abc import Iterator, Sequence

from warpsmith.dataset.near.names import names_of
from warpsmith.dataset.near.native import native_statements
from warpsmith.dataset.near.roles import FIELD, TEXT, Scope, code
from warpsmith.dataset.near.tokens import bared, head_and_body, statements_of

_HEADS = frozenset({"if", "elif", "else", "for", "while", "with"})
_IMPORTS = frozenset({"import", "from"})
_QUOTES, _PREFIXES = "\"'", "rRbBuUfF"
_TEXT = code(TEXT)


def folded(source: str) -> Iterator[list[int]]:
    """Yield the codes of every statement of a Python text, which must be valid; none is empty."""
    statements = list(statements_of(source))
    names = names_of(statements)
    scopes = [(-1, Scope(names))]
    for indentation, tokens in statements:
        while indentation <= scopes[-1][0]:
            scopes.pop()
        scope = scopes[-1][1]
        if tokens[0] == "def":
            head, body = head_and_body(tokens)
            parameters = names.parameters(head)
            scope = scope.inner(parameters)
            scopes.append((indentation, scope))
            yield from ([code(annotation)] for annotation in parameters.values())
            yield from _simple(body, scope)
        elif tokens[0] == "class":
            scopes.append((indentation, Scope(names, is_struct=True)))
        elif tokens[0] in _HEADS and tokens[-1] != ":":
            head, body = head_and_body(tokens)
            yield from _simple([*head, ":"], scope)
            yield from _simple(body, scope)
        else:
            yield from _simple(tokens, scope)


def _simple(tokens: Sequence[str], scope: Scope) -> Iterator[list[int]]:
    """Yield the codes of a statement without a body, and those of the C++ in it; nothing for a docstring."""
    if not tokens or tokens[0] in _IMPORTS or (len(tokens) == 1 and tokens[0][-1] in _QUOTES):
        return
    if scope.is_struct and len(tokens) > 2 and tokens[1] == ":":
        yield [code(scope.names.annotation(tokens[2:]) + FIELD)]
        return
    codes = [scope[token] for token in bared(tokens)]
    yield codes
    if _TEXT in codes:
        yield from _native(tokens)


def _native(tokens: Sequence[str]) -> Iterator[list[int]]:
    for token in tokens:
        if token[-1] in _QUOTES and ("\n" in token or ";" in token):
            yield from native_statements(token.strip(_PREFIXES).strip(_QUOTES).replace("\\n", "\n"))
