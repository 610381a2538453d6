"""A self-contained text out of the parts of a kernel, in an order that executes.

Everything stands at the top of the text under its own name, as long as the name is free. Where two definitions mean
different things by a name, the later one goes into a function of its own in which the name is what it means there.
"""

import keyword
from collections.abc import Iterator, Mapping
from typing import Any

from warpsmith.discover.loose.parts import Absent, Definition, Import, Part, Piece, Space, Value, Words, needs_of
from warpsmith.errors import ExtractionError

_WARP = "import warp as wp"


class Assembly:
    """Puts one kernel's text together."""

    def __init__(self, kernel: Definition, options: Words, overload: Words, own_options: Mapping[str, Any]) -> None:
        self.rewritten = False
        self._imports: dict[str, None] = {_WARP: None}
        self._blocks: list[str] = []
        self._meanings: dict[str, object] = {"wp": "import warp"}
        self._handles: dict[int, str] = {}
        self._spaces: dict[int, Space] = {}
        self._merged: set[int] = set()
        self._open: list[int] = []
        self._space_handles: dict[int, str] = {}
        self._attributes: dict[int, dict[str, Part]] = {}
        self._later: list[tuple[str, Part]] = []
        extra = {**options.needs, **overload.needs}
        self._prepare([("", kernel), *extra.items()])
        for name, part in extra.items():
            self._bind(name, part)
        handle = self._place(kernel)
        if handle != kernel.name:
            raise ExtractionError(f"its name {kernel.name!r} stands for something else that it needs")
        while self._later:
            place, part = self._later.pop(0)
            words = self._words(part, place)
            self._blocks.append(f"{place} = {words}\n")
        if own_options:
            self._blocks.append(f"{handle}.options.update({own_options!r})\n")
        if overload.text:
            self._blocks.append(f"wp.overload({handle}, {overload.text})\n")
        if options.text:
            self._blocks.insert(0, f"wp.set_module_options({options.text})\n")

    @property
    def text(self) -> str:
        """The whole text."""
        first, *others = self._imports
        libraries = sorted(others, key=lambda line: (line.startswith("from"), line))
        head = "\n".join([*(line for line in libraries), first]) + "\n"
        return head + "".join(_spaced(self._blocks))

    def _prepare(self, roots: list[tuple[str, Part]]) -> None:
        """Find the names that must stay Python's or Warp's own, and join what different definitions read of a thing."""
        seen: set[int] = set()
        waiting = roots
        while waiting:
            name, part = waiting.pop()
            if isinstance(part, Absent):
                self._meanings[name] = part
            elif isinstance(part, Space):
                self._join(part)
            if id(part) in seen:
                continue
            seen.add(id(part))
            waiting.extend(needs_of(part))

    def _join(self, space: Space) -> None:
        if id(space) in self._merged:
            return
        self._merged.add(id(space))
        whole = self._spaces.setdefault(id(space.thing), Space(space.thing))
        if space.base is not None:
            self._attributes.setdefault(id(space.base), {}).update(space.members)
        for name, member in space.members.items():
            known = whole.members.get(name)
            whole.members[name] = known if isinstance(known, Definition | Value) else member
            if isinstance(member, Space):
                self._join(member)

    def _place(self, definition: Definition) -> str:
        """Put a definition and what it needs into the text; return the name that it has there."""
        if id(definition) in self._handles:
            return self._handles[id(definition)]
        if id(definition) in self._open:
            raise ExtractionError(f"{definition.name!r} needs itself")
        self._open.append(id(definition))
        self.rewritten |= definition.rewritten
        inner = self._meanings.setdefault(definition.name, definition) is not definition
        local: dict[str, str] = {}
        for piece in definition.pieces:
            for name, part in piece.needs.items():
                if (words := self._local(name, part)) is not None:
                    local[name] = words
        self._open.pop()
        handle = self._free(definition.name, definition) if inner else definition.name
        self._handles[id(definition)] = handle
        self._later += [(f"{handle}.{one}", part) for one, part in self._attributes.get(id(definition), {}).items()]
        if local or inner:
            self._blocks.append(_enclosed(definition, local, handle))
        else:
            self._blocks.extend(piece.text for piece in definition.pieces)
        return handle

    def _local(self, name: str, part: Part) -> str | None:
        """Bind a name at the top; where it is taken there, return the words for what it means elsewhere."""
        if self._bind(name, part):
            return None
        if isinstance(part, Space) and part.base is None:
            if id(part.thing) not in self._space_handles:
                self._space_handles[id(part.thing)] = handle = self._free(name, id(part.thing))
                self._blocks.append(f"{handle} = {self._words(part, handle)}\n")
            return self._space_handles[id(part.thing)]
        return self._words(part, name)

    def _bind(self, name: str, part: Part) -> bool:
        """Make a name mean a part at the top of the text; return whether it does."""
        if isinstance(part, Space) and part.base is not None:
            part = part.base
        meaning = self._meaning(part)
        if name in self._meanings:
            if self._meanings[name] != meaning:
                return False
            if not isinstance(part, Definition):
                return True
        self._meanings[name] = meaning
        match part:
            case Import(words=words):
                self._imports[_with_name(words, name)] = None
            case Definition():
                if (handle := self._place(part)) != name:
                    self._blocks.append(f"{name} = {handle}\n")
            case Value() | Space():
                words = self._words(part, name)
                self._blocks.append(f"{name} = {words}\n")
        return True

    def _meaning(self, part: Part) -> object:
        match part:
            case Import(words=words):
                return words
            case Space(thing=thing):
                return id(thing)
            case Value(words=words):
                return ("=", words)
        return part

    def _words(self, part: Part, name: str) -> str:
        """Return an expression for a part, whatever names are taken."""
        match part:
            case Definition():
                return self._place(part)
            case Value(words=words, needs=needs):
                for need, other in needs.items():
                    if not self._bind(need, other):
                        raise ExtractionError(f"the value of {name!r} needs {need!r}, which stands for something else")
                return words
            case Space(base=Definition() as base):
                return self._place(base)
            case Space(thing=thing):
                return self._namespace(name, self._spaces[id(thing)])
            case Import(words=words):
                self._imports[words] = None
                return words.rpartition(" ")[2]
        raise ExtractionError(f"the name {name!r} stands for two things")

    def _namespace(self, place: str, space: Space) -> str:
        """Return a class that has what is read of a thing; what needs that very class, it gets at the end."""
        now = {name: one for name, one in space.members.items() if not self._is_open(one) and not _needs(one, space)}
        self._later += [(f"{place}.{name}", member) for name, member in space.members.items() if name not in now]
        given = ", ".join(f"{one!r}: {self._words(member, f'{place}.{one}')}" for one, member in now.items())
        return f'type("{place.rpartition(".")[2]}", (), {{{given}}})'

    def _is_open(self, part: Part) -> bool:
        return id(part) in self._open or (isinstance(part, Space) and id(part.base) in self._open)

    def _free(self, name: str, meaning: object) -> str:
        """Return a name that nothing goes by yet, and let it mean something from now on."""
        number = 2
        while f"{name}_{number}" in self._meanings:
            number += 1
        self._meanings[f"{name}_{number}"] = meaning
        return f"{name}_{number}"


def _needs(part: Part, space: Space) -> bool:
    """Tell whether a part needs the thing that a space is of."""
    seen: set[int] = set()
    waiting = [part]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Space) and one.thing is space.thing:
            return True
        if id(one) not in seen:
            seen.add(id(one))
            waiting.extend(other for _, other in needs_of(one))
    return False


def _with_name(words: str, name: str) -> str:
    """Return an import that binds a name."""
    return words if words.rpartition(" ")[2] == name else f"{words} as {name}"


def _enclosed(definition: Definition, local: dict[str, str], handle: str) -> str:
    """Return a definition inside of a function whose parameters are the names that mean something else for it alone.

    One that means something else by its own name goes into a class as well, whose names its body does not see.
    """
    text = "\n".join(_unspaced(definition.pieces))
    result = definition.name
    if definition.name in local:
        text, result = f"class Own:\n{_indented(text)}\n", f"Own.{definition.name}"
    body = _indented(f"{text}\nreturn {result}")
    given = f"make_{handle}({', '.join(local.values())})"
    return f"def make_{handle}({', '.join(local)}):\n{body}\n\n\n{handle} = {given}\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())


def _unspaced(pieces: list[Piece]) -> Iterator[str]:
    for piece in pieces:
        yield from piece.text.splitlines()
        yield ""


def _spaced(blocks: list[str]) -> Iterator[str]:
    """Yield blocks with blank lines between them: two around definitions, one around the rest."""
    before = False
    for number, block in enumerate(blocks):
        is_definition = block.lstrip().startswith(("@", "def ", "class "))
        yield "\n\n" if is_definition or before else "\n" if not number else ""
        yield block
        before = is_definition


def is_name(word: str) -> bool:
    """Tell whether a word may be the name of something."""
    return word.isidentifier() and not keyword.iskeyword(word)
