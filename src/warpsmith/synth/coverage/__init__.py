"""Kernels that cover the language: each calls some overloads of Warp, all of them in turn."""

from warpsmith.synth.coverage.compose import write_for_coverage

__all__ = ["write_for_coverage"]
