"""Arguments in a kernel text: for each way of supply, the parameters and statements that it takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from warpsmith.bridge.catalog import kinds
from warpsmith.bridge.catalog.kinds import Kind, TypeName
from warpsmith.bridge.catalog.signature import Supply, Way
from warpsmith.bridge.catalog.supplies import supply_of


@dataclass(slots=True)
class Draft:
    """A kernel while it is written: types and functions before it, its parameters by annotation, its statements.

    The variable ``t`` is the thread.
    """

    declared: dict[str, None] = field(default_factory=dict)
    functions: list[str] = field(default_factory=list)
    parameters: dict[str, str] = field(default_factory=dict)
    statements: list[str] = field(default_factory=list)

    def parameter(self, name: str, type_name: str) -> str:
        """Add a parameter of a type and return its name."""
        self.declared.update(dict.fromkeys(kinds.declarations(type_name)))
        self.parameters[name] = kinds.spelling(type_name)
        return name

    def let(self, name: str, value: str) -> str:
        """Add a statement that puts a value into a variable and return its name."""
        self.statements.append(f"{name} = {value}")
        return name


def supplied(draft: Draft, name: str, supply: Supply) -> str:
    """Add what an argument takes to a kernel, under its name, and return the expression for it."""
    return _WRITERS[supply.way](draft, name, supply)


def _element(draft: Draft, name: str, supply: Supply) -> str:
    return f"{draft.parameter(name, kinds.array(1, supply.type))}[t]"


def _local(draft: Draft, name: str, supply: Supply) -> str:
    return draft.let(name, f"{draft.parameter(f'{name}_in', kinds.array(1, supply.type))}[t]")


def _constant(draft: Draft, name: str, supply: Supply) -> str:  # noqa: ARG001 - a writer like the others
    return supply.choices[0] if supply.choices else "1"


def _handle(draft: Draft, name: str, supply: Supply) -> str:  # noqa: ARG001 - a writer like the others
    return draft.parameter(name, "uint64")


def _parameter(draft: Draft, name: str, supply: Supply) -> str:
    return draft.parameter(name, supply.type)


def _tile(draft: Draft, name: str, supply: Supply) -> str:
    what = kinds.parse(supply.type)
    source = draft.parameter(f"{name}_in", kinds.array(len(what.shape), what.element))
    shape = what.shape if len(what.shape) > 1 else what.shape[0]
    return draft.let(name, f"wp.tile_load({source}, shape={shape})")


def _made(draft: Draft, name: str, supply: Supply) -> str:
    what = kinds.parse(supply.type)
    if what.kind in _MADE:
        return _MADE[what.kind](draft, name, what)
    if supply.type == "range_t":
        return f"range({draft.parameter('count', 'int32')})"
    if supply.type == "shape_t":
        return f"{draft.parameter(name, 'array1d[float32]')}.shape"
    return _query(draft, name, supply)


def _fixed_array(draft: Draft, name: str, what: TypeName) -> str:
    return draft.let(name, f"wp.zeros({what.shape}, dtype={kinds.spelling(what.element)})")


def _stack(draft: Draft, name: str, what: TypeName) -> str:
    return draft.let(name, f"wp.tile_stack(capacity={what.shape[0]}, dtype={kinds.spelling(what.element)})")


def _tile_of_threads(draft: Draft, name: str, what: TypeName) -> str:
    return draft.let(name, f"wp.tile({_local(draft, f'{name}_value', Supply('local', what.element))})")


def _tuple(draft: Draft, name: str, what: TypeName) -> str:
    """Make a tuple in a variable; one with slices in it stands in the brackets of an index as it is."""
    parts = kinds.parts(what.name)
    written = ", ".join(supplied(draft, f"{name}{place}", supply_of(part, ())) for place, part in enumerate(parts))
    return written if any(part.startswith("=") for part in parts) else draft.let(name, f"({written})")


def _query(draft: Draft, name: str, supply: Supply) -> str:
    """Make a query by the builtin that makes it; of two, let the thread decide."""
    scalar = {"HashGridQueryH": "float16", "HashGridQueryD": "float64"}.get(supply.type, "float32")
    draft.parameter("query_id", "uint64")
    point = f"{draft.parameter('query_point', kinds.array(1, kinds.vector(3, scalar)))}[t]"
    reach = f"{draft.parameter('query_reach', kinds.array(1, scalar))}[t]"
    draft.let(name, _query_call(supply.choices[0], point, reach))
    if supply.type in ("BvhQuery", "MeshQuery"):
        draft.statements += ["if t > 1:", f"    {name} = {_query_call(supply.choices[1], point, reach)}"]
    return name


def _query_call(maker: str, point: str, reach: str) -> str:
    rest = {"aabb": (point, point), "ray": (point, point), "capsule": (point, point, reach)}
    arguments = rest.get(maker.rsplit("_", 1)[-1], (point, reach))
    return f"wp.{maker}(query_id, {', '.join(arguments)})"


_MADE: Mapping[Kind, Callable[[Draft, str, TypeName], str]] = {
    "fixedarray": _fixed_array,
    "stack": _stack,
    "tile": _tile_of_threads,
    "tuple": _tuple,
}


def _function(draft: Draft, name: str, supply: Supply) -> str:
    """Define a function that adds its arguments, and twice the first."""
    names = [f"x{place}" for place in range(len(kinds.parts(supply.type)))]
    taken = zip(names, kinds.parts(supply.type), strict=True)
    parameters = ", ".join(f"{parameter}: {kinds.spelling(of_type)}" for parameter, of_type in taken)
    draft.functions.append(f"@wp.func\ndef {name}({parameters}):\n    return {' + '.join(('x0', *names))}\n")
    return name


_WRITERS: Mapping[Way, Callable[[Draft, str, Supply], str]] = {
    "element": _element,
    "local": _local,
    "constant": _constant,
    "function": _function,
    "handle": _handle,
    "array": _parameter,
    "parameter": _parameter,
    "tile": _tile,
    "maker": _made,
}
