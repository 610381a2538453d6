"""Under which category a kernel for coverage is filed, and what its name is about."""

from collections import Counter

from warpsmith.bridge.catalog import Signature
from warpsmith.synth.coverage.targets import Deal
from warpsmith.synth.families import FAMILIES

_GROUPS = {
    "Quaternion Math": "quaternion",
    "Transformations": "transform",
    "Spatial Math": "spatial",
    "Random": "random",
    "Volumes": "volume",
    "Textures": "texture",
    "Geometry": "geometry",
}
_FALLBACK = "math"


def category_of(wanted: Deal) -> str:
    """Return the family that most of the calls belong to."""
    counted = Counter(_category(signature) for signature in wanted.signatures)
    return counted.most_common(1)[0][0]


def subjects_of(wanted: Deal) -> tuple[str, ...]:
    """Return what the kernel's name may be about."""
    return FAMILIES[category_of(wanted)].subjects


def _category(signature: Signature) -> str:
    return _FALLBACK
