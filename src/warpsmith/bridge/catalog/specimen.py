"""The smallest kernel that calls an overload: what proves the catalog, and shows how each supply is written."""

from dataclasses import dataclass, field

from warpsmith.bridge.catalog import kinds
from warpsmith.bridge.catalog.signature import Signature, Supply
from warpsmith.bridge.catalog.supplies import TILED_MAKERS, supply_of

KERNEL = "specimen"


@dataclass(slots=True)
class _Kernel:
    """A kernel while it is written: parameters, statements before the call, the call, statements after it."""

    declared: tuple[str, ...] = ()
    parameters: dict[str, str] = field(default_factory=dict)
    before: list[str] = field(default_factory=list)
    call: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def parameter(self, name: str, annotation: str) -> str:
        """Add a parameter and return its name, which ends in an underscore where Python has it taken."""
        self.parameters[name] = annotation
        return name

    def text(self) -> str:
        """Return the whole text."""
        parameters = ", ".join(f"{name}: {annotation}" for name, annotation in self.parameters.items())
        declared = "".join(f"\n{line}" for line in self.declared) + "\n" * bool(self.declared)
        body = "".join(f"    {line}\n" for line in (*self.before, *self.call, *self.after))
        return f"import warp as wp\n{declared}\n\n@wp.kernel\ndef {KERNEL}({parameters}):\n    t = wp.tid()\n{body}"


def specimen(signature: Signature) -> str:
    """Return the text of a kernel named `KERNEL` that calls an overload as its signature says, and keeps what it gives.

    Values are read from arrays, at the place of the thread; handles, arrays and textures are parameters; tiles are
    loaded; queries, ranges and the like are made by a builtin before. The text is self-contained.
    """
    types = (*signature.arguments, signature.result or "")
    kernel = _Kernel(tuple(dict.fromkeys(line for name in types for line in kinds.declarations(name))))
    supplied = {
        parameter: _supplied(kernel, _safe(parameter), supply)
        for parameter, supply in zip(signature.parameters, signature.supplies, strict=True)
    }
    call = signature.template.format_map(supplied)
    if signature.form == "loop":
        kernel.call += [f"for item in {call}:", "    out[t] = item"]
        kernel.parameter("out", "wp.array[wp.int32]")
        return kernel.text()
    if signature.form == "index":
        values = kernel.parameter("values", "wp.array[wp.float32]")
        _keep_result(kernel, f"{values}[{call}]", "array1d[float32]", unpack=True)
    elif signature.form == "statement":
        kernel.call.append(call)
    else:
        assert signature.result is not None
        _keep_result(kernel, call, signature.result, unpack=signature.name != "tuple")
    for parameter, supply in zip(signature.parameters, signature.supplies, strict=True):
        if supply.way == "local" or (supply.way == "tile" and _is_changed(signature, parameter)):
            _store(kernel, supplied[parameter], supply.type, f"{supplied[parameter]}_out")
    return kernel.text()


def _is_changed(signature: Signature, parameter: str) -> bool:
    return any(condition.requirement == "local" for condition in signature.conditions_of(parameter))


def _safe(name: str) -> str:
    """Return a name for a variable of the kernel: not ``t``, and no word of Python."""
    return f"{name}_" if name in ("t", "out", "range", "min", "max") else name


def _supplied(kernel: _Kernel, name: str, supply: Supply) -> str:
    """Add what an argument needs to a kernel and return the expression for it."""
    if supply.way == "element":
        return f"{kernel.parameter(name, _array_of(supply.type))}[t]"
    if supply.way == "local":
        kernel.before.append(f"{name} = {kernel.parameter(f'{name}_in', _array_of(supply.type))}[t]")
        return name
    if supply.way == "constant":
        return supply.choices[0] if supply.choices else "1"
    if supply.way == "handle":
        return kernel.parameter(name, "wp.uint64")
    if supply.way in ("array", "parameter"):
        return kernel.parameter(name, kinds.spelling(supply.type))
    if supply.way == "tile":
        return _tile(kernel, name, kinds.parse(supply.type))
    return _made(kernel, name, supply)


def _array_of(element: str, dimensions: int = 1) -> str:
    return kinds.spelling(kinds.array(dimensions, element))


def _tile(kernel: _Kernel, name: str, what: kinds.TypeName) -> str:
    source = kernel.parameter(f"{name}_in", _array_of(what.element, len(what.shape)))
    kernel.before.append(
        f"{name} = wp.tile_load({source}, shape={what.shape[0] if len(what.shape) == 1 else what.shape})"
    )
    return name


def _made(kernel: _Kernel, name: str, supply: Supply) -> str:
    """Make an object by the builtin that makes it; of two, let the thread decide."""
    what = kinds.parse(supply.type)
    if supply.type == "range_t":
        return f"range({kernel.parameter('count', 'wp.int32')})"
    if supply.type == "shape_t":
        return f"{kernel.parameter(name, 'wp.array[wp.float32]')}.shape"
    if what.kind == "fixedarray":
        kernel.before.append(f"{name} = wp.zeros({what.shape}, dtype={kinds.spelling(what.element)})")
        return name
    if what.kind == "tuple":
        return _several(kernel, name, kinds.parts(supply.type))
    if what.kind == "tile":
        value = _supplied(kernel, f"{name}_value", Supply("local", what.element))
        kernel.before.append(f"{name} = wp.tile({value})")
        return name
    if what.kind == "stack":
        kernel.before.append(f"{name} = wp.tile_stack(capacity={what.shape[0]}, dtype={kinds.spelling(what.element)})")
        return name
    _query(kernel, name, supply)
    return name


def _several(kernel: _Kernel, name: str, parts: tuple[str, ...]) -> str:
    """Make a tuple in a variable; where slices are among the parts, write them for the brackets of an index."""
    written = ", ".join(_supplied(kernel, f"{name}{place}", supply_of(part, ())) for place, part in enumerate(parts))
    if any(part.startswith("=") for part in parts):
        return written
    kernel.before.append(f"{name} = ({written})")
    return name


def _query(kernel: _Kernel, name: str, supply: Supply) -> None:
    kernel.parameter("query_id", "wp.uint64")
    scalar = {"HashGridQueryH": "float16", "HashGridQueryD": "float64"}.get(supply.type, "float32")
    point = kernel.parameter("query_point", _array_of(kinds.vector(3, scalar)))
    reach = kernel.parameter("query_reach", _array_of(scalar))
    rest = {"aabb": f"{point}[t], {point}[t]", "ray": f"{point}[t], {point}[t]"}
    whole = {"capsule": f"{point}[t], {point}[t], {reach}[t]"}
    calls = [
        f"wp.{maker}(query_id, {(rest | whole).get(maker.rsplit('_', 1)[-1], f'{point}[t], {reach}[t]')})"
        for maker in supply.choices
    ]
    kernel.before.append(f"{name} = {calls[0]}")
    if len(calls) > 1 and supply.type not in TILED_MAKERS:
        kernel.before += ["if t > 1:", f"    {name} = {calls[1]}"]


def _keep_result(kernel: _Kernel, call: str, result: str, *, unpack: bool) -> None:
    what = kinds.parse(result)
    if what.kind != "tuple":
        kernel.call.append(f"result = {call}")
        _store(kernel, "result", result, "out")
        return
    parts = kinds.parts(result)
    places = [f"result{place}" if unpack else f"result[{place}]" for place in range(len(parts))]
    kernel.call.append(f"{', '.join(places) if unpack else 'result'} = {call}")
    for place, part in enumerate(parts):
        _store(kernel, places[place], part, f"out{place}")


def _store(kernel: _Kernel, value: str, of_type: str, out: str) -> None:
    """Keep a value of a kernel in an array, if arrays can hold such values."""
    what = kinds.parse(of_type)
    if what.kind in ("scalar", "vector", "matrix", "quaternion", "transform"):
        kernel.after.append(f"{kernel.parameter(out, _array_of(of_type))}[t] = {value}")
    elif what.kind == "tile":
        target = kernel.parameter(out, _array_of(what.element, len(what.shape)))
        kernel.after.append(f"wp.tile_store({target}, {value})")
    elif what.kind in ("array", "fixedarray"):
        place = ", ".join(["0"] * what.dimensions)
        kernel.after.append(f"{kernel.parameter(out, _array_of(what.element))}[t] = {value}[{place}]")
