"""Builtins that a family has the idioms for: a kernel of the family, drawn until it calls them."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from warpsmith.errors import GenerationError
from warpsmith.synth.choices import Choices
from warpsmith.synth.complexity import LEVEL_BOUNDS, LEVELS, level_of
from warpsmith.synth.compose import Draft, finished, write_family
from warpsmith.synth.families import FAMILIES
from warpsmith.synth.statements import FORMS
from warpsmith.synth.writer import KernelWriter

_DRAWS = 20
_LEVEL_WEIGHTS = (3, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class Unit:
    """Builtins of one kernel and the category that has them; `older` are names that are written in place of others."""

    category: str
    builtins: tuple[str, ...]
    older: tuple[tuple[str, str], ...] = ()


# a name with others behind a plus sign stands for all of them in one kernel
_TABLE: Mapping[str, str] = {
    "tile_elementwise": "tile_load tile_ones tile_full tile_map tile_axpy tile_store",
    "tile_reduction": (
        "tile_extract tile_sum tile_dot tile_min tile_argmin tile_max tile_argmax tile_reduce tile_scan_inclusive "
        "tile_scan_exclusive tile_scan_max_inclusive tile_scan_min_inclusive"
    ),
    "tile_order": (
        "tile_zeros tile_empty tile_arange tile_load_indexed tile_store_indexed tile_atomic_add_indexed tile_view "
        "tile_squeeze tile_reshape tile_astype tile_assign tile_sort"
    ),
    "tile_shared": (
        "tile_from_thread tile_randi tile_randf tile_scatter_add tile_scatter_masked "
        "tile_add_inplace tile_sub_inplace tile_bit_and_inplace tile_bit_or_inplace tile_bit_xor_inplace "
        "tile_stack+tile_stack_push+tile_stack_count tile_stack_pop tile_stack_clear"
    ),
    "tile_threads": "tile untile tile_atomic_add",
    "tile_linear_algebra": (
        "tile_transpose tile_broadcast tile_diag_add tile_matmul tile_fft tile_ifft tile_cholesky "
        "tile_cholesky_inplace tile_cholesky_solve tile_cholesky_solve_inplace tile_lower_solve "
        "tile_lower_solve_inplace tile_upper_solve tile_upper_solve_inplace"
    ),
    "tile_queries": (
        "tile_bvh_query_aabb+tile_bvh_query_next+tile_query_valid tile_bvh_query_ray "
        "tile_mesh_query_aabb+tile_mesh_query_aabb_next+tile_query_valid"
    ),
    "volume": (
        "volume_sample volume_sample_grad volume_lookup volume_store volume_sample_index volume_sample_grad_index"
    ),
    "texture": "texture_sample",
    "reductions": "atomic_cas atomic_exch atomic_and atomic_or atomic_xor lower_bound",
    "atomic": "atomic_add atomic_sub atomic_min atomic_max",
    "local_arrays": "zeros",
    "quaternions": "quat_identity matrix_from_cols",
    "transforms": "transform_identity",
    "spatial": "spatial_vector spatial_adjoint",
    "factorization": "identity inverse_approx norm_l1 norm_pseudo_huber",
    "components": "matrix_from_rows",
    "bits": "cast",
}
# older names of builtins, which do the same
_OLDER: tuple[tuple[str, str, str, str], ...] = (
    ("tile_bvh_query_aabb", "bvh_query_aabb_tiled", "tile_bvh_query_next", "bvh_query_next_tiled"),
    ("tile_bvh_query_ray", "bvh_query_ray_tiled", "tile_bvh_query_next", "bvh_query_next_tiled"),
    ("tile_mesh_query_aabb", "mesh_query_aabb_tiled", "tile_mesh_query_aabb_next", "mesh_query_aabb_next_tiled"),
)


@cache
def units() -> tuple[Unit, ...]:
    """Return all units."""
    made = [
        Unit(category, tuple(name.split("+"))) for category, builtins in _TABLE.items() for name in builtins.split()
    ]
    made += [
        Unit("tile_queries", (opened, on), ((opened, older), (on, older_on))) for opened, older, on, older_on in _OLDER
    ]
    return tuple(made)


def drafted(choices: Choices, unit: Unit, level: int | None) -> Draft:
    """Write a kernel of the unit's family that calls its builtins, or the last one drawn if none does.

    Raises `GenerationError` where no draw is of the level that is asked for.
    """
    family = FAMILIES[unit.category]
    forms = {**FORMS, **family.forms}
    wanted = set(unit.builtins)
    last: tuple[KernelWriter, str] | None = None
    for _ in range(_DRAWS):
        drawn = level or choices.weighted(LEVELS, _LEVEL_WEIGHTS)
        w = KernelWriter(choices, family.style, LEVEL_BOUNDS[drawn], forms)
        kernel_name = write_family(w, family)
        if level not in (None, level_of(w.spent)):
            continue
        last = w, kernel_name
        if wanted <= _called(w):
            break
    if last is None:
        raise GenerationError(f"level {level} is out of reach for category '{unit.category}'; try another level")
    w, kernel_name = last
    draft = finished(w, unit.category, kernel_name, level_of(w.spent))
    return _in_older_words(draft, unit) if unit.older else draft


def _called(w: KernelWriter) -> set[str]:
    """Return the names of the builtins that a kernel or its functions call, before it is printed."""
    called: set[str] = set()
    for root in (*w.block.body, *w.functions):
        for node in ast.walk(root):
            match node:
                case ast.Attribute(attr=name):
                    called.add(name)
                case ast.AugAssign(target=ast.Subscript(), op=operator):
                    called.add(_ELEMENTS.get(type(operator), ""))
    return called


# what a change of an element of a tile is to Warp
_ELEMENTS: Mapping[type[ast.operator], str] = {
    ast.Add: "tile_add_inplace",
    ast.Sub: "tile_sub_inplace",
    ast.BitAnd: "tile_bit_and_inplace",
    ast.BitOr: "tile_bit_or_inplace",
    ast.BitXor: "tile_bit_xor_inplace",
}


def _in_older_words(draft: Draft, unit: Unit) -> Draft:
    text = draft.source.python_source
    for name, older in unit.older:
        text = text.replace(f"wp.{name}(", f"wp.{older}(")
    return Draft(replace(draft.source, python_source=text), ast.parse(text))
