"""Dual numbers and a small Warp in plain Python: an automatic differentiation that shares nothing with Warp's.

A kernel's text is executed as Python, thread after thread, with numbers that carry their derivative along one
direction (forward mode; Griewank and Walther, *Evaluating Derivatives*, chapter 3). What is not known here raises
`UnknownToDualsError`, and the kernel is left out.
"""

from benchmarks.duals.numbers import Dual, UnknownToDualsError
from benchmarks.duals.programs import execute
from benchmarks.duals.tensors import DualArray, Tensor

__all__ = ["Dual", "DualArray", "Tensor", "UnknownToDualsError", "execute"]
