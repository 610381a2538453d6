"""Atomic updates of a cell that many threads share: sums, extremes and counts, of everything or in bins."""

import ast

from warpsmith.synth.expr import Expr, binary, call, name, subscript
from warpsmith.synth.form import Form
from warpsmith.synth.types import INT32, Scalar, ValueType, Vector, is_float
from warpsmith.synth.updates import output_array
from warpsmith.synth.writer import KernelWriter

_BINS = (8, 16, 4, 10)


def fits(w: KernelWriter) -> bool:
    """Room for one more array, and a value that is worth sharing."""
    return len(w.parameters) < 10 and w.block.depth <= 1 and not w.block.in_loop and "atomic" not in w.features


def write(w: KernelWriter) -> str:
    """Add a value to a shared cell; the value stays readable."""
    expr = w.expressions.grow_within(w.block, w.expressions.start(w.block), 1)
    return share(w, expr)


def share(w: KernelWriter, expr: Expr) -> str:
    """Write the atomic update of a shared cell with a value."""
    value_type = _shareable(w, expr.type)
    expr = w.expressions.to_type(w.block, expr, value_type)
    operation, words = _operation(w, expr)
    index, size, where = _cell(w)
    cells = output_array(w, value_type, (size,))
    w.emit(_statement(w, operation, cells, index, expr))
    w.stored = True
    w.features.add(operation)
    return words.format(expr.words, f"{where} of {cells}")


def _operation(w: KernelWriter, expr: Expr) -> tuple[str, str]:
    options = [("atomic_add", "add {0} to {1}"), ("atomic_sub", "subtract {0} from {1}")]
    # the cells begin at zero, which an extreme must be able to leave
    if isinstance(expr.type, Scalar) and expr.interval.high > 0.0:
        options.append(("atomic_max", "raise {1} to {0} if it is lower"))
    if isinstance(expr.type, Scalar) and expr.interval.low < 0.0:
        options.append(("atomic_min", "lower {1} to {0} if it is higher"))
    return w.choices.weighted(options, (6.0, 1.0, 2.0, 2.0)[: len(options)])


def _shareable(w: KernelWriter, value_type: ValueType) -> ValueType:
    """Return the type to share a value in: Warp's atomics want scalars of 32 or 64 bits, or vectors of floats."""
    if isinstance(value_type, Scalar):
        if value_type.bits >= 32:
            return value_type
        return w.shared_float if is_float(value_type) else INT32
    if isinstance(value_type, Vector) and is_float(value_type) and value_type.scalar.bits >= 32:
        return value_type
    return w.shared_float


def _cell(w: KernelWriter) -> tuple[ast.expr, int, str]:
    """Return the index of the shared cell, the number of cells, and the words for the cell."""
    if w.choices.chance(0.4):
        return ast.Constant(0), 1, "the one cell"
    if w.threads.ndim > 1 and w.choices.chance(0.6):
        axis = w.choices.integer(0, w.threads.ndim - 1)
        index = w.threads.indices[axis]
        return name(index), w.threads.extents[axis], f"cell {index}"
    bins = w.choices.pick(_BINS)
    w.features.add("bins")
    return binary(name(w.threads.indices[0]), ast.Mod(), ast.Constant(bins)), bins, f"one of the {bins} cells"


def _statement(w: KernelWriter, operation: str, cells: str, index: ast.expr, expr: Expr) -> ast.stmt:
    plain = operation == "atomic_add" and isinstance(expr.type, Scalar)
    if plain and w.choices.chance(0.15):
        # Warp makes an atomic addition of an augmented store
        w.features.add("augmented-store")
        return ast.AugAssign(subscript(name(cells), [index], ast.Store()), ast.Add(), expr.node)
    return ast.Expr(call(operation, name(cells), index, expr.node))


FORM = Form("atomic", 4, fits, write)
