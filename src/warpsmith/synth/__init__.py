"""Writes kernels: a program generator over syntax trees, typed and scope-aware; every decision comes from `Choices`."""

from warpsmith.synth.api import GENERATORS, generate_kernel, generate_kernels
from warpsmith.synth.choices import Choices, SeededChoices
from warpsmith.synth.complexity import LEVELS
from warpsmith.synth.compose import Draft, write_draft, write_kernel
from warpsmith.synth.families import CATEGORIES, FAMILIES, SYNONYMS, canonical_category
from warpsmith.synth.order import Order, write_ordered

__all__ = [
    "CATEGORIES",
    "FAMILIES",
    "GENERATORS",
    "LEVELS",
    "SYNONYMS",
    "Choices",
    "Draft",
    "Order",
    "SeededChoices",
    "canonical_category",
    "generate_kernel",
    "generate_kernels",
    "write_draft",
    "write_kernel",
    "write_ordered",
]
