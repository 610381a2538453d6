"""The families that kernels are written by. A new family is one file here and one line in `FAMILIES`."""

import difflib

from warpsmith.errors import UsageError
from warpsmith.synth.families import (
    arithmetic,
    atomic,
    bits,
    bvh_queries,
    closures,
    combined,
    components,
    constants,
    contacts,
    control_flow,
    custom_gradients,
    factorization,
    generics,
    geometry,
    hash_grids,
    integration,
    local_arrays,
    loop,
    math,
    matrix,
    mesh_queries,
    multi_conditional,
    multi_statement,
    native_snippets,
    nested_loop,
    numerics,
    quaternions,
    random_noise,
    reductions,
    scalar_param,
    sdf,
    spatial,
    stencil,
    structs,
    textures,
    tiles_elementwise,
    tiles_linear,
    tiles_order,
    tiles_queries,
    tiles_reduction,
    tiles_shared,
    tiles_threads,
    transforms,
    vector,
    views,
    volumes,
)
from warpsmith.synth.families.family import Family

FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        arithmetic.FAMILY,
        scalar_param.FAMILY,
        math.FAMILY,
        vector.FAMILY,
        matrix.FAMILY,
        control_flow.FAMILY,
        multi_conditional.FAMILY,
        loop.FAMILY,
        nested_loop.FAMILY,
        atomic.FAMILY,
        multi_statement.FAMILY,
        combined.FAMILY,
        random_noise.FAMILY,
        numerics.FAMILY,
        bits.FAMILY,
        reductions.FAMILY,
        sdf.FAMILY,
        factorization.FAMILY,
        stencil.FAMILY,
        geometry.FAMILY,
        hash_grids.FAMILY,
        mesh_queries.FAMILY,
        bvh_queries.FAMILY,
        volumes.FAMILY,
        textures.FAMILY,
        tiles_elementwise.FAMILY,
        tiles_reduction.FAMILY,
        tiles_linear.FAMILY,
        tiles_order.FAMILY,
        tiles_threads.FAMILY,
        tiles_shared.FAMILY,
        tiles_queries.FAMILY,
        structs.FAMILY,
        quaternions.FAMILY,
        transforms.FAMILY,
        spatial.FAMILY,
        integration.FAMILY,
        contacts.FAMILY,
        components.FAMILY,
        closures.FAMILY,
        generics.FAMILY,
        constants.FAMILY,
        local_arrays.FAMILY,
        views.FAMILY,
        custom_gradients.FAMILY,
        native_snippets.FAMILY,
    )
}
CATEGORIES: tuple[str, ...] = tuple(FAMILIES)
SYNONYMS: dict[str, str] = {synonym: family.name for family in FAMILIES.values() for synonym in family.synonyms}


def canonical_category(category: str) -> str:
    """Return the family that a category or a synonym of it names.

    Raises `UsageError` for an unknown name; the message has the nearest known one.
    """
    name = SYNONYMS.get(category, category)
    if name in FAMILIES:
        return name
    known = [*CATEGORIES, *SYNONYMS]
    nearest = difflib.get_close_matches(category, known, n=1, cutoff=0.0)[0]
    raise UsageError(f"category '{category}' is unknown; did you mean '{nearest}'? Known are: {', '.join(CATEGORIES)}")
