"""The arguments that the builtins of tiles are called with: a small set of shapes, element types and operators."""

from collections.abc import Iterator, Mapping
from itertools import product

from warpsmith.bridge.catalog.asking import Row
from warpsmith.bridge.catalog.kinds import function, tile
from warpsmith.bridge.catalog.rows import Rows, dtype, numbered

TILES: Mapping[int, tuple[int, ...]] = {1: (8,), 2: (4, 4), 3: (2, 4, 4), 4: (2, 2, 2, 2)}
"""The shape of a tile of each number of dimensions; matrices are square."""

NUMBERS = ("float32", "float64", "float16", "int32")
FLOATS = ("float32", "float64", "float16")
VALUES = ("float32", "float64", "int32", "vec3f", "mat33f", "quatf")
SORTED = ("float32", "int32", "uint32", "int64", "uint64")
_ELEMENTS = ("float32", "int32", "vec3f")
_BITS = ("int32", "uint32")
_AXES = "ijklmn"


def _of(rank: int, element: str) -> str:
    return tile(element, *TILES[rank])


def _each(parameters: str, elements: tuple[str, ...], ranks: tuple[int, ...] = (1, 2), *rest: tuple[str, str]) -> Rows:
    """Tiles of one shape and type for each of the parameters, and what comes after them."""

    def rows() -> Iterator[Row]:
        for element, rank in product(elements, ranks):
            yield (*((parameter, _of(rank, element)) for parameter in parameters.split()), *rest)

    return rows


def _all(*several: Rows) -> Rows:
    def rows() -> Iterator[Row]:
        for one in several:
            yield from one()

    return rows


def _fixed(*rows: Row) -> Rows:
    return lambda: iter(rows)


def _shapes() -> Iterator[tuple[str, str]]:
    yield ("shape", "=8")
    yield ("shape", "=(4, 4)")
    yield ("shape", "=(2, 4, 4)")


def _filled(with_value: bool = False) -> Rows:
    def rows() -> Iterator[Row]:
        for shape, element in product(_shapes(), ("float32", "float64", "int32", "vec3f")):
            yield (shape, *((("value", element),) if with_value else ()), dtype(element))
        yield (
            ("shape", "=8"),
            *((("value", "float32"),) if with_value else ()),
            dtype("float32"),
            ("storage", "='shared'"),
        )

    return rows


def _from_thread() -> Iterator[Row]:
    for shape, element in product(_shapes(), ("float32", "int32", "vec3f")):
        yield (shape, ("value", element), ("thread_idx", "int32"))


def _random(low: str, high: str) -> Rows:
    def rows() -> Iterator[Row]:
        for shape in _shapes():
            yield (shape, ("rng", "uint32"))
            yield (shape, ("rng", "uint32"), ("min", f"={low}"), ("max", f"={high}"))

    return rows


def _arange() -> Iterator[Row]:
    for scalar, stop in (("int32", "8"), ("float32", "8.0")):
        yield (*numbered(f"={stop}"), dtype(scalar))
        yield (*numbered(f"={stop[0].replace('8', '0')}{stop[1:]}", f"={stop}"), dtype(scalar))
        yield (*numbered(f"=0{stop[1:]}", f"={stop}", f"=2{stop[1:]}"), dtype(scalar))


def _load(*, store: bool, keyword: str = "shape") -> Rows:
    """Between an array and a tile."""

    def rows() -> Iterator[Row]:
        for element, rank in product(VALUES, TILES):
            shape = TILES[rank]
            whole = (("a", f"array{rank}d[{element}]"),)
            text = str(shape[0]) if rank == 1 else str(shape)
            what = ("t", tile(element, *shape)) if store else (keyword, f"={text}")
            yield (*whole, what)
            if element == "float32":
                offset = "0" if rank == 1 else str((0,) * rank)
                yield (*whole, what, ("offset", f"={offset}"))

    return rows


def _indexed(*, store: bool) -> Rows:
    def rows() -> Iterator[Row]:
        for element in ("float32", "int32", "vec3f"):
            indices = ("indices", "tile[int32,4]")
            what = ("t", tile(element, 4, 4)) if store else ("shape", "=(4, 4)")
            yield (("a", f"array2d[{element}]"), indices, what)
            yield (("a", f"array2d[{element}]"), indices, what, ("axis", "=1"))

    return rows


def _elements(first: str, *after: str, value: str = "value", elements: tuple[str, ...] = _ELEMENTS) -> Rows:
    """Elements of tiles, by as many indices as the tile and its elements have dimensions."""

    def rows() -> Iterator[Row]:
        for rank, element in product(TILES, elements):
            yield row(_of(rank, element), rank, element)
        yield row(_of(4, "vec3f"), 5, "float32")
        yield row(_of(4, "mat33f"), 6, "float32")

    def row(whole: str, count: int, element: str) -> Row:
        indices = ((axis, "int32") for axis in _AXES[:count])
        return ((first, whole), *indices, *(((value, element),) if value else ()), *((name, "bool") for name in after))

    return rows


def _assign() -> Iterator[Row]:
    yield from _elements("dst", value="src")()
    for element in ("float32", "int32", "vec3f"):
        yield (("dest", element), ("src", element))


def _maps() -> Iterator[Row]:
    for element, rank in product(FLOATS, (1, 2)):
        whole = _of(rank, element)
        for operator in ("sin", "exp", "sqrt", "abs", "neg"):
            yield (("op", f"=wp.{operator}"), ("a", whole))
        for operator in ("add", "mul", "min", "max", "sub", "div"):
            yield (("op", f"=wp.{operator}"), ("a", whole), ("b", whole))
        yield (("op", "=wp.mul"), ("a", whole), ("b", element))
        yield (("op", function(element, 1)), ("a", whole))
        yield (("op", function(element, 2)), ("a", whole), ("b", whole))
        yield (("op", function(element, 3)), ("a", whole), *numbered(whole, whole))
        yield (("op", function(element, 3)), ("a", whole), *numbered(whole, element))


def _reduce() -> Iterator[Row]:
    for element, operator in product(NUMBERS, ("add", "mul", "min", "max")):
        for rank in (1, 2):
            yield (("op", f"=wp.{operator}"), ("a", _of(rank, element)))
        yield (("op", f"=wp.{operator}"), ("a", _of(2, element)), ("axis", "=0"))
    for element in NUMBERS:
        yield (("op", function(element, 2)), ("a", _of(1, element)))


def _sort() -> Iterator[Row]:
    for key, value in product(SORTED, ("int32", "float32")):
        yield (("keys", _of(1, key)), ("values", _of(1, value)))


def _axpy() -> Iterator[Row]:
    for element, rank in product(FLOATS, (1, 2)):
        yield (("alpha", element), ("src", _of(rank, element)), ("dest", _of(rank, element)))


def _matmul() -> Iterator[Row]:
    for element in (*FLOATS, "vec2f", "vec2d"):
        a, b, out = tile(element, 4, 8), tile(element, 8, 4), tile(element, 4, 4)
        yield (("a", a), ("b", b))
        yield (("a", a), ("b", b), ("out", out))


def _solve(left: str, right: str) -> Rows:
    def rows() -> Iterator[Row]:
        for element in ("float32", "float64"):
            yield ((left, tile(element, 4, 4)), (right, tile(element, 4)))
            yield ((left, tile(element, 4, 4)), (right, tile(element, 4, 4)))

    return rows


def _arithmetic(*, scalar: bool, elements: tuple[str, ...] = (*NUMBERS, "vec3f")) -> Rows:
    def rows() -> Iterator[Row]:
        yield from _each("a b", elements)()
        for element in elements[: 3 if scalar else 0]:
            yield (("a", _of(1, element)), ("b", element))
            yield (("a", element), ("b", _of(1, element)))

    return rows


def _in_place(bitwise: bool) -> Rows:
    return _each("a b", ("int32", "uint32") if bitwise else (*NUMBERS, "vec3f"))


def _stacks() -> Iterator[Row]:
    for element in ("int32", "float32", "vec3f"):
        yield (("capacity", "=16"), dtype(element))


def _on_stack(*after: str) -> Rows:
    def rows() -> Iterator[Row]:
        for element in ("int32", "float32", "vec3f"):
            whole = f"tile_stack[{element},16]"
            yield (("s", whole), *((name, {"value": element}.get(name, "bool")) for name in after))

    return rows


_MULTIPLES: Rows = _fixed(
    (("a", "mat23f"), ("b", "mat32f")),
    (("a", "mat23f"), ("b", "vec3f")),
    (("a", "vec2f"), ("b", "mat23f")),
)

TILE_ROWS: Mapping[str, Rows] = {
    "tile_zeros": _filled(),
    "tile_ones": _filled(),
    "tile_empty": _filled(),
    "tile_full": _filled(with_value=True),
    "tile_from_thread": _from_thread,
    "tile_randi": _random("0", "10"),
    "tile_randf": _random("-1.0", "1.0"),
    "tile_arange": _arange,
    "tile_load": _load(store=False),
    "tile_load_indexed": _indexed(store=False),
    "tile_store": _load(store=True),
    "tile_store_indexed": _indexed(store=True),
    "tile_atomic_add": _load(store=True),
    "tile_atomic_add_indexed": _indexed(store=True),
    "tile_view": _fixed(
        *((("t", _of(2, element)), ("offset", "=(1,)")) for element in VALUES),
        (("t", _of(2, "float32")), ("offset", "=(0, 2)"), ("shape", "=(2, 2)")),
        (("t", _of(1, "float32")), ("offset", "=(2,)"), ("shape", "=(4,)")),
    ),
    "tile_slice_indexed": _fixed(
        *((("t", _of(2, element)), ("indices", "(tile[int32,2], =:)")) for element in NUMBERS)
    ),
    "tile_squeeze": _fixed(*((("t", tile(element, 1, 8)),) for element in NUMBERS)),
    "tile_reshape": _fixed(*((("t", _of(2, element)), ("shape", "=(16,)")) for element in VALUES)),
    "tile_astype": _fixed(*((("t", _of(1, element)), dtype(to)) for element, to in product(NUMBERS, NUMBERS))),
    "tile_assign": _fixed(
        *((("dst", _of(1, element)), ("src", _of(1, element))) for element in VALUES),
        (("dst", _of(2, "float32")), ("src", "tile[float32,2,2]"), ("offset", "=(1, 1)")),
    ),
    "assign": _assign,
    "tile": _fixed(
        *((("x", element),) for element in VALUES if element != "quatf"), (("x", "vec3f"), ("preserve_type", "=True"))
    ),
    "untile": _fixed(*((("a", tile(element, 0)),) for element in ("float32", "int32"))),
    "tile_extract": _elements("a", value=""),
    "tile_scatter_add": _elements("a", "has_value"),
    "tile_scatter_masked": _elements("a", "has_value"),
    "tile_add_inplace": _elements("a"),
    "tile_sub_inplace": _elements("a"),
    "tile_bit_and_inplace": _elements("a", elements=_BITS),
    "tile_bit_or_inplace": _elements("a", elements=_BITS),
    "tile_bit_xor_inplace": _elements("a", elements=_BITS),
    "tile_transpose": _each("a", VALUES, (2,)),
    "tile_broadcast": _fixed(*((("a", tile(element, 1, 4)), ("shape", "=(4, 4)")) for element in NUMBERS)),
    "tile_sum": _all(_each("a", (*NUMBERS, "vec3f")), _each("a", NUMBERS, (2,), ("axis", "=0"))),
    "tile_dot": _each("a b", (*FLOATS, "vec3f")),
    "tile_axpy": _axpy,
    "tile_sort": _sort,
    "tile_min": _each("a", NUMBERS),
    "tile_argmin": _each("a", NUMBERS),
    "tile_max": _each("a", NUMBERS),
    "tile_argmax": _each("a", NUMBERS),
    "tile_reduce": _reduce,
    "tile_scan_inclusive": _each("a", NUMBERS),
    "tile_scan_exclusive": _each("a", NUMBERS),
    "tile_scan_max_inclusive": _each("a", NUMBERS),
    "tile_scan_min_inclusive": _each("a", NUMBERS),
    "tile_map": _maps,
    "tile_diag_add": _fixed(*((("a", tile(e, 4, 4)), ("d", tile(e, 4))) for e in NUMBERS)),
    "tile_matmul": _matmul,
    "tile_fft": _fixed(*((("inout", tile(e, 2, 256)),) for e in ("vec2f", "vec2d"))),
    "tile_ifft": _fixed(*((("inout", tile(e, 2, 256)),) for e in ("vec2f", "vec2d"))),
    "tile_cholesky": _each("A", ("float32", "float64"), (2,)),
    "tile_cholesky_inplace": _each("A", ("float32", "float64"), (2,)),
    "tile_cholesky_solve": _solve("L", "y"),
    "tile_cholesky_solve_inplace": _solve("L", "y"),
    "tile_lower_solve": _solve("L", "y"),
    "tile_lower_solve_inplace": _solve("L", "y"),
    "tile_upper_solve": _solve("U", "z"),
    "tile_upper_solve_inplace": _solve("U", "z"),
    "tile_stack": _stacks,
    "tile_stack_push": _on_stack("value", "has_value"),
    "tile_stack_pop": _on_stack(),
    "tile_stack_clear": _on_stack(),
    "tile_stack_count": _on_stack(),
    "add": _arithmetic(scalar=False),
    "sub": _arithmetic(scalar=False),
    "mul": _all(_arithmetic(scalar=True), _MULTIPLES),
    "div": _arithmetic(scalar=True),
    "neg": _each("x", (*NUMBERS, "vec3f")),
    "pos": _each("x", NUMBERS),
    "bit_and": _arithmetic(scalar=False, elements=("int32", "uint32")),
    "bit_or": _arithmetic(scalar=False, elements=("int32", "uint32")),
    "bit_xor": _arithmetic(scalar=False, elements=("int32", "uint32")),
    "add_inplace": _in_place(bitwise=False),
    "sub_inplace": _in_place(bitwise=False),
    "bit_and_inplace": _in_place(bitwise=True),
    "bit_or_inplace": _in_place(bitwise=True),
    "bit_xor_inplace": _in_place(bitwise=True),
}
