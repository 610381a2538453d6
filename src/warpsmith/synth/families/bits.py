"""Manipulation of bits: hashes, Morton codes, counts, masks, packing, and the bits behind floating-point numbers."""

from warpsmith.synth.families.bits_hashing import HASHING
from warpsmith.synth.families.bits_packing import PACKING
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.repertoire import play, season
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Take patterns of bits apart, or put them together."""
    words = play(w, (*HASHING, *PACKING), share=0.85)
    season(w, 0.8, 0.0)
    return words


FAMILY = Family(
    "bits",
    ("bitwise", "hashing"),
    "hashes, Morton codes, bit counts, masks, packed fields and reinterpreted numbers",
    ("bits", "hashes", "codes", "masks", "fields", "words", "keys"),
    Style(
        operations=(("arith", 10.0), ("bits", 1.0)),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1,
            "for-constant": 0.5,
            "for-runtime": 0.5,
            "function-call": 0.5,
        },
        dimensions=(10, 3, 1, 0.4),
        integers=(6, 1.5, 0.7, 0.3, 4.0, 2.0, 0.7, 0.7),
    ),
    core,
)
