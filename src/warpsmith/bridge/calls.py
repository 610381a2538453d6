"""Which builtins a kernel calls, told by Warp itself as it resolves the calls."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from warpsmith.bridge.inside import codegen, context
from warpsmith.bridge.swap import swapped


@contextmanager
def noting_calls(called: dict[str, None]) -> Iterator[None]:
    """Put into `called` the names of the builtins that builds inside the ``with`` block resolve calls to.

    Only calls that the source spells out count, constructors such as ``wp.vec3(...)`` (``vector``) among them. What
    operators, indexing and control flow turn into (``add``, ``address``, ``where``) does not.
    """
    resolve_call = codegen.Adjoint.resolve_call

    def noting(adj: Any, func: Any, args: Any, kwargs: Any, *rest: Any, **options: Any) -> Any:
        resolved = resolve_call(adj, func, args, kwargs, *rest, **options)
        if options.get("arg_nodes") is not None:
            _note(resolved[0], called)
            for arg in args:
                _note(arg, called)
        return resolved

    with swapped(codegen.Adjoint, resolve_call=noting):
        yield


def _note(thing: Any, called: dict[str, None]) -> None:
    if isinstance(thing, context.Function) and thing.is_builtin() and thing.key in context.builtin_functions:
        called[thing.key] = None
