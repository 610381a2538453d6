"""The texts of structs and enumerations."""

import ast
import enum
import inspect
import linecache
import sys
import textwrap
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from warpsmith import bridge
from warpsmith.discover.loose.paths import Path, paths_of
from warpsmith.discover.loose.written import Surroundings


class _Home:
    """A class's module, as a function of it would see it."""

    def __init__(self, kind: type) -> None:
        self.__globals__ = vars(sys.modules[kind.__module__]) if kind.__module__ in sys.modules else {}
        self.__closure__ = None


class StructText(NamedTuple):
    """The text of a struct, the dotted names that it reads from outside, and what they stand for."""

    text: str
    paths: tuple[Path, ...]
    around: Surroundings


def struct_text(struct: Any, name_of: Callable[[Any], str]) -> StructText:
    """Return the text of a struct: its author's where the names in it still mean what they did, else one like it.

    Raises:
        ExtractionError: a field has a type that cannot be written.
    """
    around = Surroundings(_Home(struct.cls))
    text = _source(struct.cls)
    if text is not None:
        node = ast.parse(text).body[0]
        if isinstance(node, ast.ClassDef) and _is_the_same(node, struct, around):
            return StructText(text, tuple(paths_of(node)), around)
    fields = [f"    {name}: {bridge.spell_type(var.type, name_of)}" for name, var in struct.vars.items()]
    head = f"@wp.struct\nclass {bridge.plain_name(struct)}:\n"
    return StructText(head + "\n".join(fields or ["    pass"]) + "\n", (("wp",),), around)


def _is_the_same(node: ast.ClassDef, struct: Any, around: Surroundings) -> bool:
    """Tell whether the text of a class gives the fields of a struct, and is decorated as one."""
    try:
        decorators = [bridge.public_name(around.evaluate(one)) for one in node.decorator_list]
        annotated = [one for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]
        kinds = {
            one.target.id: around.evaluate(one.annotation) for one in annotated if isinstance(one.target, ast.Name)
        }
    except Exception:  # noqa: BLE001 - names of an enclosing function are gone
        return False
    if decorators != ["wp.struct"] or node.bases or list(kinds) != list(struct.vars):
        return False
    return all(
        kind is struct.vars[name].type or bridge.same_type(kind, struct.vars[name].type) for name, kind in kinds.items()
    )


def _source(kind: type) -> str | None:
    """Return the text of a class, decorators included; None where there is no file, or no such class in it."""
    try:
        file = inspect.getsourcefile(kind)
    except TypeError:
        return None
    lines = linecache.getlines(file) if file else []
    if not lines:
        return None
    place = _places("".join(lines)).get(kind.__qualname__.replace(".<locals>", ""))
    return textwrap.dedent("".join(lines[place[0] - 1 : place[1]])) if place else None


@lru_cache(64)
def _places(text: str) -> dict[str, tuple[int, int]]:
    """Return the first and last line of every class in a text, by its qualified name; the last of a name counts."""
    found: dict[str, tuple[int, int]] = {}

    def visit(node: ast.AST, outer: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                name = f"{outer}{child.name}"
                if isinstance(child, ast.ClassDef):
                    first = min([child.lineno, *(one.lineno for one in child.decorator_list)])
                    found[name] = (first, child.end_lineno or child.lineno)
                visit(child, f"{name}.")
            else:
                visit(child, outer)

    visit(ast.parse(text), "")
    return found


def enumeration_text(kind: type[enum.Enum]) -> str:
    """Return the text of an enumeration: as its author wrote it where its values are plain, else only these."""
    base = next(name for one, name in _BASES.items() if issubclass(kind, one))
    head = f"class {kind.__name__}(enum.{base}):\n"
    if (body := _plain_body(kind)) is not None:
        return head + body
    members = [f"    {name} = {member.value!r}" for name, member in kind.__members__.items()]
    return head + "\n".join(members or ["    pass"]) + "\n"


def _plain_body(kind: type[enum.Enum]) -> str | None:
    """Return what stands in an enumeration, comments included, if it is no more than a docstring and plain values."""
    text = _source(kind)
    node = ast.parse(text).body[0] if text else None
    if text is None or not isinstance(node, ast.ClassDef):
        return None
    values: dict[str, Any] = {}
    for number, statement in enumerate(node.body):
        match statement:
            case ast.Expr(value=ast.Constant(value=str())) if not number:
                continue
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                values[name] = _plain_value(value)
            case _:
                return None
    if values != {name: member.value for name, member in kind.__members__.items()}:
        return None
    return "".join(text.splitlines(keepends=True)[node.body[0].lineno - 1 :])


def _plain_value(node: ast.expr) -> Any:
    """Return the value of an expression of numbers and texts alone, None for any other."""
    if any(isinstance(child, ast.Name | ast.Call | ast.Attribute) for child in ast.walk(node)):
        return None
    return eval(compile(ast.Expression(node), "<value>", "eval"), {"__builtins__": {}})


_BASES: dict[type, str] = {
    enum.IntFlag: "IntFlag",
    enum.Flag: "Flag",
    enum.IntEnum: "IntEnum",
    enum.Enum: "Enum",
}
