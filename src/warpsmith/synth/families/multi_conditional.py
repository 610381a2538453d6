"""Chains of conditions and branches inside branches."""

from warpsmith.synth import inputs
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.numbers import draw_number
from warpsmith.synth.statements import branch
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Read one or two arrays, and choose between three or more ways of treating them."""
    value_type = draw_number(w, integers=0.3)
    inputs.arrays(w, value_type, {1: 2, 2: 2})
    if w.choices.chance(0.35):
        inputs.parameter(w, value_type)
    return [branch.write_chain(w)]


FAMILY = Family(
    "multi_conditional",
    ("nested_branch",),
    "if/elif/else chains and nested branches",
    ("classes", "bands", "regimes", "levels", "buckets", "tiers", "cases"),
    Style(
        operations=(("arith", 8.0), ("minmax", 1.5), ("exp", 0.8), ("trig", 0.6), ("unary", 0.6)),
        forms={"assignment": 2.5, "augmented-assignment": 1.5, "select": 1.5, "branch": 4, "chain": 3},
        dimensions=(10, 2.5, 0.8, 0.3),
    ),
    core,
)
