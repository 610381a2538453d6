"""Kernels, functions and structs in the files of a target, found in the syntax trees of the files."""

import ast
import importlib.util
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from warpsmith.discover.files import python_files
from warpsmith.errors import UsageError

NodeT = TypeVar("NodeT", ast.FunctionDef, ast.ClassDef)
_WARP = "warp"
# people's kernels are up to 30 nodes deep; Python's recursion ends at 1000 calls, of which a node takes several
_DEEPEST = 150
_MOST_BITS = 1024
_DECORATORS = ("kernel", "func", "struct")


@dataclass(frozen=True, slots=True)
class Found(Generic[NodeT]):
    """A definition and where it stands.

    `line` is that of its first decorator, counted from 1. `source` is its text with decorators, without the indentation
    that it has in its file. `aliases` are the names under which the file knows Warp, sorted.
    """

    name: str
    path: Path
    line: int
    node: NodeT
    source: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """What one file defines, each kind in the order of its lines."""

    kernels: tuple[Found[ast.FunctionDef], ...]
    functions: tuple[Found[ast.FunctionDef], ...]
    structs: tuple[Found[ast.ClassDef], ...]


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file, or one definition in it, that could not be read, and why in a few words."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class _Names:
    """What a file calls Warp, and what it calls Warp's decorators where it imports them by name."""

    aliases: tuple[str, ...]
    decorators: dict[str, str]

    def decorator(self, node: ast.expr) -> str | None:
        """Return which decorator of Warp's an expression is, with or without arguments."""
        if isinstance(node, ast.Call):
            node = node.func
        if isinstance(node, ast.Name):
            return self.decorators.get(node.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in self.aliases:
            return node.attr
        return None


class _File(NamedTuple):
    """A file that was read: its lines, all nodes of its tree, and what it calls Warp."""

    path: Path
    lines: list[str]
    nodes: list[ast.AST]
    names: _Names


def kernel_definitions(
    target: str | Path, passed_over: list[PassedOver] | None = None
) -> Iterator[Found[ast.FunctionDef]]:
    """Yield the kernels of a target in the order of its files and lines, those inside of other functions as well.

    A target is what `python_files` takes. Files that cannot be read or are no valid Python are put into `passed_over`,
    and so are kernels that are nested too deeply, or have a number too large, to be gone through.

    Raises:
        UsageError: there is no such target.
    """
    return _definitions(target, "kernel", ast.FunctionDef, passed_over)


def function_definitions(
    target: str | Path, passed_over: list[PassedOver] | None = None
) -> Iterator[Found[ast.FunctionDef]]:
    """Yield the functions of a target that are decorated with ``wp.func``, as `kernel_definitions` yields kernels."""
    return _definitions(target, "func", ast.FunctionDef, passed_over)


def struct_definitions(
    target: str | Path, passed_over: list[PassedOver] | None = None
) -> Iterator[Found[ast.ClassDef]]:
    """Yield the structs of a target, as `kernel_definitions` yields kernels."""
    return _definitions(target, "struct", ast.ClassDef, passed_over)


def definitions(target: str | Path, passed_over: list[PassedOver] | None = None) -> Iterator[Definitions]:
    """Yield the kernels, functions and structs of each file of a target, as `kernel_definitions` yields kernels."""
    passed_over = passed_over if passed_over is not None else []
    for file in _files(target, passed_over):
        yield Definitions(
            tuple(_fit(file, "kernel", ast.FunctionDef, passed_over)),
            tuple(_fit(file, "func", ast.FunctionDef, passed_over)),
            tuple(_fit(file, "struct", ast.ClassDef, passed_over)),
        )


def _definitions(
    target: str | Path, decorator: str, kind: type[NodeT], passed_over: list[PassedOver] | None
) -> Iterator[Found[NodeT]]:
    passed_over = passed_over if passed_over is not None else []
    for file in _files(target, passed_over):
        yield from _fit(file, decorator, kind, passed_over)


def _files(target: str | Path, passed_over: list[PassedOver]) -> Iterator[_File]:
    for path in python_files(target):
        parsed = _parse(path, passed_over)
        if parsed is not None:
            text, tree = parsed
            nodes = list(ast.walk(tree))
            yield _File(path, text.split("\n"), nodes, _names(nodes))


def _fit(file: _File, decorator: str, kind: type[NodeT], passed_over: list[PassedOver]) -> Iterator[Found[NodeT]]:
    """Yield the definitions of a file that can be gone through."""
    for found in _in_file(file, decorator, kind):
        unfit = _unfit(found.node)
        if unfit:
            passed_over.append(PassedOver(file.path, f"line {found.line}: '{found.name}' has {unfit}"))
        else:
            yield found


def nothing_found(what: str, target: str, passed_over: Sequence[PassedOver]) -> UsageError:
    """Return the error for a target without kernels, which says what could not be read of it."""
    if not passed_over:
        return UsageError(f"{what} '{target}' has no Warp kernels in it; name a package or path that has")
    first = passed_over[0]
    if Path(target).is_file():
        return UsageError(f"{what} '{target}' cannot be read: {first.reason}; mend it or name another")
    return UsageError(
        f"{what} '{target}' has no Warp kernels in what can be read of it, and '{first.path}' cannot: {first.reason}; "
        "mend it or name a package or path that has"
    )


def _parse(path: Path, passed_over: list[PassedOver]) -> tuple[str, ast.Module] | None:
    """Return the text and the tree of a file; None where there are none, or Warp is not so much as mentioned."""
    try:
        content = path.read_bytes()
        if _WARP.encode() not in content:
            return None
        text = importlib.util.decode_source(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd about somebody's escapes is not ours to say
            return text, ast.parse(text)
    except (OSError, SyntaxError, ValueError, LookupError, RecursionError, MemoryError) as error:
        passed_over.append(PassedOver(path, _reason(error)))
        return None


def _reason(error: Exception) -> str:
    """Return in a few words why a file could not be read."""
    match error:
        case SyntaxError(lineno=int() as line, msg=said) if line:
            return f"line {line}: {said}"
        case SyntaxError(msg=said):
            return str(said)
        case UnicodeDecodeError(encoding=encoding):
            return f"it is not {encoding.upper()} text"
        case OSError(strerror=str() as said):
            return said
        case RecursionError() | MemoryError():
            return "it is nested too deeply"
    return str(error)


def _unfit(definition: ast.AST) -> str:
    """Return what a definition has that its readers, which recur and print numbers, cannot take; mostly nothing."""
    level, depth = [definition], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            return f"code nested more than {_DEEPEST} deep"
        if any(_is_huge(node) for node in level):
            return "a number that is too large"
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return ""


def _is_huge(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value.bit_length() > _MOST_BITS


def _in_file(file: _File, decorator: str, kind: type[NodeT]) -> Iterator[Found[NodeT]]:
    found = [node for node in file.nodes if isinstance(node, kind)]
    for node in sorted(found, key=lambda node: node.lineno):
        if any(file.names.decorator(expression) == decorator for expression in node.decorator_list):
            first = min(expression.lineno for expression in node.decorator_list)
            source = textwrap.dedent("\n".join(file.lines[first - 1 : node.end_lineno])) + "\n"
            yield Found(node.name, file.path, first, node, source, file.names.aliases)


def _names(nodes: list[ast.AST]) -> _Names:
    aliases: set[str] = set()
    decorators: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            aliases.update(_bound(alias) for alias in node.names if _is_warp(alias))
        elif isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] == _WARP:
            for alias in node.names:
                known = _DECORATORS if alias.name == "*" else (alias.name,)
                decorators.update({alias.asname or name: name for name in known if name in _DECORATORS})
    return _Names(tuple(sorted(aliases)), decorators)


def _is_warp(alias: ast.alias) -> bool:
    """Tell whether an import binds a name to Warp: ``import warp.fem`` does, ``import warp.fem as fem`` does not."""
    return alias.name == _WARP or (alias.asname is None and alias.name.startswith(f"{_WARP}."))


def _bound(alias: ast.alias) -> str:
    return alias.asname or _WARP
