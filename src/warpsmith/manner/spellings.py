"""What annotations say of a parameter's type and how they spell it; what a kernel is about by the builtins it calls."""

import ast
import re
from typing import NamedTuple

from warpsmith.manner.kinds import Scope, is_constructor, is_scalar

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


class Annotation(NamedTuple):
    """What an annotation says of a parameter.

    `role` is ``element`` for arrays and ``parameter`` for everything else, `type` that of an element or of the value,
    `rank` the number of an array's dimensions, 0 for what is none. Spellings of arrays are ``subscript``
    (wp.array2d[float]), ``call`` (wp.array(dtype=float)) and ``call-ndim`` (wp.array(dtype=float, ndim=2)); those of
    other parameters ``plain`` (float, wp.vec3) and ``exact`` (wp.float32).
    """

    role: str
    type: str
    rank: int
    spelling: str


def annotation_of(node: ast.expr, scope: Scope) -> Annotation:
    """Return what an annotation says."""
    match node:
        case ast.Subscript(value=base, slice=element) if _rank(base, scope):
            return Annotation("element", _type(element, scope), _rank(base, scope), "subscript")
        case ast.Call(func=base) if _rank(base, scope):
            return _called(node, _rank(base, scope), scope)
    exact = scope.builtin(node) in _SCALAR_NAMES
    return Annotation("parameter", _type(node, scope), 0, "exact" if exact else "plain")


def _called(node: ast.Call, rank: int, scope: Scope) -> Annotation:
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    element = given.get("dtype", node.args[0] if node.args else ast.Name("float"))
    match given.get("ndim"):
        case None:
            return Annotation("element", _type(element, scope), rank, "call")
        case ast.Constant(value=int() as dimensions):
            return Annotation("element", _type(element, scope), dimensions, "call-ndim")
    return Annotation("element", _type(element, scope), rank, "call-ndim")


def groups_of(function: ast.FunctionDef, scope: Scope) -> list[str]:
    """Return the groups of builtins that a kernel calls."""
    called = {scope.builtin(node.func) or "" for node in ast.walk(function) if isinstance(node, ast.Call)}
    return [group for group, stems in GROUPS.items() if any(name.startswith(stems) for name in called)]


def _rank(base: ast.expr, scope: Scope) -> int:
    name = scope.builtin(base) or (base.id if isinstance(base, ast.Name) else "")
    match = re.fullmatch(r"(?:indexed)?array(?:([1-4])d)?", name)
    return int(match[1] or 1) if match else 0


def _type(node: ast.expr, scope: Scope) -> str:
    """Return Warp's name of a number, vector or the like ("vec3", "float"), ``other`` for everything else."""
    if isinstance(node, ast.Name) and node.id in ("float", "int", "bool"):
        return node.id
    builtin = scope.builtin(node) or ""
    return _SCALAR_NAMES.get(builtin, builtin) if is_scalar(builtin) or is_constructor(builtin) else "other"
