"""Kernels that branch on what they read."""

from warpsmith.synth import inputs
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.numbers import draw_number
from warpsmith.synth.statements import branch, early_return
from warpsmith.synth.types import BOOL
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Read one or two arrays and a threshold or a flag, and branch on them."""
    value_type = draw_number(w, integers=0.3, vectors=0.1)
    inputs.arrays(w, value_type, {1: 2, 2: 2})
    if w.choices.chance(0.25):
        inputs.array(w, BOOL, bind=False)
    if w.choices.chance(0.35):
        inputs.parameter(w, w.precision)
    words = []
    if w.choices.chance(0.2):
        words.append(early_return.write(w))
        w.features.add("early-return")
    return [*words, branch.branches(w, w.choices.pick((1, 2)))]


FAMILY = Family(
    "control_flow",
    ("branch", "conditional"),
    "branches on thresholds and flags",
    ("threshold", "flags", "limits", "activity", "switch", "values", "gate"),
    Style(
        operations=(("arith", 8.0), ("minmax", 1.5), ("exp", 0.8), ("trig", 0.6), ("unary", 0.6), ("vec", 2.0)),
        forms={"assignment": 3, "augmented-assignment": 2, "select": 2, "branch": 4, "function-call": 0.4},
        dimensions=(10, 2.5, 0.8, 0.3),
    ),
    core,
)
