"""Matrices as tiles: products, factorizations, systems that are solved, layers of a network, Fourier transforms."""

from collections.abc import Callable

from warpsmith.synth.expr import literal_node, spelled
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.tiles import STYLE_OPERATIONS, TILE_FORMS, start
from warpsmith.synth.families.tiles_spectrum import spectrum
from warpsmith.synth.inputs import natural_range
from warpsmith.synth.interval import Interval, symmetric
from warpsmith.synth.tile import Shape, Tile
from warpsmith.synth.tiling.closing import close
from warpsmith.synth.tiling.memory import declare, load_filled, shape_node, size
from warpsmith.synth.types import FLOAT32, FLOAT64, INT32, Scalar
from warpsmith.synth.writer import KernelWriter, Style

_SIDES = (8, 16, 4, 6, 12, 32)
_SMALL = Interval(-1.0, 1.0)
_MATRICES = ("matrices", "A", "a", "left", "jacobian", "stiffness", "X", "weights_matrix", "M")
_RIGHT = ("B", "b", "right", "rhs", "targets_matrix", "Y", "basis", "columns")
_VECTORS = ("rhs", "b", "y", "forces", "loads", "targets_vector", "residual")


def core(w: KernelWriter) -> list[str]:
    """Write one of the idioms."""
    start(w)
    return w.choices.weighted(tuple(_IDIOMS), tuple(_IDIOMS.values()))(w)


def _kind(w: KernelWriter) -> Scalar:
    """Return the scalar that matrices are made of: solvers take 32 and 64 bits only."""
    return w.precision if w.precision in (FLOAT32, FLOAT64) else FLOAT32


def _sides(w: KernelWriter, count: int) -> tuple[int, ...]:
    return tuple(w.choices.weighted(_SIDES, (5, 5, 3, 1, 1, 0.7)) for _ in range(count))


def _matrix(w: KernelWriter, kind: Scalar, shape: Shape, names: tuple[str, ...] = _MATRICES) -> tuple[Tile, str]:
    loaded = load_filled(w, w.names.one_of(names), kind, shape, _SMALL, everywhere=w.choices.chance(0.15))
    w.tiles.read(loaded.tile)
    return loaded.tile, loaded.words


def _made(w: KernelWriter, tile: str, shape: Shape, kind: Scalar, bound: float, *parts: Tile) -> Tile:
    roots = frozenset[str]().union(*(part.roots for part in parts))
    return w.tiles.add(Tile(tile, shape, kind, symmetric(min(bound, kind.limit)), roots))


def _product(w: KernelWriter) -> list[str]:
    """Multiply two matrices into a new tile, or into one that is there."""
    kind = _kind(w)
    rows, inner, columns = _sides(w, 3)
    a, said_a = _matrix(w, kind, (rows, inner))
    b, said_b = _matrix(w, kind, (inner, columns), _RIGHT)
    out = w.names.one_of(("c", "product", "out_tile", "ab", "C"))
    if w.choices.chance(0.5):
        scale = w.choices.pick((1.0, 0.5, 2.0))
        text = "out = wp.tile_matmul(a, b)" if scale == 1.0 else "out = wp.tile_matmul(a, b, alpha=scale)"
        w.write(text, out=out, a=a.node, b=b.node, scale=literal_node(scale, kind))
    else:
        text = "out = wp.tile_zeros(shape=size, dtype=kind)\nwp.tile_matmul(a, b, out)"
        if w.choices.chance(0.3):
            text = "out = wp.tile_ones(shape=size, dtype=kind)\nwp.tile_matmul(a, b, out, alpha=0.5, beta=2.0)"
        shape = shape_node(w, (rows, columns))
        w.write(text, out=out, a=a.node, b=b.node, size=shape, kind=spelled(kind.spelling))
    tile = _made(w, out, (rows, columns), kind, 2.0 * inner + 2.0, a, b)
    w.features.add("tile_matmul")
    return [said_a, said_b, f"let {tile.words} be the matrix product of {a.words} and {b.words}"]


def _gemm(w: KernelWriter) -> list[str]:
    """Multiply two large matrices tile by tile, in the usual loop."""
    if w.threads.ndim != 2:
        return _product(w)
    kind = _kind(w)
    (rows, inner, columns), trips = _sides(w, 3), w.choices.integer(2, 4)
    first, second = w.names.one_of(_MATRICES), w.names.one_of(_RIGHT)
    blocks = w.threads.extents
    declare(w, first, kind, (blocks[0] * rows, trips * inner), _SMALL)
    declare(w, second, kind, (trips * inner, blocks[1] * columns), _SMALL)
    transposed = w.choices.chance(0.15)
    a, b, total, k = (
        w.names.one_of(names)
        for names in (("at", "a_tile"), ("bt", "b_tile"), ("acc", "sum_tile", "total"), ("k", "step"))
    )
    out_shape = (columns, rows) if transposed else (rows, columns)
    counted = w.choices.chance(0.5)
    limit = w.count(w.names.one_of(("num_steps", "depth", "k_tiles")), trips) if counted else literal_node(trips, INT32)
    step = (
        "wp.tile_matmul(wp.tile_transpose(b), wp.tile_transpose(a), total)"
        if transposed
        else "wp.tile_matmul(a, b, total)"
    )
    w.write(
        f"""
        total = wp.tile_zeros(shape=out_shape, dtype=kind)
        for k in range(limit):
            a = wp.tile_load(first, shape=left, offset=(i * rows, k * inner))
            b = wp.tile_load(second, shape=right, offset=(k * inner, j * columns))
            {step}
        """,
        total=total, out_shape=shape_node(w, out_shape), kind=spelled(kind.spelling), k=k, limit=limit, a=a, b=b,
        first=first, second=second, left=shape_node(w, (rows, inner)), right=shape_node(w, (inner, columns)),
        rows=size(w, rows), inner=size(w, inner), columns=size(w, columns),
        i=w.threads.indices[0], j=w.threads.indices[1],
    )  # fmt: skip
    roots = frozenset((first, second))
    tile = w.tiles.add(Tile(total, out_shape, kind, symmetric(float(trips * inner)), roots))
    w.features.update(("tile", "tile-2d", "tile-loop", "tile_matmul", "tile_zeros"))
    return [
        f"add up in {tile.words} the products of the tiles of {first} along its row and of {second} along its column"
    ]


def _gram(w: KernelWriter, kind: Scalar, side: int) -> tuple[Tile, list[str]]:
    """Write a symmetric positive definite matrix: a product with its own transpose, and something on the diagonal."""
    inner = _sides(w, 1)[0]
    a, said = _matrix(w, kind, (side, inner))
    gram, diagonal = (
        w.names.one_of(names)
        for names in (("gram", "normal_matrix", "G", "hessian"), ("spd", "S", "damped", "regularized"))
    )
    shift = w.choices.pick((1.0, 2.0, 0.5, 4.0))
    w.write(
        """
        gram = wp.tile_matmul(a, wp.tile_transpose(a))
        diagonal = wp.tile_diag_add(gram, wp.tile_full(shape=side, value=shift, dtype=kind))
        """,
        gram=gram, a=a.node, diagonal=diagonal, side=size(w, side), shift=literal_node(shift, kind),
        kind=spelled(kind.spelling),
    )  # fmt: skip
    w.features.update(("tile_matmul", "tile_diag_add", "tile_transpose", "tile_full"))
    tile = Tile(diagonal, (side, side), kind, symmetric(inner + shift), a.roots)
    return tile, [said, f"let {tile.words} be {a.words} times its transpose plus {shift:g} on the diagonal"]


def _side_of_system(w: KernelWriter, kind: Scalar, side: int) -> tuple[Tile, str]:
    """Load a right-hand side: one vector, or several as the columns of a table."""
    shape: Shape = (side,) if w.choices.chance(0.65) else (side, w.choices.pick((2, 4, 8)))
    return _matrix(w, kind, shape, _VECTORS)


def _factor(w: KernelWriter) -> list[str]:
    """Factorize a symmetric positive definite matrix."""
    kind, side = _kind(w), _sides(w, 1)[0]
    spd, words = _gram(w, kind, side)
    if w.choices.chance(0.3):
        w.write("wp.tile_cholesky_inplace(spd)", spd=spd.node)
        w.tiles.add(spd)
        w.features.add("tile_cholesky_inplace")
        return [*words, f"replace {spd.words} by its Cholesky factor"]
    name, mode = _mode(w)
    lower = w.names.one_of((name, "factor"))
    w.write(f"lower = wp.tile_cholesky(spd{mode})", lower=lower, spd=spd.node)
    tile = _made(w, lower, (side, side), kind, spd.interval.magnitude, spd)
    w.features.add("tile_cholesky")
    return [*words, f"let {tile.words} be its Cholesky factor"]


def _mode(w: KernelWriter) -> tuple[str, str]:
    """Return a name for a Cholesky factor, and the argument that says which triangle it is."""
    return w.choices.weighted((("L", ""), ("U", ', fill_mode="upper"'), ("L", ', fill_mode="lower"')), (6.0, 2.0, 1.0))


_SOLVES = (
    ("x = wp.tile_cholesky_solve(lower, b)", "tile_cholesky_solve"),
    ("wp.tile_cholesky_solve_inplace(lower, b)", "tile_cholesky_solve_inplace"),
    ("z = wp.tile_lower_solve(lower, b)\nx = wp.tile_upper_solve(wp.tile_transpose(lower), z)", "tile_lower_solve"),
    (
        "wp.tile_lower_solve_inplace(lower, b)\nwp.tile_upper_solve_inplace(wp.tile_transpose(lower), b)",
        "tile_lower_solve_inplace",
    ),
)


def _solve(w: KernelWriter) -> list[str]:
    """Solve a symmetric positive definite system by its Cholesky factor."""
    kind, side = _kind(w), _sides(w, 1)[0]
    spd, words = _gram(w, kind, side)
    b, said = _side_of_system(w, kind, side)
    text, feature = w.choices.pick(_SOLVES)
    lower, x = w.names.one_of(("L", "factor", "chol")), w.names.one_of(("x", "solution", "step_tile"))
    mode = ""
    if feature.startswith("tile_cholesky") and w.choices.chance(0.25):
        mode = ', fill_mode="upper"'
        text = text.replace("b)", f"b{mode})")
    w.write(
        f"lower = wp.tile_cholesky(spd{mode})\n{text}",
        lower=lower, spd=spd.node, x=x, b=b.node, z=w.names.fresh("z") if "z = " in text else "z",
    )  # fmt: skip
    solution = b.identifier if "inplace" in text else x
    w.tiles.forget(b)
    tile = _made(w, solution, b.shape, kind, 4.0 * side, spd, b)
    w.features.update(("tile_cholesky", feature, "tile_upper_solve" if "upper_solve(" in text else feature))
    if "upper_solve_inplace" in text:
        w.features.add("tile_upper_solve_inplace")
    return [*words, said, f"solve the system with {spd.words} for {b.words} into {tile.words}"]


_TRIANGULAR = (
    ("x = wp.tile_lower_solve(matrix, b)", "tile_lower_solve", "lower"),
    ("wp.tile_lower_solve_inplace(matrix, b)", "tile_lower_solve_inplace", "lower"),
    ("x = wp.tile_upper_solve(matrix, b)", "tile_upper_solve", "upper"),
    ("wp.tile_upper_solve_inplace(matrix, b)", "tile_upper_solve_inplace", "upper"),
)


def _triangular(w: KernelWriter) -> list[str]:
    """Solve a triangular system; the diagonal is made large enough first."""
    kind, side = _kind(w), w.choices.pick((4, 8, 6, 12))
    array = w.names.one_of(("L", "lower", "triangles", "T", "U"))
    loaded = load_filled(w, array, kind, (side, side), Interval(-0.3, 0.3))
    w.tiles.read(loaded.tile)
    b, said = _side_of_system(w, kind, side)
    text, feature, triangle = w.choices.pick(_TRIANGULAR)
    matrix, x = w.names.one_of(("strong", "dominant", "system_tile")), w.names.one_of(("x", "solution", "z"))
    shift = w.choices.pick((2.0, 1.5, 3.0))
    w.write(
        f"matrix = wp.tile_diag_add(loaded, wp.tile_full(shape=side, value=shift, dtype=kind))\n{text}",
        matrix=matrix, loaded=loaded.tile.node, side=size(w, side), shift=literal_node(shift, kind),
        kind=spelled(kind.spelling), x=x, b=b.node,
    )  # fmt: skip
    w.tiles.forget(b)
    tile = _made(w, b.identifier if "inplace" in text else x, b.shape, kind, 8.0, loaded.tile, b)
    w.features.update((feature, "tile_diag_add", "tile_full"))
    end = f"solve the {triangle} triangle of it, with {shift:g} added to the diagonal, for {b.words} into {tile.words}"
    return [loaded.words, said, end]


_ACTIVATIONS = (
    ("return wp.max(x, zero)", "relu", "the larger of 0 and each element"),
    ("return wp.tanh(x * half)", "squash", "the hyperbolic tangent of half of each element"),
    ("return one / (one + wp.exp(-x))", "sigmoid", "the logistic function of each element"),
    ("return wp.where(x > zero, x, x * half)", "leaky", "each element, half of it where it is negative"),
    ("return x / (one + wp.abs(x))", "softsign", "each element divided by (1 plus its magnitude)"),
)


def _layer(w: KernelWriter) -> list[str]:
    """Write a layer of a network: weights times inputs, a bias, an activation."""
    kind = _kind(w)
    outputs, inner, batch = _sides(w, 3)
    weights = load_filled(
        w, w.names.one_of(("weights", "W", "weight")), kind, (outputs, inner), Interval(-0.5, 0.5), everywhere=True
    )
    x, said = _matrix(w, kind, (inner, batch), ("features", "inputs", "X", "hidden"))
    w.tiles.read(weights.tile)
    body, wanted, words = w.choices.pick(_ACTIVATIONS)
    function, z, y = (
        w.names.fresh(wanted),
        w.names.one_of(("z", "linear", "pre")),
        w.names.one_of(("y", "activated", "h")),
    )
    numbers = {hole: literal_node(value, kind) for hole, value in (("zero", 0.0), ("half", 0.5), ("one", 1.0))}
    w.define_functions(f"@wp.func\ndef f(x: kind):\n    {body}", f=function, kind=spelled(kind.spelling), **numbers)
    w.write("z = wp.tile_matmul(weights, x)", z=z, weights=weights.tile.node, x=x.node)
    said_all = [weights.words, said]
    if w.choices.chance(0.5):
        bias = load_filled(w, w.names.one_of(("bias", "biases")), kind, (outputs, 1), _SMALL, everywhere=True)
        w.tiles.read(bias.tile)
        w.write(
            "z += wp.tile_broadcast(bias, shape=out_shape)",
            z=z, bias=bias.tile.node, out_shape=shape_node(w, (outputs, batch)),
        )  # fmt: skip
        said_all.append(bias.words)
        w.features.add("tile_broadcast")
    w.write("y = wp.tile_map(f, z)", y=y, f=function, z=z)
    tile = _made(w, y, (outputs, batch), kind, inner / 2.0 + 1.0, weights.tile, x)
    w.features.update(("tile_matmul", "tile_map"))
    end = "multiply, add the bias" if len(said_all) > 2 else "multiply"
    return [*said_all, f"{end}, and let {tile.words} be {words}"]


def _outer(w: KernelWriter) -> list[str]:
    """Write the outer product of two vectors by broadcasting them."""
    kind = _kind(w)
    rows, columns = _sides(w, 2)
    u, said_u = _matrix(w, kind, (rows,), ("u", "left_factors", "gains"))
    v, said_v = _matrix(w, kind, (columns,), ("v", "right_factors", "signals_row"))
    outer = w.names.one_of(("outer", "dyads", "table"))
    w.write(
        """
        outer = wp.tile_broadcast(wp.tile_reshape(u, shape=(rows, 1)), shape=whole) * wp.tile_broadcast(v, shape=whole)
        """,
        outer=outer, u=u.node, v=v.node, rows=size(w, rows), whole=shape_node(w, (rows, columns)),
    )  # fmt: skip
    tile = _made(w, outer, (rows, columns), kind, 1.0, u, v)
    w.features.update(("tile_broadcast", "tile_reshape"))
    return [said_u, said_v, f"let {tile.words} be the outer product of {u.words} and {v.words}"]


def _damped(w: KernelWriter) -> list[str]:
    """Add a vector of the block's own to the diagonal of a matrix."""
    kind, side = _kind(w), _sides(w, 1)[0]
    role = w.names.array(kind)
    a, said_a = _matrix(w, kind, (side, side))
    damping = load_filled(w, role.plural, kind, (side,), natural_range(role, kind))
    w.tiles.read(damping.tile)
    out = w.names.one_of(("damped", "shifted_matrix", "K"))
    w.write("out = wp.tile_diag_add(a, d)", out=out, a=a.node, d=damping.tile.node)
    tile = _made(w, out, (side, side), kind, 1.0 + damping.tile.interval.magnitude, a, damping.tile)
    w.features.add("tile_diag_add")
    return [said_a, damping.words, f"let {tile.words} be {a.words} with {damping.tile.words} added to its diagonal"]


_IDIOMS: dict[Callable[[KernelWriter], list[str]], float] = {
    _product: 3.0,
    _gemm: 4.0,
    _factor: 1.5,
    _solve: 3.0,
    _triangular: 2.0,
    _layer: 2.0,
    _outer: 1.0,
    spectrum: 2.0,
    _damped: 1.0,
}
FAMILY = Family(
    "tile_linear_algebra",
    ("tile_matmul",),
    "matrix products, factorizations, solved systems and Fourier transforms of tiles",
    ("gemm", "matmul", "system", "factor", "layer", "solution", "spectrum", "products", "gram"),
    Style(
        operations=STYLE_OPERATIONS,
        forms={
            "tile-arithmetic": 3,
            "tile-map": 2,
            "tile-function": 2,
            "tile-in-place": 1,
            "tile-load": 1,
            "tile-reduction": 1,
            "tile-axis-reduction": 1,
            "tile-transpose": 1,
            "tile-broadcast": 0.6,
            "tile-scalars": 0.7,
            "tile-parameter": 0.5,
        },
        dimensions=(6, 8, 0.6, 0),
        floats=(10, 2.5, 0, 0),
    ),
    core,
    TILE_FORMS,
    close,
)
