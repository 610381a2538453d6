"""Names by role, as people give them: what an array holds, what one element of it is called, what range it has."""

import keyword
import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from warpsmith.synth.choices import Choices
from warpsmith.synth.types import Matrix, Quaternion, Struct, Transform, ValueType, Vector


class Role(NamedTuple):
    """A quantity: the name of an array of it, the name and the noun of one, and its natural range."""

    plural: str
    singular: str
    noun: str
    low: float
    high: float


class _Lexicon(NamedTuple):
    """The contents of ``roles.toml``."""

    arrays: dict[str, tuple[Role, ...]]
    parameters: dict[str, tuple[Role, ...]]
    words: dict[str, tuple[str, ...]]


@cache
def _lexicon() -> _Lexicon:
    content = tomllib.loads(resources.files(__package__).joinpath("roles.toml").read_text(encoding="utf-8"))
    arrays, parameters = (
        {kind: _roles(rows) for kind, rows in content[key].items()} for key in ("arrays", "parameters")
    )
    return _Lexicon(arrays, parameters, {kind: tuple(words) for kind, words in content["words"].items()})


def _roles(rows: list[list[Any]]) -> tuple[Role, ...]:
    return tuple(Role(plural, one, f"the {noun}", float(low), float(high)) for plural, one, noun, low, high in rows)


# names that generated code must not shadow
_TAKEN = frozenset({"wp", "float", "int", "bool", "range", "min", "max", "abs", "len", "sum", "round", *keyword.kwlist})


# vectors and matrices beyond are spatial ones
_LONGEST = 4


class Names:
    """Hands out names that are free in a kernel."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices
        self._used = set(_TAKEN)

    def fresh(self, wanted: str) -> str:
        """Return the wanted name, or the first free variation of it."""
        candidate, number = wanted, 1
        while candidate in self._used:
            number += 1
            candidate = f"{wanted}{number}"
        self._used.add(candidate)
        return candidate

    def one_of(self, wanted: tuple[str, ...]) -> str:
        """Return one of several names, a free one where there is one."""
        free = [name for name in wanted if name not in self._used]
        return self.fresh(self._choices.pick(free or wanted))

    def role(self, roles: tuple[Role, ...]) -> Role:
        """Return one of several roles, a free one where there is one."""
        return self._free(roles)

    def array(self, value_type: ValueType) -> Role:
        """Return a free role for an array of a type; the name of one element may still be taken."""
        role = self._free(_lexicon().arrays[_kind(value_type)])
        return role._replace(plural=self.fresh(role.plural))

    def parameter(self, value_type: ValueType) -> Role:
        """Return a free role for a parameter that is the same for all threads."""
        role = self._free(_lexicon().parameters[_kind(value_type)])
        return role._replace(singular=self.fresh(role.singular))

    def field(self, value_type: ValueType, taken: frozenset[str]) -> Role:
        """Return a role for a struct's field."""
        roles = [
            role
            for role in _lexicon().arrays[_kind(value_type)]
            if role.singular not in taken and "_" not in role.singular
        ]
        return self._choices.pick(roles)

    def output(self) -> str:
        """Return a free name for an output array."""
        return self.one_of(_lexicon().words["outputs"])

    def struct(self) -> str:
        """Return a free name for a struct that there are many of."""
        return self.one_of(_lexicon().words["structs"])

    def parameter_struct(self) -> str:
        """Return a free name for a struct of parameters."""
        return self.one_of(_lexicon().words["parameter_structs"])

    def function(self) -> str:
        """Return a free name for a user function."""
        return self.one_of(_lexicon().words["functions"])

    def kernel(self, subject: str) -> str:
        """Return a name for the kernel: a verb and what it is about."""
        return self.fresh(f"{self._choices.pick(_lexicon().words['verbs'])}_{subject}")

    def _free(self, roles: tuple[Role, ...]) -> Role:
        free = [role for role in roles if (role.plural or role.singular) not in self._used]
        return self._choices.pick(free or roles)


def _kind(value_type: ValueType) -> str:
    if isinstance(value_type, Vector):
        return "vector" if value_type.length <= _LONGEST else "spatial_vector"
    if isinstance(value_type, Matrix):
        return "matrix" if value_type.size <= _LONGEST else "spatial_matrix"
    if isinstance(value_type, Quaternion):
        return "quaternion"
    if isinstance(value_type, Transform):
        return "transform"
    return "int" if value_type.kind == "uint" else value_type.kind


def struct_plural(struct: Struct) -> str:
    """Return the name of an array of structs: Particle -> particles, Body -> bodies."""
    word = struct.name.lower()
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeiou" else f"{word}s"
