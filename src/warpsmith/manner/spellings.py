"""What annotations say of a parameter's type, how they spell it, and what a kernel is about by the builtins it calls."""

import ast
import re

from warpsmith.manner.kinds import Scope

# the groups of builtins that make a kernel one of a kind, by the beginnings of their names
GROUPS: dict[str, tuple[str, ...]] = {
    "tiles": ("tile",),
    "hash_grids": ("hash_grid",),
    "mesh_queries": ("mesh_",),
    "bvh_queries": ("bvh_",),
    "volumes": ("volume_",),
    "textures": ("texture_",),
    "random_noise": ("rand", "noise", "pnoise", "curlnoise", "sample_", "poisson"),
    "transforms": ("transform_",),
    "spatial": ("spatial_",),
    "quaternions": ("quat_", "quat"),
    "atomic": ("atomic_",),
}
_SCALAR_NAMES = {"float32": "float", "int32": "int"}


def annotation_of(node: ast.expr, scope: Scope) -> tuple[str, str, int, str]:
    """Return role ("element" or "parameter"), type, rank (0 where it is no array) and spelling of an annotation.

    Spellings of arrays are ``subscript`` (wp.array2d[float]), ``call`` (wp.array(dtype=float)) and ``call-ndim``
    (wp.array(dtype=float, ndim=2)); those of numbers ``plain`` (float) and ``exact`` (wp.float32).
    """
    match node:
        case ast.Subscript(value=base, slice=element) if _rank(base, scope):
            return "element", _type(element, scope), _rank(base, scope), "subscript"
        case ast.Call(func=base, args=arguments, keywords=keywords) if _rank(base, scope):
            given = {keyword.arg: keyword.value for keyword in keywords}
            element = given.get("dtype", arguments[0] if arguments else ast.Name("float"))
            ndim = given.get("ndim")
            rank = ndim.value if isinstance(ndim, ast.Constant) and isinstance(ndim.value, int) else _rank(base, scope)
            return "element", _type(element, scope), rank, "call-ndim" if ndim is not None else "call"
    written = _type(node, scope)
    exact = isinstance(node, ast.Attribute) and node.attr in _SCALAR_NAMES
    return "parameter", written, 0, "exact" if exact else "plain"


def groups_of(function: ast.FunctionDef, scope: Scope) -> list[str]:
    """Return the groups of builtins that a kernel calls."""
    called = {scope.builtin(node.func) or "" for node in ast.walk(function) if isinstance(node, ast.Call)}
    return [group for group, stems in GROUPS.items() if any(name.startswith(stems) for name in called)]


def _rank(base: ast.expr, scope: Scope) -> int:
    name = scope.builtin(base) or (base.id if isinstance(base, ast.Name) else "")
    match = re.fullmatch(r"(?:indexed)?array(?:([1-4])d)?", name)
    return int(match[1] or 1) if match else 0


def _type(node: ast.expr, scope: Scope) -> str:
    """Return Warp's name of a plain type ("vec3", "float"), ``other`` for everything else."""
    if isinstance(node, ast.Name) and node.id in ("float", "int", "bool"):
        return node.id
    builtin = scope.builtin(node)
    return _SCALAR_NAMES.get(builtin, builtin) if builtin else "other"
