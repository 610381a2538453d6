"""What the catalog says of one overload of a builtin."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Origin = Literal["concrete", "instance"]
Form = Literal["expression", "statement", "loop", "index"]

Requirement = Literal[
    "within",
    "nonzero",
    "unit",
    "rotation",
    "rigid",
    "invertible",
    "symmetric",
    "positive definite",
    "triangular",
    "index",
    "handle",
    "constant",
    "sorted",
    "length",
    "at least",
    "equal",
    "different",
    "representable",
    "random state",
    "written",
    "local",
]

Way = Literal["element", "local", "constant", "function", "array", "handle", "tile", "maker", "parameter"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold of an argument, or of every component of it.

    =====================  ==============================================================================
    ``within``             from `low` to `high`; the bounds themselves are left out where `open`
    ``nonzero``            not zero, in no component; ``unit`` of length 1; ``rigid`` with a unit rotation
    ``rotation``           an orthogonal matrix; ``invertible``, ``symmetric``, ``positive definite``, ``triangular``
    ``index``              0 up to, and without, the extent of what `of` names: a parameter, or ``mesh faces``
    ``handle``             the ``id`` of an object of the kind `of`: ``mesh``, ``bvh``, ``volume of float32``, …
    ``constant``           known at compile time: one of `choices`, or any literal where there are none
    ``sorted``             ascending; ``length``: an array of at least so many elements as `of` says
    ``at least``           not below the argument `of`; ``equal``, ``different``: compared with the argument `of`
    ``representable``      in the range of the type `of`
    ``random state``       what ``wp.rand_init`` returns
    ``written``            a variable that the call writes a result to; ``local``: a variable, which it may change
    =====================  ==============================================================================
    """

    requirement: Requirement
    low: float | None = None
    high: float | None = None
    open: bool = False
    of: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Supply:
    """How a kernel comes by an argument of `type` (a name of `kinds`).

    ==============  ============================================================================================
    ``element``     a value: read from an array of the type, or computed
    ``local``       a value in a variable of the kernel, because the call changes it or takes nothing else
    ``constant``    one of the texts in `choices`, as it is; where there are none, any literal of the type
    ``function``    a function of the kernel's author, or a builtin, with such arguments and result
    ``array``       an array parameter; ``parameter``: a parameter of the type itself, such as a texture
    ``handle``      a ``wp.uint64`` parameter with the id of an object of the kind `of`
    ``tile``        a tile that ``wp.tile_load`` reads, or that another tile builtin makes
    ``maker``       an object that one of the builtins in `choices` makes
    ==============  ============================================================================================
    """

    way: Way
    type: str
    choices: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """One overload of a builtin with concrete types, which go by the names that `kinds` explains.

    `parameters` are the names of the arguments, `arguments` their types and `supplies` how a kernel comes by them.
    Where the builtin takes any number of arguments they are numbered (``args0``). `result` is None where the call
    returns nothing, ``(vec3f, float32)`` where it returns several values. `defaults` has the arguments that may be
    left out, with the text of their default. `conditions` has what must hold, by parameter, which may have several.

    `template` is how the call is written, with the parameters in braces: ``wp.dot({a}, {b})``, ``{a}[{i}] = {value}``.
    `form` says where it stands: an ``expression``, a ``statement`` of its own, what a ``loop`` runs over, or in
    the brackets of an array or tile (``index``).

    `origin` is ``concrete`` for an overload of Warp's registry, whose place among those of its name is `place`, and
    ``instance`` for a generic one with types put in. `internal` builtins are hidden in Warp's documentation: they are
    what operators, indexing and control flow turn into. `differentiable` is what the registry says.
    """

    name: str
    parameters: tuple[str, ...]
    arguments: tuple[str, ...]
    result: str | None
    group: str
    defaults: tuple[tuple[str, str], ...]
    differentiable: bool
    internal: bool
    origin: Origin
    place: int
    form: Form
    template: str
    supplies: tuple[Supply, ...]
    conditions: tuple[tuple[str, Condition], ...]

    @property
    def required(self) -> int:
        """How many arguments have no default."""
        return len(self.arguments) - len(self.defaults)

    @property
    def statement(self) -> bool:
        """Whether the call returns nothing, or is no expression for another reason."""
        return self.form == "statement"

    @property
    def key(self) -> str:
        """The overload in one word, unlike that of any other: ``min(float32,float32)``, ``tid()->(int32, int32)``."""
        return key_of(self.name, self.arguments, self.result)

    def conditions_of(self, parameter: str) -> tuple[Condition, ...]:
        """Return what must hold of one argument."""
        return tuple(condition for name, condition in self.conditions if name == parameter)


def key_of(name: str, arguments: Iterable[str], result: str | None) -> str:
    """Return the key of an overload; it says the result only where that is several values."""
    several = f"->{result}" if result is not None and result.startswith("(") else ""
    return f"{name}({','.join(arguments)}){several}"
