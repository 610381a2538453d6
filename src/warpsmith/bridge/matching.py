"""What type something has, and whether it fits an overload: for plain types, without looking at all the others.

Warp asks both of nearly every variable, and goes through its references, sequences, arrays, tiles and tuples each time.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from warpsmith.bridge.inside import codegen, types
from warpsmith.bridge.swap import Swap

_strip_reference, _get_arg_type, _func_match_args = (
    codegen.strip_reference,
    codegen.get_arg_type,
    codegen.func_match_args,
)
_Var, _Reference, _StructInstance = codegen.Var, types.Reference, codegen.StructInstance
_ARRAYS = (types.array, types.indexedarray, types.fabricarray, types.indexedfabricarray)
_PLAIN = (type, _Var, types._ArrayAnnotationBase, codegen.Struct, types.tile, *_ARRAYS)
_NUMBERS = frozenset((int, float, bool))

_equal: dict[tuple[type, type], bool] = {}


def install(swap: Swap) -> None:
    """Stand in for Warp's own."""
    swap.set(codegen, "strip_reference", strip_reference)
    swap.set(codegen, "get_arg_type", get_arg_type)
    swap.set(codegen, "func_match_args", func_match_args)


def strip_reference(thing: Any) -> Any:
    """Return the type that a reference is to, and all else as it is."""
    if thing.__class__ is _Reference:
        return thing.value_type
    return thing if isinstance(thing, _PLAIN) else _strip_reference(thing)


def get_arg_type(thing: Any) -> Any:
    """Return the type of a variable or a value."""
    kind = thing
    if kind.__class__ is _Var:
        kind = kind.type
        if kind.__class__ is _Reference:
            kind = kind.value_type
    elif kind.__class__ in _NUMBERS:
        return kind.__class__
    return kind if isinstance(kind, type) else _get_arg_type(thing)


def func_match_args(
    overload: Any, arg_types: Sequence[Any], kwarg_types: Mapping[str, Any], allow_erasure: bool = False
) -> bool:
    """Return whether an overload takes arguments of these types; a plain type that differs soon rules it out."""
    if not allow_erasure:
        for wanted, given in zip(overload.input_types.values(), arg_types, strict=False):
            if not _may_fit(wanted, given):
                return False
    return bool(_func_match_args(overload, arg_types, kwarg_types, allow_erasure))


def _may_fit(wanted: Any, given: Any) -> bool:
    if wanted is given or wanted is Any or given is Any:
        return True
    plain = isinstance(wanted, type), isinstance(given, type)
    if not all(plain):
        return not any(plain) or not isinstance(given if plain[0] else wanted, _ARRAYS)
    known = _equal.get((wanted, given))
    if known is None:
        known = bool(types.types_equal_generic(wanted, given))
        if not issubclass(given, _StructInstance):  # those come and go with the kernels
            _equal[wanted, given] = known
    return known
