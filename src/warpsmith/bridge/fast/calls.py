"""Calls of builtins: resolved once for every combination of argument types, and after that only written down.

The outcome of a call of a builtin, short of the names of its variables, follows from the types of its arguments. So the
first call with new types is worked out by Warp and kept as a `Plan`. Where anything else could matter there is no plan,
and Warp writes the call; but even then it need not search for the overload again.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import warp as wp

from warpsmith.bridge.fast.plans import Plan, make_plan
from warpsmith.bridge.inside import codegen, context, types
from warpsmith.bridge.swap import Swap

MAX_REMEMBERED = 20_000
"""How many plans or overloads are remembered before all are forgotten."""

_plans: dict[Any, Plan | None] = {}
_passing_plans: dict[Any, Plan | None] = {}
_overloads: dict[Any, Any] = {}
_UNKNOWN: Any = object()

_add_call, _load, _resolve_func = codegen.Adjoint.add_call, codegen.Adjoint.load, codegen.Adjoint.resolve_func
_Function, _Var, _Reference, _Struct = context.Function, codegen.Var, types.Reference, codegen.Struct
_Tile = types.tile
_FAMILIES = frozenset((types.array, types.indexedarray, types.fabricarray, types.indexedfabricarray))


def install(swap: Swap) -> None:
    """Stand in for Warp's own."""
    swap.set(codegen.Adjoint, "add_call", add_call)
    swap.set(codegen.Adjoint, "load", load)
    swap.set(codegen.Adjoint, "resolve_func", resolve_func)


def forget_structs() -> None:
    """Forget the plans that mention structs, which come and go with the kernels."""
    _passing_plans.clear()


def add_call(adj: Any, func: Any, args: Any, kwargs: Any, type_args: Any, *rest: Any, **options: Any) -> Any:
    """Write down a call: by its plan if there is one, and as Warp does otherwise."""
    if type(func) is _Function and func.func is None and not kwargs and not rest:
        plan = _plan(adj, func, args, type_args or {}, options.get("min_outputs"))
        if plan is not None and not options.get("return_resolved"):
            _note(adj.builder, plan, spelled=options.get("arg_nodes") is not None)
            return _write(adj, plan, args)
    return _add_call(adj, func, args, kwargs, type_args, *rest, **options)


def _note(builder: Any, plan: Plan, *, spelled: bool) -> None:
    """Tell the build of a call, as `noting_calls` does of those that Warp writes."""
    if (resolved := getattr(builder, "resolved", None)) is not None:
        resolved[plan.overload] = None
        if spelled:
            builder.called[plan.key] = None


def load(adj: Any, var: Any) -> Any:
    """Return the value of a variable, loaded if it is a reference."""
    kind = var.type
    if kind.__class__ is not _Reference:
        return var if not types.is_reference(kind) else _load(adj, var)
    kind = kind.value_type
    if adj.det_meta is not None or not (isinstance(kind, type) or kind.__class__ is _Struct):
        return _load(adj, var)
    value = adj.add_var(kind)
    adj.add_forward(f"{value.emit()} = wp::load({var.emit()});")
    return value


def resolve_func(adj: Any, func: Any, arg_types: Any, kwarg_types: Any, min_outputs: int | None) -> Any:
    """Return the overload of a function that fits the types of the arguments.

    Raises:
        WarpCodegenError: none does.
    """
    if func.func is not None:
        return _resolve_func(adj, func, arg_types, kwarg_types, min_outputs)
    signature = _signature((*arg_types, *kwarg_types.values()), tiles=True)
    if signature is None or _mentions_struct(signature):
        return _resolve_func(adj, func, arg_types, kwarg_types, min_outputs)
    key = (func, len(func.overloads), min_outputs, len(arg_types), *kwarg_types, *signature)
    overload = _overloads.get(key)
    if overload is None:
        overload = _resolve_func(adj, func, arg_types, kwarg_types, min_outputs)
        _remember(_overloads, key, overload)
    return overload


def _plan(adj: Any, func: Any, args: Any, fixed: Mapping[str, Any], min_outputs: int | None) -> Plan | None:
    """Return the plan for a call, None where Warp has to see to it."""
    if adj.det_meta is not None or wp.config.verify_autograd_array_access:
        return None
    kinds = []
    for arg in args:
        if arg.__class__ is not _Var or arg.label is None:
            return None
        kinds.append(arg.type.value_type if arg.type.__class__ is _Reference else arg.type)
    signature = _signature(kinds)
    if signature is None:
        return None
    key = (func, len(func.overloads), min_outputs, *fixed.items(), *signature)
    plan = _plans.get(key, _UNKNOWN)
    if plan is _UNKNOWN:
        plan = _passing_plans.get(key, _UNKNOWN)
    if plan is _UNKNOWN:
        plan = make_plan(adj, func, args, fixed, min_outputs)
        _remember(_passing_plans if _mentions_struct(signature) else _plans, key, plan)
    if plan is not None and plan.variables_only and args[0].constant is not None:
        return None
    return plan  # type: ignore[no-any-return]


def _signature(kinds: Iterable[Any], *, tiles: bool = False) -> list[Any] | None:
    """Return what tells types apart, None where that would not tell all: for tuples, functions, and for tiles.

    With `tiles`, these go by the scalar that they are made of, which is all that an overload asks of them (see
    `types_equal_generic` in warp/_src/types.py).
    """
    signature = []
    for kind in kinds:
        if tiles and kind.__class__ is _Tile:
            signature.append((_Tile, kind.dtype))
            continue
        if not isinstance(kind, type) and kind.__class__ is not _Struct:
            if not types.is_array(kind) or (family := types.concrete_array_type(kind)) not in _FAMILIES:
                return None
            kind = (family, kind.ndim, kind.dtype)  # noqa: PLW2901
        signature.append(kind)
    return signature


def _mentions_struct(signature: Sequence[Any]) -> bool:
    return any(isinstance(kind[-1] if isinstance(kind, tuple) else kind, _Struct) for kind in signature)


def _remember(memory: dict[Any, Any], key: Any, value: Any) -> None:
    if len(memory) >= MAX_REMEMBERED:
        memory.clear()
    memory[key] = value


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
