"""Calls of builtins: resolved once for every combination of argument types, and after that only written down.

The outcome of a call of a builtin, short of the names of its variables, follows from the types of its arguments. So
the first call with new types is worked out by Warp, and a `Plan` keeps what came out. No plan is made where anything
else could matter: for a function that looks at the values of its arguments or at an option, or that dispatches by
itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, get_origin

import warp as wp

from warpsmith.bridge.inside import builtins, codegen, context, types
from warpsmith.bridge.swap import Swap, swapped


@dataclass(frozen=True, slots=True)
class Plan:
    """How to write down the call of one overload of a builtin.

    `results` are the types of its results; `gradient` is the name of its adjoint, None where it has none, and
    `keeps_output` says that the adjoint wants the results as well.
    """

    key: str
    results: tuple[Any, ...]
    name: str
    gradient: str | None
    keeps_output: bool
    skip_replay: bool


MAX_PLANS = 20_000

_plans: dict[Any, Plan | None] = {}
_passing_plans: dict[Any, Plan | None] = {}
_UNKNOWN: Any = object()

_add_call = codegen.Adjoint.add_call
_Function, _Var, _Reference, _Struct = context.Function, codegen.Var, types.Reference, codegen.Struct
_FAMILIES = frozenset((types.array, types.indexedarray, types.fabricarray, types.indexedfabricarray))


def install(swap: Swap) -> None:
    """Stand in for Warp's own."""
    swap.set(codegen.Adjoint, "add_call", add_call)


def forget_structs() -> None:
    """Forget the plans that mention structs, which come and go with the kernels."""
    _passing_plans.clear()


def add_call(adj: Any, func: Any, args: Any, kwargs: Any, type_args: Any, *rest: Any, **options: Any) -> Any:
    """Write down a call: by its plan if there is one, and as Warp does otherwise."""
    if type(func) is _Function and func.func is None and not kwargs and not type_args and not rest:
        plan = _plan(adj, func, args, options.get("min_outputs"))
        if plan is not None and not options.get("return_resolved"):
            if options.get("arg_nodes") is not None and (called := getattr(adj.builder, "called", None)) is not None:
                called[plan.key] = None
            return _write(adj, plan, args)
    return _add_call(adj, func, args, kwargs, type_args, *rest, **options)


def _plan(adj: Any, func: Any, args: Any, min_outputs: int | None) -> Plan | None:
    """Return the plan for a call, None where Warp has to see to it."""
    if adj.det_meta is not None or wp.config.verify_autograd_array_access:
        return None
    signature = _signature(args)
    if signature is None:
        return None
    key = (func, len(func.overloads), min_outputs, *signature)
    plan = _plans.get(key, _UNKNOWN)
    if plan is _UNKNOWN:
        plan = _passing_plans.get(key, _UNKNOWN)
    if plan is _UNKNOWN:
        plans = _passing_plans if _mentions_struct(signature) else _plans
        if len(plans) >= MAX_PLANS:
            plans.clear()
        plan = plans[key] = _made(adj, func, args, min_outputs)
    return plan  # type: ignore[no-any-return]


def _signature(args: Any) -> list[Any] | None:
    """Return what the types of arguments are, None where that would not tell all."""
    signature = []
    for arg in args:
        if arg.__class__ is not _Var or arg.label is None:
            return None
        kind = arg.type
        if kind.__class__ is _Reference:
            kind = kind.value_type
        if not isinstance(kind, type) and kind.__class__ is not _Struct:
            if not types.is_array(kind) or types.concrete_array_type(kind) not in _FAMILIES:
                return None
            kind = (types.concrete_array_type(kind), kind.ndim, kind.dtype)
        signature.append(kind)
    return signature


def _mentions_struct(signature: Sequence[Any]) -> bool:
    return any(isinstance(kind[2] if isinstance(kind, tuple) else kind, _Struct) for kind in signature)


class _ValuesMatterError(Exception):
    pass


class _Untouchable:
    """Values or options that must not be looked at while a plan is made."""

    def _refuse(self, *_: Any) -> NoReturn:
        raise _ValuesMatterError

    __getitem__ = __iter__ = __len__ = __contains__ = __getattr__ = _refuse


class _Options(_Untouchable):
    def get(self, name: str, default: Any = None) -> Any:
        """Return the one option that is known to be off wherever plans are used."""
        return False if name == "verify_autograd_array_access" else self._refuse(default)


def _made(adj: Any, func: Any, args: Any, min_outputs: int | None) -> Plan | None:
    """Let Warp work out a call, and return the plan of it if the types of the arguments decide everything."""
    try:
        overload = adj.resolve_func(func, tuple(codegen.get_arg_type(arg) for arg in args), {}, min_outputs)
        if not _is_plain(overload, args):
            return None
        kinds = [types.strip_reference(codegen.get_arg_type(arg)) for arg in args]
        with swapped(codegen, options=_Options()):
            results = overload.value_func(dict(zip(overload.input_types, kinds, strict=True)), _Untouchable())
    except Exception:  # noqa: BLE001 - whatever it is, Warp will say it again
        return None
    results = () if results is None else tuple(results) if isinstance(results, Sequence) else (results,)
    if not all(map(_is_plain_type, results)):
        return None
    return Plan(
        key=overload.key,
        results=results,
        name=f"{overload.namespace}{overload.native_func}",
        gradient=f"{overload.namespace}adj_{overload.native_func}" if overload.is_differentiable and args else None,
        keeps_output=overload.require_original_output_arg or len(results) > 1,
        skip_replay=overload.skip_replay,
    )


def _is_plain(overload: Any, args: Any) -> bool:
    """Whether Warp writes calls of an overload down without further ado."""
    return (
        overload.dispatch_func in (None, builtins.atomic_op_dispatch_func)  # the latter passes everything on
        and overload.lto_dispatch_func is None
        and not overload.variadic
        and len(overload.input_types) == len(args)
        and overload.initializer_list_func.__qualname__ == "add_builtin.<locals>.initializer_list_func"
        and not _is_wide_constructor(overload)
        and not any(codegen.Adjoint.type_contains_native_value(arg.type) for arg in args)
    )


def _is_wide_constructor(overload: Any) -> bool:
    """Whether an overload is ``wp.float64`` or such, which keeps all the digits of a literal."""
    kind = overload.value_type
    return kind in (types.float64, types.int64, types.uint64) and overload.native_func == kind.__name__


def _is_plain_type(kind: Any) -> bool:
    if isinstance(kind, _Reference):
        kind = kind.value_type
    if isinstance(kind, _Struct):
        return True
    return isinstance(kind, type) and get_origin(kind) is None and not types.is_native_type(kind)


def _write(adj: Any, plan: Plan, args: Any) -> Any:
    """Write down the call of a plan and return the variable or variables of its results, as `Adjoint.add_call` does."""
    outputs = [adj.add_var(kind) for kind in plan.results]
    adjoints = [arg.emit("adj") for arg in args]
    inputs = [(adj.load(arg) if arg.type.__class__ is _Reference else arg).emit() for arg in args]
    names = [output.emit() for output in outputs]
    if len(outputs) == 1:
        call = f"{names[0]} = {plan.name}({', '.join(inputs)});"
    else:
        call = f"{plan.name}({', '.join(inputs + names)});"
    adj.add_forward(call, replay=f"// {call}" if plan.skip_replay else None)
    if plan.gradient is not None:
        kept = names if plan.keeps_output else []
        gradients = [output.emit("adj") for output in outputs]
        adj.add_reverse(f"{plan.gradient}({', '.join(inputs + kept + adjoints + gradients)});")
    if len(outputs) == 1:
        return outputs[0]
    return outputs or None
