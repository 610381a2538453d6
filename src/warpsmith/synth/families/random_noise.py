"""Random numbers and noise: jitter, sampling, Monte Carlo sums, random walks, noise in one to four dimensions."""

from warpsmith.synth.families.family import Family
from warpsmith.synth.families.random_draws import DRAWS
from warpsmith.synth.families.random_fields import FIELDS
from warpsmith.synth.families.random_loops import LOOPS
from warpsmith.synth.families.repertoire import play
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Draw random numbers, or evaluate noise where the inputs say."""
    return play(w, (*DRAWS, *LOOPS, *FIELDS))


FAMILY = Family(
    "random_noise",
    ("random", "noise"),
    "random numbers, samples of shapes and distributions, random walks, Perlin and curl noise",
    ("noise", "samples", "jitter", "walks", "turbulence", "scatter", "randoms"),
    Style(
        operations=(
            ("arith", 8.0),
            ("minmax", 1.0),
            ("exp", 1.0),
            ("trig", 1.0),
            ("unary", 0.6),
            ("vec", 4.0),
            ("special", 0.8),
        ),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1,
            "for-constant": 0.6,
            "for-runtime": 0.6,
            "function-call": 0.5,
        },
        dimensions=(10, 4, 1, 0.4),
        floats=(10, 1.0, 0.5, 0.2),
    ),
    core,
)
