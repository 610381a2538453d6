"""Changes in place: components of vectors, rows and elements of matrices, parts of rotations, whole variables."""

from warpsmith.bridge.catalog import Signature
from warpsmith.synth.coverage.asks import Ask
from warpsmith.synth.coverage.session import Session
from warpsmith.synth.coverage.supply import REACHES, planned, realized
from warpsmith.synth.expr import Expr
from warpsmith.synth.idiom import Filling
from warpsmith.synth.interval import Interval
from warpsmith.synth.meanings.meaning import ANY, Need
from warpsmith.synth.types import Matrix, ValueType, components, is_float, scalar_of, value_types

_COPIES = ("moved", "changed", "next_value", "work", "updated_value", "edited")
_CALM = REACHES[-1]
_IN_PLACE = frozenset(
    {
        "assign_inplace",
        "add_inplace",
        "sub_inplace",
        "bit_and_inplace",
        "bit_or_inplace",
        "bit_xor_inplace",
        "transform_add_inplace",
        "transform_sub_inplace",
        "assign",
    }
)
_SAID = {"add": "add {1} to {0}", "sub": "subtract {1} from {0}", "assign": "set {0} to {1}"}


def is_change(signature: Signature) -> bool:
    """Tell whether a target changes a variable of plain values; bits of fractions are left alone."""
    known = value_types()
    return (
        signature.name in _IN_PLACE
        and all(kind in known for kind in signature.arguments)
        and not ("bit_" in signature.name and is_float(known[signature.arguments[0]]))
    )


def changed(s: Session, signature: Signature) -> None:
    """Copy a value into a variable and change it, or a part of it."""
    w, known = s.w, value_types()
    kinds = [known[kind] for kind in signature.arguments]
    whole = realized(s, planned(s, Ask(kinds[0]), (), _CALM))
    local = w.names.one_of(_COPIES)
    w.write("local = whole", local=local, whole=whole.node)
    indices = [_index(s, kinds, depth) for depth in range(1, len(kinds) - 1)]
    # an unsigned number must not fall below zero
    need = Need(0.0, 1.0) if "sub" in signature.name and scalar_of(kinds[0]).kind == "uint" else ANY
    given = realized(s, planned(s, Ask(kinds[-1], need=need), (whole, *indices), _CALM))
    nodes: list[Filling] = [local, *(index.node for index in indices), given.node]
    text = signature.template.format_map({parameter: f"hole_{parameter}" for parameter in signature.parameters})
    w.write(text, **{f"hole_{hole}": node for hole, node in zip(signature.parameters, nodes, strict=True)})
    w.bind(local, kinds[0], _reached(signature, whole, given), roots=whole.roots | given.roots)
    s.words.append(f"let {local} be {whole.words} and {_words(signature, local, indices, given)}")


def _reached(signature: Signature, whole: Expr, given: Expr) -> Interval:
    before, change = whole.interval, given.interval
    if "bit_" in signature.name:
        top = float(2 ** int(max(before.magnitude, change.magnitude)).bit_length() - 1)
        return Interval(-top - 1.0 if min(before.low, change.low) < 0.0 else 0.0, top)
    if "sub" in signature.name:
        return before.hull(before.subtract(change))
    return before.hull(before.add(change)) if "add" in signature.name else before.hull(change)


def _index(s: Session, kinds: list[ValueType], depth: int) -> Expr:
    whole = kinds[0]
    extent = whole.size if isinstance(whole, Matrix) else components(whole)
    return realized(s, planned(s, Ask(kinds[depth], "pivot", Need(0.0, extent - 1.0)), (), _CALM))


def _words(signature: Signature, local: str, indices: list[Expr], given: Expr) -> str:
    verb = signature.name.removeprefix("transform_").removesuffix("_inplace")
    place = f"{local} at {', '.join(index.words for index in indices)}" if indices else local
    said = _SAID.get(verb, f"combine the bits of {{0}} and {{1}} by {verb.removeprefix('bit_')}")
    return said.format(place, given.words)
