"""The text of a live function as its author wrote it, but for what only made sense where it stood.

Annotations whose names are those of an enclosing function become the types that they were, decorators that are not
Warp's become Warp's, and where Warp was given another syntax tree than the text has, the text follows the tree.
"""

import ast
import builtins
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from warpsmith import bridge
from warpsmith.discover.loose.edits import Edit, Positions, differences
from warpsmith.discover.loose.paths import Path, paths_of

_DECORATORS = ("wp.kernel", "wp.func", "wp.func_native", "wp.func_grad", "wp.func_replay")


class Written(NamedTuple):
    """A text, and the dotted names that it reads from outside.

    `found` are names of an enclosing function that are gone, with what they must have stood for. `decoration` has the
    keyword arguments of its decorator, where that was kept. `rewritten` tells that a line is not as it was written,
    decorators apart.
    """

    text: str
    paths: tuple[Path, ...]
    found: Mapping[str, Any]
    decoration: Mapping[str, Any]
    rewritten: bool


class Surroundings:
    """What names stand for where a function was defined."""

    def __init__(self, function: Any) -> None:
        self._names = {**function.__globals__, **bridge.closure_of(function)}
        self.found: dict[str, Any] = {}

    def look_up(self, path: Path) -> Any:
        """Return what a dotted name stands for; raises LookupError where it stands for nothing."""
        if path[0] not in self._names and path[0] not in self.found:
            raise LookupError(path[0])
        value = self.found[path[0]] if path[0] in self.found else self._names[path[0]]
        for name in path[1:]:
            if not hasattr(value, name):
                raise LookupError(".".join(path))
            value = getattr(value, name)
        return value

    def find(self, name: str) -> Any:
        """Return what a name stands for, None where for nothing."""
        return self.found.get(name, self._names.get(name))

    def evaluate(self, node: ast.expr) -> Any:
        """Return the value of an expression."""
        path = paths_of(node)
        if isinstance(node, ast.Name | ast.Attribute) and len(path) == 1:
            try:
                return self.look_up(path[0])
            except LookupError:
                pass
        return eval(compile(ast.Expression(node), "<annotation>", "eval"), self._names | self.found)

    def guess(self, annotation: ast.expr, kind: Any) -> bool:
        """Find what the one name of an annotation that is gone must have stood for; return whether there is such."""
        gone = {path[0] for path in paths_of(annotation)} - self._names.keys() - vars(builtins).keys()
        if len(gone) != 1:
            return False
        name = gone.pop()
        known = [self.found[name]] if name in self.found else bridge.parts_of_type(kind)
        for value in known:
            self.found[name] = value
            if _means(annotation, kind, self):
                return True
        del self.found[name]
        return False


@lru_cache(4096)
def parsed(source: str) -> ast.FunctionDef:
    """Return the tree of a function's text; raises SyntaxError where it is none."""
    node = ast.parse(source).body[0]
    if not isinstance(node, ast.FunctionDef):
        raise SyntaxError("it is no function")
    return node


class Telling(NamedTuple):
    """How a function is told.

    `decorator` stands before it unless it has one decorator of Warp's whose keyword arguments `keep` agrees to.
    `name_of` names structs and the like. With `said`, which says values in words, static expressions become what they
    were.
    """

    decorator: str
    name_of: Callable[[Any], str]
    keep: Callable[[Mapping[str, Any]], bool] = lambda _: True
    said: Callable[[Any], str | None] | None = None


def written(adjoint: Any, types: Mapping[str, Any], telling: Telling) -> Written:
    """Return the text of a function, given by Warp's form of it; `types` are those of its arguments.

    Raises:
        ExtractionError: a type cannot be written.
        SyntaxError: the source is not that of a function.
    """
    source = adjoint.source
    node = parsed(source)
    around = Surroundings(adjoint.func)
    places = Positions(source)
    edits = _annotation_edits(node, places, around, types, telling.name_of)
    edits += _body_edits(node, places, adjoint)
    if telling.said is not None:
        edits += _static_edits(node, places, adjoint, telling.said)
    decoration = _decoration(node, around)
    kept = decoration if decoration is not None and telling.keep(decoration) else None
    if not edits and kept is not None:
        return Written(_trimmed(source, node), _paths(source), around.found, kept, False)
    text = places.edited([*edits, *([_decorated(node, places, telling.decorator)] if kept is None else [])])
    return Written(_trimmed(text, parsed(text)), _paths(text), around.found, kept or {}, bool(edits))


@lru_cache(4096)
def _paths(source: str) -> tuple[Path, ...]:
    return tuple(paths_of(parsed(source)))


def _trimmed(text: str, node: ast.FunctionDef) -> str:
    """Return the text up to the end of the function, and the comments that still belong to it."""
    lines = text.rstrip().splitlines()
    end = node.end_lineno or len(lines)
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith((" ", "\t"))):
        end += 1
    return "\n".join(lines[:end]).rstrip() + "\n"


def _decorated(node: ast.FunctionDef, places: Positions, decorator: str) -> Edit:
    first = min((one.lineno for one in node.decorator_list), default=node.lineno)
    return Edit(places.line_start(first), places.line_start(node.lineno), f"{decorator}\n")


def _decoration(node: ast.FunctionDef, around: Surroundings) -> dict[str, Any] | None:
    """Return the keyword arguments of a decorator that means the same anywhere; None where there is no such one.

    ``module=`` another module than one of the kernel's own does not.
    """
    if len(node.decorator_list) != 1:
        return None
    decorator = node.decorator_list[0]
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    try:
        name, *_ = [bridge.public_name(around.look_up(path)) for path in paths_of(decorator)]
        given = {one.arg: around.evaluate(one.value) for one in keywords if one.arg}
    except Exception:  # noqa: BLE001 - names of an enclosing function are gone
        return None
    is_known = isinstance(call, ast.Name | ast.Attribute) and name in _DECORATORS
    return given if is_known and given.get("module") in (None, "unique") else None


def _annotation_edits(
    node: ast.FunctionDef,
    places: Positions,
    around: Surroundings,
    types: Mapping[str, Any],
    name_of: Callable[[Any], str],
) -> list[Edit]:
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    annotations = [(one.annotation, types[one.arg]) for one in arguments if one.annotation and one.arg in types]
    if node.returns is not None and "return" in types:
        annotations.append((node.returns, types["return"]))
    missing = [one for one in arguments if one.annotation is None and one.arg in types]
    return [
        places.replaced(annotation, bridge.spell_type(kind, name_of))
        for annotation, kind in annotations
        if not _means(annotation, kind, around) and not around.guess(annotation, kind)
    ] + [places.replaced(one, f"{one.arg}: {bridge.spell_type(types[one.arg], name_of)}") for one in missing]


def _means(annotation: ast.expr, kind: Any, around: Surroundings) -> bool:
    """Tell whether an annotation gives the type that it gave where it stood."""
    try:
        value = around.evaluate(annotation)
    except Exception:  # noqa: BLE001 - whatever it was, it is gone
        return False
    return value is kind or bridge.same_type(value, kind)


def _body_edits(node: ast.FunctionDef, places: Positions, adjoint: Any) -> list[Edit]:
    """Return the edits that make the body what a transformer has made of its tree."""
    if not adjoint.transformers:
        return []
    after = adjoint.tree.body[0]
    pairs = [pair for one, other in zip(node.body, after.body, strict=True) for pair in differences(one, other)]
    return [places.replaced(one, ast.unparse(other)) for one, other in pairs if not _is_static(other)]


def _static_edits(
    node: ast.FunctionDef, places: Positions, adjoint: Any, said: Callable[[Any], str | None]
) -> list[Edit]:
    """Return the edits that put the value of a static expression, where Warp knew it at once, in its place."""
    edits = []
    for call in (one for one in ast.walk(node) if isinstance(one, ast.Call) and len(one.args) == 1):
        code = (adjoint.extract_node_source(call.args[0]) or "").replace("\n", "")
        if ast.unparse(call.func).endswith("static") and code in adjoint.resolved_static_expressions:
            words = said(adjoint.resolved_static_expressions[code])
            edits += [places.replaced(call, words)] if words is not None else []
    return edits


def _is_static(node: ast.expr) -> bool:
    """Tell whether Warp has put the value of a static expression here."""
    return hasattr(node, "warp_func") or (isinstance(node, ast.Constant) and not isinstance(node.value, str | int))
