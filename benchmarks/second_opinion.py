"""A second method on gradients that are called match: ``python -m benchmarks.second_opinion [KERNELS]``.

Kernels that are called match are differentiated once more, by executing their Python text on dual numbers
(`benchmarks.duals`), which shares neither Warp's code nor differences. The derivative that comes of it along a random
direction must be the one that Warp's adjoint gives. Kernels with what the dual numbers do not know are left out.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.duals import Dual, DualArray, Tensor, UnknownToDualsError, execute
from benchmarks.mutants import BATCH, matching
from warpsmith import bridge
from warpsmith.verify.compilation import compile_all, cpu_compiler
from warpsmith.verify.differences import direction, gather_gradients, scatter
from warpsmith.verify.execution import Subject, arguments_of, launcher, subject
from warpsmith.verify.gradient import Launcher
from warpsmith.verify.invocation import Leaf
from warpsmith.verify.layout import is_array, is_struct
from warpsmith.verify.numbers import Array, Numbers

TOLERANCE = 1e-7


def by_duals(one: Subject, ready: Launcher, along: Array) -> tuple[list[Leaf], Array]:
    """Return the derivatives of what a kernel leaves in its arrays along a direction of its inputs."""
    assert one.recipe is not None
    if one.recipe.get("tiled"):
        raise UnknownToDualsError("tiles")
    moved: dict[str, Array] = {}
    start = 0
    for leaf in ready.invocation.leaves:
        moved[leaf.path] = along[start : start + leaf.values.size].reshape(leaf.values.shape)
        start += leaf.values.size
    values: list[Any] = []
    arrays: dict[str, DualArray] = {}
    for name, kind in one.types.items():
        if is_struct(kind):
            raise UnknownToDualsError("a struct")
        if is_array(kind):
            arrays[name] = _array(name, kind, ready, moved)
            values.append(arrays[name])
        else:
            values.append(_plain(kind, ready.invocation.arguments[name], moved.get(name)))
    dim = one.recipe["dim"]
    execute(one.row["python_source"], one.row["kernel_name"], values, [dim] if isinstance(dim, int) else dim)
    leaves = [leaf for leaf in ready.invocation.leaves if leaf.is_array]
    return leaves, np.concatenate([arrays[leaf.path].slopes() for leaf in leaves] or [np.zeros(0)])


def _array(name: str, kind: Any, ready: Launcher, moved: dict[str, Array]) -> DualArray:
    if is_struct(kind.dtype) or name not in ready.invocation.buffers:
        raise UnknownToDualsError("an array of structs, or one that stands twice")
    inner = tuple(getattr(kind.dtype, "_shape_", ()))
    if any(name in str(kind.dtype) for name in ("quat", "transform")):
        raise UnknownToDualsError("a rotation")
    content = ready.invocation.buffers[name].content
    return DualArray(content, moved.get(name, np.zeros_like(content)), inner)


def _plain(kind: Any, value: Array, moved: Array | None) -> Any:
    shape = tuple(getattr(kind, "_shape_", ()))
    if moved is None:
        if shape:
            raise UnknownToDualsError("a vector of integers")
        return value.item()
    if shape:
        pairs = zip(value.ravel().tolist(), moved.ravel().tolist(), strict=True)
        return Tensor(shape, [Dual(v, d) for v, d in pairs])
    return Dual(value.item(), moved.item())


def compared(one: Subject, code: bridge.LoadedObject) -> float:
    """Return the scaled difference of the two derivatives."""
    arguments = arguments_of(one)
    ready = launcher(one, code, arguments, wide=True)
    ready.invocation.reset()
    inputs = ready.invocation.leaves
    along = direction(inputs, Numbers(7, "second opinion"))
    leaves, slopes = by_duals(one, ready, along)
    cotangent = np.where(np.isfinite(slopes), np.random.Generator(np.random.PCG64(3)).standard_normal(slopes.size), 0.0)
    ready.invocation.reset()
    ready.forward()
    scatter(cotangent, leaves, gradients=True)
    ready.backward()
    terms = cotangent * np.nan_to_num(slopes, posinf=0.0, neginf=0.0)
    by_adjoint = float(gather_gradients(inputs) @ along)
    scale = max(abs(by_adjoint), abs(float(terms.sum())), float(np.sqrt(np.sum(terms**2))), 1e-300)
    return abs(by_adjoint - float(terms.sum())) / scale


def main(arguments: list[str]) -> None:
    """Compare until so many kernels were compared, and say in how many the methods agree."""
    wanted = int(arguments[0]) if arguments else 500
    rows, preambles = matching(3 * wanted)
    agreeing, differing, unknown = 0, [], Counter[str]()
    with tempfile.TemporaryDirectory(prefix="warpsmith-") as folder:
        compiler = cpu_compiler(preambles["cpp"], Path(folder), wide=True)
        for start in range(0, len(rows), BATCH):
            subjects = {n: subject(n, row) for n, row in enumerate(rows[start : start + BATCH], start)}
            for piece in compile_all(compiler, [one.part for one in subjects.values()]).pieces:
                for number in piece.numbers:
                    try:
                        difference = compared(subjects[number], piece.code)
                    except UnknownToDualsError as reason:
                        unknown[str(reason)] += 1
                        continue
                    except ArithmeticError:
                        unknown["a number without a slope"] += 1
                        continue
                    if difference <= TOLERANCE:
                        agreeing += 1
                    else:
                        differing.append((number, difference))
            if agreeing + len(differing) >= wanted:
                break
    print(f"{agreeing + len(differing)} kernels compared, the methods agree in {agreeing}; {unknown.total()} left out")
    print("left out for", ", ".join(f"{reason} ({count})" for reason, count in unknown.most_common(12)))
    for number, difference in differing:
        print(f"{difference:.2e}\n{rows[number]['python_source']}")


if __name__ == "__main__":
    main(sys.argv[1:])
