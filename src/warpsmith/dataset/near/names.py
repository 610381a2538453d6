"""The names that a text gives to modules, functions and structs, and annotations in one spelling."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from warpsmith.dataset.near.tokens import Statement, bracketed, parts

DEFINED, PARAMETER = "defined", "parameter"
_WORDS = frozenset(
    {"Any", "Callable", "None", "abs", "and", "as", "assert", "bool", "break", "class", "continue", "def", "del"}
    | {"elif", "else", "float", "for", "if", "in", "int", "is", "lambda", "len", "max", "min", "not", "or", "pass"}
    | {"print", "raise", "range", "return", "while", "with", "yield"}
)
_LIBRARIES = {"warp": "wp", "math": "math"}
_SPELLINGS = {"wp.float32": "float", "wp.int32": "int", "wp.bool": "bool"}
_SINGLE = re.compile(r"wp\.((?:vec|mat)\d+|quat|transform|spatial_vector|spatial_matrix)f")
_ARRAY = re.compile(r"(wp\.(?:\w+_)?array)(?:(\d)d)?\((?:dtype=)?(.+?)(?:,ndim=(\d))?,?\)")
_NUMBER = re.compile(r"\b\d+\b")


@dataclass(frozen=True, slots=True)
class Names:
    """The modules that a text imports, each name with what stands for it, and the functions and structs of the text."""

    modules: dict[str, str] = field(default_factory=lambda: {"warp": "wp", "wp": "wp"})
    defined: set[str] = field(default_factory=set)
    annotations: dict[str, str] = field(default_factory=dict)

    def spelled(self, token: str) -> str | None:
        """Return the one spelling of a name that is Python's or a library's, or None where it is the author's."""
        if token in _WORDS:
            return token
        root, _, rest = token.partition(".")
        if root not in self.modules:
            return None
        return _one_name(self.modules[root], rest)

    def parameters(self, head: Sequence[str]) -> dict[str, str]:
        """Return what stands for the parameters of a function, in their order: their annotations."""
        return dict(self._parameter(part) for part in parts(bracketed(head), ","))

    def _parameter(self, tokens: Sequence[str]) -> tuple[str, str]:
        declared = next(parts(tokens, "=")) if "=" in tokens else tokens
        if len(declared) < 3 or declared[1] != ":":
            return declared[-1], PARAMETER
        return declared[0], self.annotation(declared[2:])

    def annotation(self, tokens: Sequence[str]) -> str:
        """Return an annotation in one spelling: ``wp.array(dtype=wp.float32)`` is ``wp.array[float]``."""
        text = "".join(tokens)
        if text not in self.annotations:
            words = (self._word(token, after) for token, after in zip(tokens, [*tokens[1:], ""], strict=True))
            self.annotations[text] = _one_spelling("".join(words))
        return self.annotations[text]

    def _word(self, token: str, after: str) -> str:
        if not token[0].isidentifier() or after == "=":
            return token
        return self.spelled(token) or DEFINED


def names_of(statements: Iterable[Statement]) -> Names:
    """Return the names of a text by its statements."""
    names = Names()
    for _, tokens in statements:
        head = tokens[0]
        if head in ("def", "class"):
            names.defined.add(tokens[1])
        elif head in ("import", "from"):
            names.modules.update(_imported(tokens))
    return names


def _imported(tokens: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the names that an import of Warp or ``math`` binds, and what stands for each."""
    source = f"{tokens[1]}." if tokens[0] == "from" else ""
    for item in parts([token for token in tokens[tokens.index("import") + 1 :] if token not in "()"], ","):
        library, _, rest = f"{source}{item[0]}".partition(".")
        if library in _LIBRARIES:
            short = _LIBRARIES[library]
            names_it_all = bool(rest) and (bool(source) or len(item) > 1)
            yield item[-1].partition(".")[0], f"{short}.{rest}" if names_it_all else short


@lru_cache(maxsize=4096)
def _one_name(module: str, rest: str) -> str:
    name = f"{module}.{rest}" if rest else module
    return _SPELLINGS.get(name) or _SINGLE.sub(r"wp.\1", name)


@lru_cache(maxsize=4096)
def _one_spelling(annotation: str) -> str:
    return _NUMBER.sub("0", _ARRAY.sub(_bracketed, annotation))


def _bracketed(found: re.Match[str]) -> str:
    name, digits, dtype, dimensions = found.groups()
    count = digits or dimensions or "1"
    return f"{name}{'' if count == '1' else f'{count}d'}[{dtype}]"
