"""Builtins of plain values that stand in an idiom of their own: checks, changes in place, several results."""

import ast
from collections.abc import Callable, Mapping, Sequence

from warpsmith.bridge.catalog import FAULTS, FAULTY, Signature, parts
from warpsmith.synth.coverage.asks import Ask
from warpsmith.synth.coverage.calls import called
from warpsmith.synth.coverage.changes import changed, is_change
from warpsmith.synth.coverage.passages import passages, passed
from warpsmith.synth.coverage.session import Session
from warpsmith.synth.coverage.supply import REACHES, planned, realized
from warpsmith.synth.coverage.walks import QUERIES, query_of, walked
from warpsmith.synth.expr import STORE, Expr, binary, call, literal_node, made_of, name, target
from warpsmith.synth.interval import UNIT, symmetric
from warpsmith.synth.launch import Form
from warpsmith.synth.meanings.meaning import ANY, Need
from warpsmith.synth.types import BOOL, Matrix, Quaternion, Scalar, Transform, ValueType, scalar_of, value_types

Writer = Callable[[Session, Signature], None]
_CALM = REACHES[-1]


def _operand(s: Session, kind: ValueType, ask: Ask | None = None, others: Sequence[Expr] = ()) -> Expr:
    """Return a value of a type from the kernel or from a new input."""
    return realized(s, planned(s, ask or Ask(kind), others, 1))


def _input(s: Session, kind: ValueType) -> Expr:
    """Return a value of a type from a new input whose values are small."""
    return realized(s, planned(s, Ask(kind), (), _CALM))


# checks of numbers, with what takes the place of a bad one

_TESTED = ("safe", "checked", "guarded", "clean", "valid")


def _guard(s: Session, signature: Signature) -> None:
    """Write a test of whether a value is a number, and use another one where it is not."""
    w = s.w
    kind = value_types()[signature.arguments[0]]
    tested = _operand(s, kind)
    spare = _input(s, kind)
    test = call(signature.name, tested.node)
    good, bad = (tested, spare) if signature.name == "isfinite" else (spare, tested)
    node = call("where", test, good.node, bad.node)
    said = {"isfinite": "is finite", "isnan": "is a number", "isinf": "is not infinite"}[signature.name]
    interval = tested.interval.hull(spare.interval)
    words = f"{{0}} where it {said}, else {{1}}"
    result = made_of(node, kind, interval, words, [tested, spare])
    local = w.define(w.names.one_of(_TESTED), result)
    s.words.append(f"let {local.expr.words} be {result.words}")


# checks that people write while they look for a mistake


def _expect_equal(s: Session, signature: Signature) -> None:
    """Write a check that two ways to the same result agree; what it reads still goes into the output."""
    kind = value_types()[signature.arguments[0]]
    first, second = _two(s, kind)
    w = s.w
    sides: tuple[ast.expr, ast.expr]
    if kind is BOOL:
        sides = (first.node, ast.UnaryOp(ast.Not(), ast.UnaryOp(ast.Not(), first.node)))
    elif isinstance(kind, Scalar) and w.choices.chance(0.4):
        builtin = w.choices.pick(("min", "max"))
        sides = (call(builtin, first.node, second.node), call(builtin, second.node, first.node))
    else:
        sides = (binary(first.node, ast.Add(), second.node), binary(second.node, ast.Add(), first.node))
    if signature.name == "expect_near":
        tolerance = literal_node(w.choices.pick((0.01, 0.001, 0.1)), scalar_of(kind))
        w.write("wp.expect_near(a, b, t)", a=sides[0], b=sides[1], t=tolerance)
    else:
        w.write("wp.expect_eq(a, b)", a=sides[0], b=sides[1])
    s.words.append(f"check that {first.words} and {second.words} give the same in either order")


def _expect_different(s: Session, signature: Signature) -> None:
    """Write a check that a value differs from another one made of it."""
    w, kind = s.w, value_types()[signature.arguments[0]]
    value = _two(s, kind)[0]
    words = f"{value.words} plus 1"
    if kind is BOOL:
        other: ast.expr = ast.UnaryOp(ast.Not(), value.node)
        words = f"not {value.words}"
    elif isinstance(kind, Quaternion | Transform):
        other = binary(value.node, ast.Mult(), literal_node(2.0, kind.scalar))
        words = f"twice {value.words}"
    else:
        other = binary(value.node, ast.Add(), literal_node(1, scalar_of(kind)))
    w.write("wp.expect_neq(a, b)", a=value.node, b=other)
    s.words.append(f"check that {value.words} differs from {words}")


def _two(s: Session, kind: ValueType) -> tuple[Expr, Expr]:
    """Return two values of a type that count as unread still: a check gives nothing to the output."""
    w = s.w
    unread = dict(w.block.pending)
    first = _input(s, kind) if w.choices.chance(0.5) else _operand(s, kind)
    second = first if kind is BOOL else _input(s, kind)
    for value in w.block.values:
        if value.expr.node in (first.node, second.node):
            unread[value] = None
    w.block.pending.update(unread)
    return first, second


# changes of a variable in place


def _set_part(s: Session, signature: Signature) -> None:
    """Copy a transformation and set its translation or its rotation."""
    w = s.w
    known = value_types()
    kind, part = known[signature.arguments[0]], known[signature.arguments[1]]
    whole = _input(s, kind)
    local = w.names.one_of(("moved", "pose", "frame", "adjusted", "local_frame"))
    given = _operand(s, part, Ask(part, need=Need(unit=isinstance(part, Quaternion)) if part is not kind else ANY))
    w.write("local = whole\nCALL(local, part)", local=local, whole=whole.node, part=given.node, CALL=_wp(signature))
    interval = whole.interval.hull(given.interval).hull(UNIT)
    w.bind(local, kind, interval, roots=whole.roots | given.roots)
    what = signature.name.rsplit("_", 1)[-1]
    s.words.append(f"let {local} be {whole.words} with the {what} {given.words}")


def _wp(signature: Signature) -> ast.expr:
    return ast.Attribute(name("wp"), signature.name, ast.Load())


# several results at once

_RESULTS: Mapping[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "svd2": ("the singular value decomposition of {0}", (("U", "left"), ("sigma", "stretches"), ("V", "right"))),
    "svd3": ("the singular value decomposition of {0}", (("U", "left"), ("sigma", "stretches"), ("V", "right"))),
    "qr3": ("the QR factors of {0}", (("Q", "ortho"), ("R", "upper"))),
    "eig3": ("the eigenvectors and eigenvalues of {0}", (("Q", "modes"), ("lam", "eigenvalues"))),
    "quat_to_axis_angle": ("the axis and the angle of {0}", (("axis", "turn_axis"), ("angle", "turn"))),
    "transform_decompose": (
        "the translation, rotation and scale of {0}",
        (("position", "shift"), ("rotation", "turn_q"), ("scale", "stretch")),
    ),
}


def _several(s: Session, signature: Signature) -> None:
    """Unpack what a builtin returns at once."""
    w, known = s.w, value_types()
    words, names = _RESULTS[signature.name]
    kind = known[signature.arguments[0]]
    given = realized(s, planned(s, _asked(signature, kind), (), _CALM))
    kinds = [known[part] for part in parts(signature.result or "")]
    locals_ = [w.names.one_of(wanted) for wanted in names]
    targets = ast.Tuple([target(local) for local in locals_], STORE)
    w.emit(ast.Assign([targets], call(signature.name, given.node), lineno=0))
    reach = symmetric(4.0 * max(given.interval.magnitude, 1.0))
    for local, value_type in zip(locals_, kinds, strict=True):
        w.bind(local, value_type, UNIT if isinstance(value_type, Quaternion) else reach, roots=given.roots)
    s.words.append(f"let {', '.join(locals_)} be {words.format(given.words)}")


def _asked(signature: Signature, kind: ValueType) -> Ask:
    if isinstance(kind, Matrix) and kind.size == 4:
        return Ask(kind, "rigid")
    form: Form = "spd" if signature.name == "eig3" else "invertible"
    return Ask(kind, form=form) if isinstance(kind, Matrix) else Ask(kind, need=Need(unit=True))


def _call(s: Session, signature: Signature) -> None:
    """Write a call whose result goes into a variable."""
    w = s.w
    expr = called(s, signature)
    if expr.type is BOOL:
        expr = _chosen(s, expr)
    elif signature.name in _COARSE:
        expr = _beside(s, expr)
    local = w.define(w.names.fresh(expr.noun or signature.name), expr)
    s.words.append(f"let {local.expr.words} be {expr.words}")


_COARSE = frozenset({"step", "nonzero", "sign", "intersect_tri_tri", "mesh_query_ray_count_intersections"})


def _chosen(s: Session, flag: Expr) -> Expr:
    """Return one of two values, as a condition says."""
    w = s.w
    if w.choices.chance(0.6):
        named = w.define(w.names.fresh(flag.noun), flag, mutable=False, pending=False).expr
        s.words.append(f"let {named.words} be {flag.words}")
        flag = named
    kind = w.choices.pick([value.type for value in w.block.open() if value.type is not BOOL] or [w.precision])
    first = _operand(s, kind)
    second = realized(s, planned(s, Ask(kind), (first,), _CALM))
    node = call("where", flag.node, first.node, second.node)
    interval = first.interval.hull(second.interval)
    return made_of(node, kind, interval, "{1} where {0}, else {2}", [flag, first, second], noun="chosen")


def _beside(s: Session, expr: Expr) -> Expr:
    """Return something that takes few values added to a number that takes many."""
    other = _input(s, expr.type)
    node = binary(other.node, ast.Add(), expr.node)
    interval = other.interval.add(expr.interval)
    return made_of(node, expr.type, interval, "{0} plus {1}", [other, expr], noun=expr.noun)


def _passed(s: Session, signature: Signature) -> None:
    passed(s, passages()[signature.key])


_WRITERS: Mapping[str, Writer] = {
    "isfinite": _guard,
    "isnan": _guard,
    "isinf": _guard,
    "expect_eq": _expect_equal,
    "expect_near": _expect_equal,
    "expect_neq": _expect_different,
    "transform_set_translation": _set_part,
    "transform_set_rotation": _set_part,
    **dict.fromkeys(_RESULTS, _several),
}


def writer_of(signature: Signature, *, plain: bool) -> Writer | None:
    """Return what writes a target; `plain`: it can be called as an expression.

    None for those that Warp generates code for and its compilers refuse: a kernel is there to be launched.
    """
    if signature.key in FAULTS or signature.name in FAULTY:
        return None
    if is_special(signature):
        return _passed if signature.key in passages() else walked
    if signature.name in _WRITERS:
        concrete = signature.origin == "concrete" and all(kind in value_types() for kind in signature.arguments)
        return _WRITERS[signature.name] if concrete else None
    if is_change(signature):
        return changed
    return _call if plain else None


def is_special(signature: Signature) -> bool:
    """Tell whether a target is written by a passage or a walk over a query."""
    walks = signature.origin == "concrete" and query_of(signature) in QUERIES
    return walks or signature.key in passages()
