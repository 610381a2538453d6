"""Branches that update a variable: if, if/else and if/elif/else, with nested statements where there is room."""

import ast

from warpsmith.synth.expr import Expr, listed
from warpsmith.synth.form import Form, nested
from warpsmith.synth.scope import Value
from warpsmith.synth.statements.sink import pick_sink
from warpsmith.synth.updates import mark_unread, update
from warpsmith.synth.writer import KernelWriter

_DEEPEST = 3


def fits(w: KernelWriter) -> bool:
    """Branches nest three deep at most."""
    return w.block.depth < _DEEPEST


def write(w: KernelWriter) -> str:
    """Write a branch of one to three arms that update one variable."""
    arms = w.choices.weighted((1, 2, 3), (5, 4, 2))
    return branches(w, arms)


def write_chain(w: KernelWriter) -> str:
    """Write if/elif/else with three or four arms."""
    return branches(w, w.choices.weighted((3, 4), (3, 1)))


def branches(w: KernelWriter, arms: int) -> str:
    """Write ``if … elif … else`` with the given number of arms; one arm is a plain if."""
    sink, lead = pick_sink(w)
    conditions = [w.expressions.condition(w.block) for _ in range(max(arms - 1, 1))]
    suites, words, before = [], [], len(w.updated)
    for _ in range(arms):
        body, said = _arm(w, sink)
        suites.append(body)
        words.append(said)
    # one arm may read what another has changed, and still leave the change unread
    for value in [value for value in w.updated[before:] if value in w.block.visible()]:
        mark_unread(w, value)
        w.forget(value)
    w.emit_block(_chain(conditions, suites))
    w.features.add(("if", "if-else", "if-elif-else")[min(arms, 3) - 1])
    return lead + _said(conditions, words)


def _arm(w: KernelWriter, sink: Value) -> tuple[list[ast.stmt], str]:
    child = w.block.child(hidden=(sink,))
    with w.inside(child):
        words = nested(w, w.inner_forms, 0.35)
        words.append(update(w, sink))
    return child.body, listed(words)


def _chain(conditions: list[Expr], suites: list[list[ast.stmt]]) -> ast.If:
    orelse = suites[len(conditions)] if len(suites) > len(conditions) else []
    node: ast.If | None = None
    for condition, suite in zip(reversed(conditions), reversed(suites[: len(conditions)]), strict=True):
        node = ast.If(condition.node, suite, [node] if node is not None else orelse)
    if node is None:
        raise ValueError("a branch needs a condition")
    return node


def _said(conditions: list[Expr], words: list[str]) -> str:
    parts = [f"if {condition.words}, {said}" for condition, said in zip(conditions, words, strict=False)]
    if len(words) > len(conditions):
        parts.append(words[-1])
    return "; otherwise, ".join(parts)


BRANCH = Form("branch", 7, fits, write)
CHAIN = Form("chain", 14, fits, write_chain)
