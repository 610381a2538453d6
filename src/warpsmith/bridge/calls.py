"""Which builtins a kernel calls and which overloads of them, told by Warp itself as it resolves the calls."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from warpsmith.bridge.inside import codegen, context
from warpsmith.bridge.overloads import overload_name
from warpsmith.bridge.swap import swapped


@contextmanager
def noting_calls(called: dict[str, None], resolved: dict[str, None]) -> Iterator[None]:
    """Note what builds inside the ``with`` block resolve calls to: builtins in `called`, overloads in `resolved`.

    Of the builtins, only those count whose call the source spells out, constructors such as ``wp.vec3(...)``
    (``vector``) among them. What operators, indexing and control flow turn into (``add``, ``address``, ``where``) does
    not; of the overloads, it does.
    """
    resolve_call = codegen.Adjoint.resolve_call

    def noting(adj: Any, func: Any, args: Any, kwargs: Any, type_args: Any = None, *rest: Any, **options: Any) -> Any:
        answer = resolve_call(adj, func, args, kwargs, type_args, *rest, **options)
        if _is_registered(func):
            resolved[overload_name(answer[0], (*args, *kwargs.values()), type_args)] = None
        if options.get("arg_nodes") is not None:
            for thing in (func, *args):
                if _is_registered(thing):
                    called[thing.key] = None
        return answer

    with swapped(codegen.Adjoint, resolve_call=noting):
        yield


def _is_registered(thing: Any) -> bool:
    """Tell whether something is a builtin, a few of which are functions written in Python."""
    return isinstance(thing, context.Function) and context.builtin_functions.get(thing.key) is thing
