"""Functions that numerical work asks for now and then: inverse error functions, norms that forgive outliers."""

import math

from warpsmith.synth.interval import Interval
from warpsmith.synth.meanings.meaning import ANY, Meaning, Need
from warpsmith.synth.meanings.ranges import norm, unit, within
from warpsmith.synth.types import components

_DELTA = Need(0.5, 2.0, constant=True)
_KINDS = ("vec2f", "vec3f", "vec4f")

SPECIALS: dict[str, Meaning] = {
    "erfinv": Meaning(
        "special", "the inverse error function of {0}", "quantile", within(-1.4, 1.4), (Need(-0.95, 0.95),)
    ),
    "erfcinv": Meaning(
        "special", "the inverse complementary error function of {0}", "quantile", within(-1.4, 1.4), (Need(0.05, 1.95),)
    ),
}

_NORMS: dict[str, Meaning] = {
    "norm_l1": Meaning(
        "special",
        "the sum of the magnitudes of {0}",
        "norm",
        lambda a, types: Interval(0.0, a[0].magnitude * components(types[0])),
    ),
    "norm_l2": Meaning("special", "the norm of {0}", "norm", norm),
    "norm_huber": Meaning(
        "special",
        "the Huber norm of {0}",
        "loss",
        lambda a, types: Interval(0.0, 2.0 * a[0].magnitude * math.sqrt(components(types[0]))),
        (ANY, _DELTA),
    ),
    "norm_pseudo_huber": Meaning(
        "special",
        "the smooth Huber norm of {0}",
        "loss",
        lambda a, types: Interval(0.0, 2.0 * a[0].magnitude * math.sqrt(components(types[0]))),
        (ANY, _DELTA),
    ),
}
_SMOOTH = Meaning("special", "{0} softly normalised", "direction", unit, (ANY, _DELTA))

# functions that Warp writes in Python: the registry has no concrete overloads of them
NORMS: tuple[tuple[str, tuple[str, ...], str, Meaning], ...] = (
    *((name, (kind,), "float32", _NORMS[name]) for name in ("norm_l1", "norm_l2") for kind in _KINDS),
    *(
        (name, (kind, "float32"), "float32", _NORMS[name])
        for name in ("norm_huber", "norm_pseudo_huber")
        for kind in _KINDS
    ),
    *(("smooth_normalize", (kind, "float32"), kind, _SMOOTH) for kind in _KINDS),
)
