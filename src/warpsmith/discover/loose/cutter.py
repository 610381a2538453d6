"""Cutting a live kernel loose: what every name in it stands for, as far as it goes."""

import ast
import enum
import types as python
from collections.abc import Iterator, Mapping
from typing import Any

import warp as wp

from warpsmith import bridge
from warpsmith.discover.loose.classes import enumeration_text, struct_text
from warpsmith.discover.loose.options import decorator_of, native_decorator
from warpsmith.discover.loose.parts import Absent, Definition, Import, Needs, Part, Piece, Space, Value, Words
from warpsmith.discover.loose.paths import Path, operators_of, paths_of
from warpsmith.discover.loose.plain import is_library, name_in_library, plain_text
from warpsmith.discover.loose.written import Surroundings, Telling, Written, written
from warpsmith.errors import ExtractionError

_WARP = "import warp"
_TYPING = {Any: "from typing import Any"}


class Cutter:
    """Finds what kernels need; what several of them need is found once. Good for as long as they live.

    With `operators`, functions that go by the name of an operator's (``add`` for ``+``) are needed where it stands.
    With `settle`, static expressions are replaced by their values, which need less than what computed them.
    """

    def __init__(self, *, operators: bool = False, settle: bool = False) -> None:
        self._operators, self._settle = operators, settle
        self._known: dict[int, tuple[Any, Definition]] = {}
        self._structs: dict[tuple[str, bytes], Definition] = {}

    def kernel(self, kernel: wp.Kernel) -> tuple[Definition, Words]:
        """Return a kernel with all that it needs, and the options of its module where a text must set them.

        Of an overload, it is the generic kernel.

        Raises:
            ExtractionError: it needs what no text can say.
        """
        generic = bridge.generic_of(kernel)
        definition = Definition(bridge.plain_name(generic))
        options = bridge.changed_options(generic)

        def has_options(decoration: Mapping[str, Any]) -> bool:
            own = decoration.get("module_options") or {}
            return decoration.get("module") is None or all(own.get(name) == options[name] for name in options)

        kinds, needs = bridge.argument_types(generic), Needs()
        telling = Telling(decorator_of(generic), self._namer(needs), has_options, self._said(needs))
        text = written(generic.adj, kinds, telling)
        definition.rewritten = text.rewritten
        definition.pieces.append(self._piece(generic.func, text, needs))
        return definition, Words() if text.decoration.get("module") else self._options(options)

    def _options(self, options: Mapping[str, Any]) -> Words:
        needs = Needs()
        words = [f"{name!r}: {self._words(value, needs) or repr(value)}" for name, value in options.items()]
        return Words(f"{{{', '.join(words)}}}", needs) if words else Words()

    def overload_types(self, kernel: wp.Kernel) -> Words:
        """Return the types of an overload's arguments as a list in words; nothing for a kernel that is none."""
        if kernel.generic_parent is None:
            return Words()
        needs = Needs()
        kinds = (bridge.spell_type(kind, self._namer(needs)) for kind in bridge.argument_types(kernel).values())
        return Words(f"[{', '.join(kinds)}]", needs)

    def _namer(self, needs: Needs) -> Any:
        """Return what gives structs and the like their names in words, and notes that these words need them."""

        def name_of(thing: Any) -> str:
            part = self.part(thing)
            base = name = part.name if isinstance(part, Definition) else str(getattr(thing, "__name__", ""))
            number = 1
            while needs.setdefault(name, part) is not part and not isinstance(part, Import):
                number += 1
                name = f"{base}_{number}"
            return name

        return name_of

    def _said(self, needs: Needs) -> Any:
        return (lambda value: self._words(value, needs)) if self._settle else None

    def _piece(self, function: Any, text: Written, needs: Needs) -> Piece:
        around = Surroundings(function)
        around.found.update(text.found)
        for path in text.paths:
            self._follow(path, around, needs)
        for name in operators_of(text.text) if self._operators else ():
            if bridge.is_function(around.find(name)):
                self._follow((name,), around, needs)
        return Piece(text.text, needs)

    def _follow(self, path: Path, around: Surroundings, needs: Needs) -> None:
        """Add what a dotted name needs to what is needed already."""
        root, *rest = path
        try:
            value = around.look_up((root,))
        except LookupError:
            needs.setdefault(root, Absent())
            return
        known = needs.get(root)
        is_known = known is not None and not isinstance(known, Space)
        if is_known and not (isinstance(known, Definition) and rest and _has_attribute(value, rest)):
            return
        needs[root] = self._along(value, rest, known)

    def _along(self, value: Any, rest: list[str], known: Part | None) -> Part:
        """Return the part that a value is, or the space that it is to the attributes that are read of it."""
        if not rest or not (_is_space(value) or _has_attribute(value, rest)):
            return known if isinstance(known, Space) and known.base else self.part(value)
        base = known if isinstance(known, Definition) else None
        if base is None and not _is_space(value):
            base = self._definition(value)
        space = known if isinstance(known, Space) else Space(value, base=base)
        name, *further = rest
        if not hasattr(value, name):
            return space
        member = self._along(getattr(value, name), further, space.members.get(name))
        space.members[name] = member
        return space

    def part(self, value: Any) -> Part:
        """Return what a value is in a text; raises ExtractionError where it cannot be in one."""
        if (made := self._definition(value)) is not None:
            return made
        if (named := self._named(value)) is not None:
            return named
        needs = Needs()
        if (words := self._words(value, needs)) is not None:
            return Value(words, needs)
        raise ExtractionError(f"it needs {_what(value)}, which no text can say")

    def _named(self, value: Any) -> Part | None:
        """Return what everybody has who imports Warp or a library that comes with Python."""
        if value is wp:
            return Import(_WARP)
        if _is_hashable(value) and value in _TYPING:
            return Import(_TYPING[value])
        if (words := bridge.public_name(value)) is not None:
            return Value(words)
        if isinstance(value, python.ModuleType) and is_library(value):
            return Import(f"import {value.__name__}")
        if home := is_library(value):
            return Import(f"from {home} import {name_in_library(value)}")
        return None

    def _definition(self, value: Any) -> Definition | None:
        makers = (
            (bridge.is_function, self._function),
            (bridge.is_struct, self._struct),
            (lambda thing: isinstance(thing, type) and issubclass(thing, enum.Enum), self._enumeration),
            (lambda thing: isinstance(thing, python.FunctionType) and not is_library(thing), self._plain),
        )
        for applies, make in makers:
            if applies(value) and bridge.public_name(value) is None:
                if id(value) not in self._known:
                    self._known[id(value)] = (value, make(value))
                return self._known[id(value)][1]
        return None

    def _function(self, function: Any) -> Definition:
        known = self._known.get(id(function))
        definition = known[1] if known else Definition(bridge.plain_name(function))
        self._known[id(function)] = (function, definition)
        if definition.pieces:
            return definition
        for one in bridge.written_overloads(function):
            definition.pieces.append(self._function_piece(definition, one, native_decorator(one)))
            for decorator, companion in bridge.companions(one):
                name = bridge.plain_name(function)
                definition.pieces.append(self._function_piece(definition, companion, f"@wp.{decorator}({name})"))
        return definition

    def _function_piece(self, definition: Definition, function: Any, decorator: str) -> Piece:
        kinds, needs = bridge.argument_types(function), Needs()

        def is_plain(_: Mapping[str, Any]) -> bool:
            return not function.adj.transformers

        text = written(function.adj, kinds, Telling(decorator, self._namer(needs), is_plain, self._said(needs)))
        definition.rewritten |= text.rewritten
        piece = self._piece(function.func, text, needs)
        if piece.needs.get(definition.name) is definition:
            del piece.needs[definition.name]
        return piece

    def _struct(self, struct: Any) -> Definition:
        """Return the definition of a struct; those that are one to Warp are one."""
        alike = (bridge.plain_name(struct), struct.hash)
        if alike not in self._structs:
            self._structs[alike] = self._one_struct(struct)
        return self._structs[alike]

    def _one_struct(self, struct: Any) -> Definition:
        needs = Needs()
        text = struct_text(struct, self._namer(needs))
        for path in text.paths:
            self._follow(path, text.around, needs)
        return Definition(bridge.plain_name(struct), [Piece(text.text, needs)])

    def _enumeration(self, kind: type[enum.Enum]) -> Definition:
        needs = Needs(enum=Import("import enum"))
        return Definition(kind.__name__, [Piece(enumeration_text(kind), needs)])

    def _plain(self, function: python.FunctionType) -> Definition:
        text = plain_text(function)
        needs = Needs()
        around = Surroundings(function)
        for path in paths_of(ast.parse(text).body[0]):
            if path[0] != function.__name__:
                self._follow(path, around, needs)
        return Definition(function.__name__, [Piece(text, needs)])

    def _words(self, value: Any, needs: Needs) -> str | None:
        """Return a value as an expression: a constant, a type, a member of an enumeration, a collection."""
        name_of = self._namer(needs)
        if isinstance(value, enum.Enum):
            return f"{bridge.public_name(type(value)) or name_of(type(value))}.{value.name}"
        if bridge.is_type(value):
            return bridge.spell_type(value, name_of)
        if bridge.is_function(value) or bridge.is_struct(value):
            return str(name_of(value))
        return bridge.spell_value(value, name_of) or self._collected(value, needs)

    def _collected(self, value: Any, needs: Needs) -> str | None:
        if isinstance(value, dict):
            return self._collection("{%s}", (f"{k!r}: %s" for k in value), value.values(), needs)
        if type(value) in (list, tuple):
            shape = "[%s]" if type(value) is list else "(%s,)"
            return self._collection(shape, ("%s" for _ in value), value, needs)
        return None

    def _collection(self, shape: str, slots: Iterator[str], values: Any, needs: Needs) -> str | None:
        words = [self._words(value, needs) for value in values]
        if any(word is None for word in words):
            return None
        return shape % ", ".join(slot % word for slot, word in zip(slots, words, strict=True))


def _is_space(value: Any) -> bool:
    """Tell whether a value is looked at for its attributes only."""
    if isinstance(value, python.ModuleType):
        return value is not wp and not is_library(value)
    if isinstance(value, type):
        return not issubclass(value, enum.Enum) and not bridge.is_type(value)
    known = (
        bridge.is_function(value) or bridge.is_struct(value) or bridge.is_type(value) or isinstance(value, enum.Enum)
    )
    return not known and bridge.spell_value(value, lambda _: "") is None and bridge.public_name(value) is None


def _has_attribute(value: Any, rest: list[str]) -> bool:
    """Tell whether a function, or a class of constants, has an attribute that somebody has given it besides."""
    if isinstance(value, type) and issubclass(value, enum.Enum):
        return bridge.is_function(getattr(value, rest[0], None))
    return bridge.is_function(value) and rest[0] in vars(value) and rest[0] not in bridge.FUNCTION_ATTRIBUTES


def _is_hashable(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _what(value: Any) -> str:
    kind = value if isinstance(value, type) else type(value)
    name = f"{kind.__module__}.{kind.__qualname__}"
    return f"the class {name}" if isinstance(value, type) else f"an object of {name}"
