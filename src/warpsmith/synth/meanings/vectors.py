"""Products, lengths and measures of vectors and matrices."""

from warpsmith.synth.interval import Interval, symmetric
from warpsmith.synth.meanings.meaning import ANY, POSITIVE, Meaning
from warpsmith.synth.meanings.ranges import (
    cross,
    determinant,
    first,
    inner,
    norm,
    quotient,
    square_sum,
    trace,
    unit,
)

VECTOR_MATH: dict[str, Meaning] = {
    "dot": Meaning("vec", "the dot product of {0} and {1}", "proj", inner, weight=2),
    "length": Meaning("vec", "the length of {0}", "dist", norm, weight=2),
    "length_sq": Meaning("vec", "the squared length of {0}", "dist_sq", square_sum),
    "normalize": Meaning("vec", "the direction of {0}", "direction", unit, weight=1.5),
    "cross": Meaning("vec", "the cross product of {0} and {1}", "normal", cross, weight=1.5),
    "cw_mul": Meaning("vec", "the componentwise product of {0} and {1}", "scaled", lambda a, _: a[0].multiply(a[1])),
    "cw_div": Meaning(
        "vec",
        "the componentwise quotient of {0} and {1}",
        "relative",
        quotient,
        (ANY, POSITIVE),
        weight=0.5,
    ),
    "outer": Meaning("mat", "the outer product of {0} and {1}", "dyad", lambda a, _: a[0].multiply(a[1])),
    "skew": Meaning(
        "mat", "the cross-product matrix of {0}", "hat", lambda a, _: symmetric(a[0].magnitude), weight=0.6
    ),
    "diag": Meaning(
        "mat", "the diagonal matrix of {0}", "stretch", lambda a, _: a[0].hull(Interval(0.0, 0.0)), weight=0.6
    ),
    "get_diag": Meaning("mat", "the diagonal of {0}", "diagonal", first, weight=0.7),
    "trace": Meaning("mat", "the trace of {0}", "trace", trace),
    "determinant": Meaning("mat", "the determinant of {0}", "det", determinant),
    "transpose": Meaning("mat", "the transpose of {0}", "flipped", first),
    "ddot": Meaning("mat", "the double dot product of {0} and {1}", "energy", inner),
}
