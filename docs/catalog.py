"""The tables of docs/builtins.md, made from the catalog."""

from collections import Counter

from warpsmith.bridge.catalog import FAULTS, FAULTY, LEFT_OUT, LEFT_OUT_OVERLOADS, instances, signatures
from warpsmith.bridge.catalog.kinds import FLOATS, INTS, SCALARS
from warpsmith.bridge.catalog.rows import ELEMENTS, LENGTHS, SHAPES
from warpsmith.bridge.catalog.tilerows import TILES, VALUES


def counts() -> str:
    """Return a table of names, concrete overloads and instances by group of Warp's documentation."""
    every = (*signatures(), *instances())
    groups = dict.fromkeys(signature.group for signature in every)
    names = Counter(group for group, _ in {(signature.group, signature.name): None for signature in every})
    by_origin = Counter((signature.group, signature.origin) for signature in every)
    rows = ["| Group | Names | Concrete overloads | Instances of generic ones |", "|---|---:|---:|---:|"]
    for group in groups:
        concrete, made = (by_origin[group, origin] for origin in ("concrete", "instance"))
        rows.append(f"| {group} | {names[group]} | {concrete:,} | {made:,} |")
    together = len({signature.name for signature in every})
    rows.append(f"| together | {together} | {len(signatures()):,} | {len(instances()):,} |")
    return "\n".join(rows)


def types() -> str:
    """Return a table of the types that are put into generic overloads."""
    shapes = ", ".join(f"{rows}x{columns}" for rows, columns in SHAPES)
    meanings = {
        "`Scalar`": _code(SCALARS),
        "`Float`": _code(FLOATS),
        "`Int`": _code(INTS),
        "`Any`": f"{_code(ELEMENTS)}; for `array`s of several dimensions, `float32`, `int32` and `vec3f`",
        "a vector of any length": f"{', '.join(map(str, LENGTHS))}, and 5 of `float32` and `int32`",
        "a matrix of any shape": f"{shapes}, and 2x3 and 3x2 of `float32` and `int32`",
        "an array": "1 to 4 dimensions, as many as there are indices; indices of `int32`, and of every `Int` once",
        "a tile": f"shapes {', '.join(f'`{shape}`' for shape in TILES.values())}; elements {_code(VALUES)}",
    }
    return "\n".join(
        ["| In the registry | In the catalog |", "|---|---|", *(f"| {a} | {b} |" for a, b in meanings.items())]
    )


def left_out() -> str:
    """Return the table of what is left out."""
    rows = [f"| `{name}` | {reason} |" for name, reason in {**LEFT_OUT, **LEFT_OUT_OVERLOADS}.items()]
    return "\n".join(["| Builtin | Why |", "|---|---|", *rows])


def faults() -> str:
    """Return the table of what does not compile."""
    rows = [f"| `{name}` | {reason} |" for name, reason in {**FAULTS, **FAULTY}.items()]
    return "\n".join(["| Overload, or builtin | What the compiler says |", "|---|---|", *rows])


def _code(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
