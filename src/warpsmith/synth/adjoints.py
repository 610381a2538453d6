"""Forms of code whose adjoints Warp gets wrong: found by running, each with its smallest example.

A kernel with none of these forms has a right gradient, as far as is known; `warpsmith generate --differentiable` writes
such kernels. A new form is one function and one line in `FORMS`; ``python -m benchmarks.forms`` measures how often
kernels that have it, and no other, are a mismatch.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeGuard

MOST_UNROLLED = 16
"""Longest range that Warp unrolls by default (``max_unroll`` of a module)."""


class Form(NamedTuple):
    """A form, how it is found in a text, why its adjoint is wrong, and a kernel body with it.

    The body is of `x`, `n`, `mesh` and `out`; `before` stands before the kernel.
    """

    name: str
    found: Callable[["Text"], bool]
    why: str
    example: str
    before: str = ""


def wrong_forms(tree: ast.Module, overloads: Iterable[str]) -> list[str]:
    """Return the names of the forms in a kernel's text that Warp gets wrong; `overloads` are those of its record."""
    text = Text(tree, overloads)
    return [form.name for form in FORMS if form.found(text)]


class Text:
    """A kernel's text with what the forms ask of it; `overloads` are those that its calls were resolved to."""

    def __init__(self, tree: ast.Module, overloads: Iterable[str] = ()) -> None:
        self.tree = tree
        self.overloads = tuple(overloads)
        self.nodes = list(ast.walk(tree))
        self.functions = [node for node in self.nodes if isinstance(node, ast.FunctionDef)]
        self.constants = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def arrays(self, function: ast.FunctionDef) -> frozenset[str]:
        """Return the parameters of a function that are arrays."""
        annotated = ((a.arg, ast.unparse(a.annotation)) for a in function.args.args if a.annotation)
        return frozenset(name for name, kind in annotated if "array" in kind)

    def number(self, node: ast.expr) -> int | None:
        """Return a whole number that is known when Warp unrolls, or None."""
        match node:
            case ast.Constant(value=int(number)):
                return number
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                positive = self.number(operand)
                return None if positive is None else -positive
            case ast.Name(id=name) if name in self.constants:
                return self.number(self.constants[name])
            case ast.Call(args=[inner]) if ast.unparse(node.func) in ("wp.constant", "wp.static", "int", "wp.int32"):
                return self.number(inner)
        return None


def written_in(function: ast.FunctionDef) -> Iterator[tuple[ast.expr, bool]]:
    """Yield the targets that a function assigns, and whether they are added to in place."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from ((one, False) for one in _flat(target))
        elif isinstance(node, ast.AugAssign):
            yield node.target, isinstance(node.op, ast.Add | ast.Sub)


def _flat(target: ast.expr) -> list[ast.expr]:
    return [inner for one in target.elts for inner in _flat(one)] if isinstance(target, ast.Tuple) else [target]


def root(node: ast.expr) -> str | None:
    """Return the name that an element or component belongs to."""
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def dynamic_loop(text: Text) -> bool:
    """Tell whether a loop is left that Warp does not unroll."""
    return any(isinstance(node, ast.For) and not _is_unrolled(text, node) for node in text.nodes)


def _is_unrolled(text: Text, loop: ast.For) -> bool:
    call = loop.iter
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "range"):
        return False
    numbers = [text.number(argument) for argument in call.args]
    known = [number for number in numbers if number is not None]
    return len(known) == len(numbers) and len(range(*known)) <= MOST_UNROLLED


def while_loop(text: Text) -> bool:
    """Tell whether there is a ``while``."""
    return any(isinstance(node, ast.While) for node in text.nodes)


def overwritten_array(text: Text) -> bool:
    """Tell whether an array is stored to that is read as well, here or by the functions that it is handed on to."""
    stored: dict[str, set[str | None]] = {}
    read: dict[str, set[str | None]] = {}
    for function in text.functions:  # what is called stands before who calls it
        stored[function.name] = _stored(function) | _through(function, text, stored)
        read[function.name] = _read(function, frozenset(read)) | _through(function, text, read)
    return any(text.arrays(one) & stored[one.name] & read[one.name] for one in text.functions)


def _through(function: ast.FunctionDef, text: Text, known: dict[str, set[str | None]]) -> set[str | None]:
    """Return the names that a function hands on to parameters that are among the known ones of what it calls."""
    parameters = {one.name: [argument.arg for argument in one.args.args] for one in text.functions}
    return {
        argument.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known
        for argument, parameter in zip(node.args, parameters[node.func.id], strict=False)
        if isinstance(argument, ast.Name) and parameter in known[node.func.id]
    }


_STORING = re.compile(r"wp\.(atomic_\w+|tile_store|tile_atomic_\w+)")


def _stored(function: ast.FunctionDef) -> set[str | None]:
    """Return the names whose elements a function stores, atomically or not."""
    stored = {root(target) for target, _ in written_in(function) if _is_part(target)}
    return stored | {root(node.args[0]) for node in ast.walk(function) if _is_storing(node)}


def _is_storing(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and bool(node.args) and bool(_STORING.fullmatch(ast.unparse(node.func)))


def _read(function: ast.FunctionDef, known: frozenset[str]) -> set[str | None]:
    """Return the names whose elements a function reads, or hands on to a function that may and is not known."""
    read: set[str | None] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            read.add(root(node))
        elif isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in known):
            given = node.args[1:] if _is_storing(node) else node.args
            read |= {argument.id for argument in given if isinstance(argument, ast.Name)}
    return read


def atomic_result(text: Text) -> bool:
    """Tell whether what an atomic function returns is used."""
    statements = {id(node.value) for node in text.nodes if isinstance(node, ast.Expr)}
    return any(_is_atomic(node) and id(node) not in statements for node in text.nodes)


def _is_atomic(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.startswith("atomic_")


def component_assigned(text: Text) -> bool:
    """Tell whether a component of a local value is assigned; ``v.x += y`` is translated to that, ``v[0] += y`` not."""
    for function in text.functions:
        arrays = text.arrays(function)
        for target, added in written_in(function):
            in_place = added and isinstance(target, ast.Subscript)
            if _is_part(target) and root(target) not in arrays and not in_place:
                return True
    return False


def native_without_adjoint(text: Text) -> bool:
    """Tell whether there is a native function that brings no native adjoint."""
    made = (one for function in text.functions for one in function.decorator_list if isinstance(one, ast.Call))
    return any(
        isinstance(one.func, ast.Attribute)
        and one.func.attr == "func_native"
        and len(one.args) < _WITH_ADJOINT
        and all(keyword.arg != "adj_snippet" for keyword in one.keywords)
        for one in made
    )


_WITH_ADJOINT = 2


def sign_of_a_ray(text: Text) -> bool:
    """Tell whether rays meet meshes, and the sign of something is read."""
    read = (node for node in text.nodes if isinstance(node, ast.Attribute) and node.attr == "sign")
    return _meets(text) and any(not (isinstance(node.value, ast.Name) and node.value.id == "wp") for node in read)


def root_of_zero(text: Text) -> bool:
    """Tell whether a root is taken of what may be zero: of an absolute value, of a product of a thing with itself."""
    calls_made = (node for node in text.nodes if isinstance(node, ast.Call) and len(node.args) == 1)
    return any(_is_called(node, "sqrt") and _may_vanish(node.args[0]) for node in calls_made)


def _may_vanish(under: ast.expr) -> bool:
    if isinstance(under, ast.BinOp) and isinstance(under.op, ast.Mult):
        return ast.dump(under.left) == ast.dump(under.right)
    return isinstance(under, ast.Call) and (_is_called(under, "abs") or _is_called(under, "max"))


def _is_called(node: ast.Call, name: str) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr == name


def _is_part(target: ast.expr) -> bool:
    return isinstance(target, ast.Subscript | ast.Attribute)


def calls(*names: str) -> Callable[[Text], bool]:
    """Return a test for calls of builtins."""
    known = frozenset(names)

    def found(text: Text) -> bool:
        called = (node.func for node in text.nodes if isinstance(node, ast.Call))
        return any(isinstance(func, ast.Attribute) and func.attr in known for func in called)

    return found


def resolved(pattern: str) -> Callable[[Text], bool]:
    """Return a test for overloads that match a pattern as a whole."""
    compiled = re.compile(pattern)
    return lambda text: any(compiled.fullmatch(overload) for overload in text.overloads)


_meets = calls("mesh_query_ray")

FORMS: tuple[Form, ...] = (
    Form(
        "dynamic loop",
        dynamic_loop,
        "a loop that is not unrolled is not replayed for the adjoint: what it changed has its first or last value",
        "s = float(1.0)\nfor j in range(n):\n    s = s * x[i]\nout[i] = s",
    ),
    Form(
        "while loop",
        while_loop,
        "the same, and the counter has its last value",
        "s = float(1.0)\nj = int(0)\nwhile j < n:\n    s = s * x[i]\n    j += 1\nout[i] = s",
    ),
    Form(
        "overwritten array",
        overwritten_array,
        "the adjoint reads what the kernel has left, not what it has read",
        "x[i] = x[i] * x[i]",
    ),
    Form(
        "component assigned",
        component_assigned,
        "the adjoint of what a component was before it is kept, and counted again",
        "v = wp.vec2(x[i], 1.0)\nv[0] = v[0] * v[0]\nv[0] = v[0] + x[i]\nout[i] = v[0]",
    ),
    Form(
        "loop left early",
        lambda text: any(isinstance(node, ast.Break) for node in text.nodes),
        "what stands behind a `break` counts in the adjoint where the loop was left",
        "s = float(0.0)\nfor j in range(4):\n    if s > 3.0:\n        break\n    s = s * s + x[i]\nout[i] = s",
    ),
    Form(
        "atomic extremum",
        calls("atomic_min", "atomic_max"),
        "the adjoint goes to every thread whose value equals what is left, and what was there before gets none",
        "wp.atomic_max(out, i % 2, x[i])",
    ),
    Form(
        "atomic result",
        atomic_result,
        "what an atomic function returns has no adjoint",
        "old = wp.atomic_add(out, 0, x[i])\nif i > 0:\n    out[i] = old * old",
    ),
    Form(
        "tile updated in place",
        resolved(r"(tile_axpy|\w+_inplace)\(.*tile\[.*"),
        "the adjoint of what was computed from a tile reads what the tile was made later",
        "own = x[i]\nt = wp.tile(own)\ns = t * t\nt += t\nout[i] = s[0] + t[0]",
    ),
    Form(
        "dense matrices",
        calls("dense_gemm", "dense_chol", "dense_solve", "dense_subs"),
        "their adjoints write out of bounds, or there are none",
        "wp.dense_gemm(2, 2, 2, 0, 0, x, x, out)",
    ),
    Form(
        "index called",
        calls("index", "indexref"),
        "wp.index and wp.indexref have no adjoint, and are not computed again for others': what is read was never set",
        "v = wp.vec2(x[i], 1.0)\nout[i] = wp.index(v, 0) * 2.0",
    ),
    Form(
        "native without adjoint",
        native_without_adjoint,
        "a native function that brings no adjoint has none",
        "out[i] = squared(x[i])",
        '@wp.func_native("return x * x;")\ndef squared(x: float) -> float: ...',
    ),
    Form(
        "root of zero",
        root_of_zero,
        "where what is under a root is zero and stays zero, the adjoint is not a number",
        "y = 0.0 * x[i]\nout[i] = wp.sqrt(wp.abs(y)) + x[i]",
    ),
    Form(
        "sign of a ray query",
        sign_of_a_ray,
        "the sign of a hit is a determinant that depends on the ray, and has no adjoint",
        "hit = wp.mesh_query_ray(mesh, wp.vec3(0.01 * x[i], 0.03, 0.02), wp.vec3(0.9, 0.7, 0.1 * x[i]), 10.0)\n"
        "out[i] = hit.t * hit.sign",
    ),
    Form(
        "remainder of vectors",
        resolved(r"mod\((vec|mat|spatial|quat).*\)"),
        "the remainder of vectors has no adjoint",
        "v = wp.vec2(x[i], 1.0) % wp.vec2(3.0, 4.0)\nout[i] = v[0]",
    ),
    Form(
        "tile without adjoint",
        calls(
            *("tile_reduce", "tile_scan_inclusive", "tile_scan_exclusive", "tile_sort", "tile_diag_add", "tile_min"),
            *("tile_max", "tile_from_thread", "tile_sum", "tile_cholesky", "tile_fft", "tile_ifft"),
        ),
        "these builtins have no adjoint, or only one of some arguments",
        "own = x[i]\nt = wp.tile(own)\ns = wp.tile_reduce(wp.add, t)\nout[i] = s[0]",
    ),
)
