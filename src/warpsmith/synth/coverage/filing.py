"""Under which category a kernel for coverage is filed, and what its name is about."""

from collections import Counter
from collections.abc import Sequence

from warpsmith.bridge.catalog import Signature, parse
from warpsmith.synth.families import FAMILIES

_GROUPS = {
    "Quaternion Math": "quaternions",
    "Transformations": "transforms",
    "Spatial Math": "spatial",
    "Random": "random_noise",
    "Volumes": "volume",
    "Geometry": "geometry",
}
# how names of builtins begin whose family says more than their group
_NAMES = {
    "mesh_": "mesh_query",
    "bvh_": "bvh_query",
    "hash_grid_": "hash_grid",
    "bit_": "bits",
    "lshift": "bits",
    "rshift": "bits",
    "invert": "bits",
    "range": "loop",
    "reversed": "loop",
    "iter_next": "loop",
    "index": "components",
    "extract": "components",
    "dense_": "factorization",
    "svd": "factorization",
    "qr3": "factorization",
    "eig3": "factorization",
    "inverse": "factorization",
}
_FALLBACK = "math"


def category_of(signatures: Sequence[Signature]) -> str:
    """Return the family that most of the calls belong to; of several, that of the first."""
    return Counter(category(signature) for signature in signatures).most_common(1)[0][0]


def subjects_of(signatures: Sequence[Signature]) -> tuple[str, ...]:
    """Return what the kernel's name may be about."""
    return FAMILIES[category_of(signatures)].subjects


def category(signature: Signature) -> str:
    """Return the family that a builtin belongs to: by its name, its group, or the types that it is about."""
    named = next((family for start, family in _NAMES.items() if signature.name.startswith(start)), "")
    found = named or _GROUPS.get(signature.group, "") or _of_types(signature)
    return found if found in FAMILIES else _FALLBACK


def _of_types(signature: Signature) -> str:
    kinds = {parse(argument).kind for argument in signature.arguments}
    if "matrix" in kinds:
        return "matrix"
    if "vector" in kinds:
        return "vector"
    return "arithmetic" if signature.group == "Operators" else _FALLBACK
