"""Working out once, with Warp's own functions, what a call of a builtin with arguments of some types comes to.

A plan must follow from the types alone. So Warp's functions are given stand-ins for everything else: whoever looks at
the value of an argument or at an option ends the attempt, and Warp will write such calls itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_origin

from warpsmith.bridge.inside import codegen, types
from warpsmith.bridge.overloads import overload_name
from warpsmith.bridge.swap import swapped


@dataclass(frozen=True, slots=True)
class Plan:
    """How to write down the call of one overload of a builtin, whose registered name is `key`.

    `overload` is the name of the overload itself. `results` are the types of its results; `gradient` is the name of its
    adjoint, None where it has none, and `keeps_output` says that the adjoint wants the results as well. With
    `variables_only`, a constant is another matter.
    """

    key: str
    overload: str
    results: tuple[Any, ...]
    name: str
    gradient: str | None
    keeps_output: bool
    skip_replay: bool
    variables_only: bool


class _ValuesMatterError(Exception):
    """Something other than a type was looked at."""


class _Untouchable:
    """Values that must not be looked at."""

    def _refuse(self, *_: Any) -> Any:
        raise _ValuesMatterError

    __getitem__ = __iter__ = __len__ = __contains__ = __getattr__ = _refuse


class _Values(_Untouchable):
    """Values of arguments that must not be looked at, but for those that the type in the source stands for.

    The components of a constructor may be looked at for their types. They stand there as variables, of which Warp wants
    the very type of the result, and no other will have the plan; with that type, constants come to the same.
    """

    def __init__(self, fixed: Mapping[str, Any], components: Sequence["_TypeOnly"]) -> None:
        self._fixed = fixed
        self._components = components

    def get(self, name: str, default: Any = None) -> Any:
        return self._fixed[name] if name in self._fixed else self._refuse(default)

    def __contains__(self, *names: Any) -> bool:
        return names == ("args",) or self._refuse()

    def __getitem__(self, *names: Any) -> Any:
        return self._components if names == ("args",) else self._refuse()


class _Options(_Untouchable):
    """Options that must not be looked at, but for the one that is off wherever plans are used."""

    def get(self, name: str, default: Any = None) -> Any:
        return False if name == "verify_autograd_array_access" else self._refuse(default)


class _TypeOnly(codegen.Var):  # type: ignore[misc]
    """A variable of which only the type may be looked at."""

    def __init__(self, kind: Any) -> None:
        self.type = kind

    def __getattribute__(self, name: str) -> Any:
        if name not in ("type", "__class__"):
            raise _ValuesMatterError
        return super().__getattribute__(name)


def make_plan(
    adj: Any, func: Any, args: Sequence[Any], fixed: Mapping[str, Any], min_outputs: int | None
) -> Plan | None:
    """Let Warp work out a call; return its plan, or None if the types of the arguments do not decide everything.

    `fixed` are the arguments that the type in the source stands for, such as the length and scalar of ``wp.vec3``.
    """
    try:
        overload = adj.resolve_func(func, tuple(map(codegen.get_arg_type, args)), {}, min_outputs)
        return _plan(overload, args, fixed) if _is_plain(overload, args, fixed) else None
    except Exception:  # noqa: BLE001 - whatever it is, Warp will say it again
        return None


def _plan(overload: Any, args: Sequence[Any], fixed: Mapping[str, Any]) -> Plan | None:
    kinds = [types.strip_reference(codegen.get_arg_type(arg)) for arg in args]
    probes = [_TypeOnly(arg.type) for arg in args]
    with swapped(codegen, options=_Options()):
        result = overload.value_func(_bound(overload, kinds), _Values(fixed, probes if overload.variadic else ()))
        template = _template_arguments(overload, result, probes)
    results = () if result is None else tuple(result) if isinstance(result, Sequence) else (result,)
    if template is None or not all(map(_is_plain_type, results)):
        return None
    name = codegen.compute_type_str(overload.native_func, template)
    gradient = name if overload.adjoint_uses_template_args else overload.native_func
    return Plan(
        key=overload.key,
        overload=overload_name(overload, args, fixed),
        results=results,
        name=f"{overload.namespace}{name}",
        gradient=f"{overload.namespace}adj_{gradient}" if overload.is_differentiable and args else None,
        keeps_output=overload.require_original_output_arg or len(results) > 1,
        skip_replay=overload.skip_replay,
        variables_only=_is_wide_constructor(overload),
    )


def _bound(overload: Any, args: Sequence[Any]) -> dict[str, Any]:
    """Return what belongs to the arguments by their names, as `inspect.Signature.bind` would."""
    if overload.variadic:
        return {"args": tuple(args)}
    return dict(zip(list(overload.input_types)[: len(args)], args, strict=True))


def _template_arguments(overload: Any, result: Any, probes: Sequence[Any]) -> tuple[Any, ...] | None:
    """Return the template arguments of a call, None where its arguments are not simply passed on."""
    if overload.dispatch_func is None:
        return ()
    passed, template = overload.dispatch_func(overload.input_types, result, _bound(overload, probes))
    same = len(passed) == len(probes) and all(a is b for a, b in zip(passed, probes, strict=True))
    return tuple(template) if same else None


def _is_plain(overload: Any, args: Sequence[Any], fixed: Mapping[str, Any]) -> bool:
    """Whether a call has its arguments in order, and nothing that would be treated specially."""
    if overload.lto_dispatch_func is not None or any(codegen.Adjoint.type_contains_native_value(a.type) for a in args):
        return False
    if overload.variadic:
        return bool(fixed) and not overload.initializer_list_func({"args": args}, None)
    missing = list(overload.input_types)[len(args) :]
    return (
        not fixed
        and all(name in overload.defaults and overload.defaults[name] is None for name in missing)
        and overload.initializer_list_func.__qualname__ == "add_builtin.<locals>.initializer_list_func"
    )


def _is_wide_constructor(overload: Any) -> bool:
    """Whether an overload is ``wp.float64`` or such, which keeps all the digits of a literal."""
    kind = overload.value_type
    return kind in (types.float64, types.int64, types.uint64) and overload.native_func == kind.__name__


def _is_plain_type(kind: Any) -> bool:
    if isinstance(kind, types.Reference):
        kind = kind.value_type
    if isinstance(kind, codegen.Struct):
        return True
    return isinstance(kind, type) and get_origin(kind) is None and not types.is_native_type(kind)
