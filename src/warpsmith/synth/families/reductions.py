"""Reductions and scans: sums over rows and segments, prefix sums, extremes and where they are, histograms, searches."""

from warpsmith.synth.families.family import Family
from warpsmith.synth.families.reductions_rows import ROWS
from warpsmith.synth.families.reductions_scans import SCANS
from warpsmith.synth.families.reductions_shared import SHARED
from warpsmith.synth.families.repertoire import play, season
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Bring many numbers down to few."""
    words = play(w, (*ROWS, *SCANS, *SHARED), share=0.7)
    season(w)
    return words


FAMILY = Family(
    "reductions",
    ("reduce", "scan"),
    "sums and extremes of rows and segments, prefix sums, histograms, atomic updates, searches",
    ("totals", "rows", "prefix", "histogram", "extremes", "segments", "statistics"),
    Style(
        operations=(("arith", 8.0), ("minmax", 1.0), ("exp", 1.2), ("unary", 0.8), ("trig", 0.6), ("vec", 2.0)),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 0.8,
            "branch": 0.8,
            "for-constant": 0.8,
            "for-runtime": 0.8,
            "function-call": 0.4,
        },
        dimensions=(10, 2.5, 0.8, 0.2),
        floats=(10, 2.5, 0.8, 0.2),
    ),
    core,
)
