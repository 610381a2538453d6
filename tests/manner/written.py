"""Kernels to learn from, written down or drawn."""

import ast
import textwrap

from warpsmith.manner.kinds import Scope
from warpsmith.manner.reading import Sample

WARP = ("wp",)


def function(text: str) -> ast.FunctionDef:
    """Return the function that a text defines."""
    found = ast.parse(textwrap.dedent(text)).body[-1]
    assert isinstance(found, ast.FunctionDef)
    return found


def sample(text: str, weight: float = 1.0) -> Sample:
    """Return a kernel to learn from."""
    return Sample(function(text), WARP, weight, textwrap.dedent(text))


def kernel(body: str, parameters: str = "x: wp.array[float], y: wp.array2d[wp.vec3], n: int") -> ast.FunctionDef:
    """Return a kernel with these statements and parameters."""
    return function(f"def f({parameters}):\n{textwrap.indent(textwrap.dedent(body), '    ')}")


def scope(*variables: str) -> Scope:
    """Return a scope with the arrays ``x`` and ``y``, the parameters ``n`` and ``p``, and some variables."""
    return Scope(frozenset(WARP), frozenset("xynp"), frozenset("xy"), frozenset(variables))
