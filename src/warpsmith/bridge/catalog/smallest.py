"""The smallest kernel that calls an overload: what proves the catalog, and shows how each supply is written."""

from warpsmith.bridge.catalog import kinds
from warpsmith.bridge.catalog.signature import Signature
from warpsmith.bridge.catalog.supplying import Draft, supplied

KERNEL = "specimen"
_TAKEN = ("t", "out", "range", "min", "max")


def specimen(signature: Signature) -> str:
    """Return the text of a kernel named `KERNEL` that calls an overload as its signature says, and keeps what it gives.

    Values are read from arrays, at the place of the thread; handles, arrays and textures are parameters; tiles are
    loaded; queries, ranges and the like are made by a builtin before. The text is self-contained.
    """
    draft = Draft()
    for name in (*signature.arguments, signature.result or ""):
        draft.declared.update(dict.fromkeys(kinds.declarations(name)))
    written = {
        parameter: supplied(draft, f"{parameter}_" if parameter in _TAKEN else parameter, supply)
        for parameter, supply in zip(signature.parameters, signature.supplies, strict=True)
    }
    _call(draft, signature, signature.template.format_map(written))
    for parameter, supply in zip(signature.parameters, signature.supplies, strict=True):
        if supply.way == "local" or (supply.way == "tile" and _is_changed(signature, parameter)):
            _store(draft, written[parameter], supply.type, f"{written[parameter]}_out")
    return _text(draft)


def _is_changed(signature: Signature, parameter: str) -> bool:
    return any(condition.requirement == "local" for condition in signature.conditions_of(parameter))


def _call(draft: Draft, signature: Signature, call: str) -> None:
    """Add the call where it has to stand, and keep the result."""
    if signature.form == "loop":
        draft.statements += [f"for item in {call}:", f"    {draft.parameter('out', 'array1d[int32]')}[t] = item"]
    elif signature.form == "index":
        _keep(draft, f"{draft.parameter('values', 'array1d[float32]')}[{call}]", "array1d[float32]")
    elif signature.form == "statement":
        draft.statements.append(call)
    elif signature.result is not None and signature.name == "tuple":
        draft.let("result", call)
        for place, part in enumerate(kinds.parts(signature.result)):
            _store(draft, f"result[{place}]", part, f"out{place}")
    elif signature.result is not None:
        _keep(draft, call, signature.result)


def _keep(draft: Draft, call: str, result: str) -> None:
    if kinds.parse(result).kind != "tuple":
        _store(draft, draft.let("result", call), result, "out")
        return
    parts = kinds.parts(result)
    draft.let(", ".join(f"result{place}" for place in range(len(parts))), call)
    for place, part in enumerate(parts):
        _store(draft, f"result{place}", part, f"out{place}")


def _store(draft: Draft, value: str, type_name: str, out: str) -> None:
    """Keep a value of a kernel in an array, if arrays can hold such values."""
    what = kinds.parse(type_name)
    if what.kind in ("scalar", "vector", "matrix", "quaternion", "transform"):
        draft.let(f"{draft.parameter(out, kinds.array(1, type_name))}[t]", value)
    elif what.kind == "tile":
        target = draft.parameter(out, kinds.array(len(what.shape), what.element))
        draft.statements.append(f"wp.tile_store({target}, {value})")
    elif what.kind in ("array", "fixedarray"):
        place = ", ".join(["0"] * what.dimensions)
        draft.let(f"{draft.parameter(out, kinds.array(1, what.element))}[t]", f"{value}[{place}]")


def _text(draft: Draft) -> str:
    parameters = ", ".join(f"{name}: {annotation}" for name, annotation in draft.parameters.items())
    declared = "".join(f"\n{line}" for line in draft.declared) + "\n" * bool(draft.declared)
    functions = "".join(f"\n\n{text}" for text in draft.functions)
    body = "".join(f"    {line}\n" for line in ("t = wp.tid()", *draft.statements))
    return f"import warp as wp\n{declared}{functions}\n\n@wp.kernel\ndef {KERNEL}({parameters}):\n{body}"
