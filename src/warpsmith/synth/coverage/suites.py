"""Where calls stand: one after another, or some of them in a branch or a loop."""

import ast
from collections.abc import Sequence

from warpsmith.bridge.catalog import Signature
from warpsmith.synth import inputs
from warpsmith.synth.coverage.calls import is_plain
from warpsmith.synth.coverage.session import Session
from warpsmith.synth.coverage.statements import is_special, writer_of
from warpsmith.synth.expr import listed
from warpsmith.synth.statements.loop import for_loop
from warpsmith.synth.statements.sink import pick_sink
from warpsmith.synth.types import BOOL
from warpsmith.synth.updates import mark_unread, update
from warpsmith.synth.writer import KernelWriter

_INNER = 3
# a result that a branch or a loop takes up may lose what tells rotations apart from their signs
_BRANCH, _LOOP = 0.16, 0.1


def written(s: Session, signatures: Sequence[Signature]) -> None:
    """Write the calls: those that need lines around them at first, now and then some others in a suite of their own."""
    special = [signature for signature in signatures if is_special(signature)]
    plain = [signature for signature in signatures if not is_special(signature)]
    apart: list[Signature] = []
    if len(plain) > 1 and (within := s.w.choices.weighted((0, 1, 2), (1.0 - _BRANCH - _LOOP, _BRANCH, _LOOP))):
        count = s.w.choices.integer(1, min(_INNER, len(plain) - 1))
        plain, apart = plain[:-count], plain[-count:]
    for signature in (*special, *plain):
        _write(s, signature)
    if apart:
        (_in_branch if within == 1 else _in_loop)(s, apart)


def _write(s: Session, signature: Signature) -> None:
    write = writer_of(signature, plain=is_plain(signature))
    if write is None:
        raise ValueError(f"{signature.key} is covered by nothing")
    write(s, signature)


def _in_branch(s: Session, signatures: Sequence[Signature]) -> None:
    """Write calls where a condition holds, and fold what they give into a variable around it."""
    w = s.w
    _make_comparable(w)
    sink, lead = pick_sink(w)
    condition = w.expressions.condition(w.block)
    with w.inside(w.block.child(hidden=(sink,))) as child:
        words = _said(s, signatures, w)
        words.append(update(w, sink))
    w.emit_block(ast.If(condition.node, child.body, []))
    mark_unread(w, sink)
    w.forget(sink)
    w.features.update(("branch", "if"))
    s.words.append(f"{lead}if {condition.words}, {listed(words)}")


def _in_loop(s: Session, signatures: Sequence[Signature]) -> None:
    """Write calls in a loop that adds up what they give."""
    w = s.w
    trips = w.choices.integer(2, 6)
    limit: ast.expr = ast.Constant(trips)
    if w.choices.chance(0.5):
        limit = w.count(w.names.one_of(("count", "num_steps", "rounds", "num_samples")), trips)
    if not w.block.open():
        _make_comparable(w)
    s.words.append(for_loop(w, limit, trips, lambda w: listed(_said(s, signatures, w))))


def _said(s: Session, signatures: Sequence[Signature], w: KernelWriter) -> list[str]:
    """Write calls into the current block and return the words of them."""
    before, s.words = s.words, []
    state = s.state_here()
    for signature in signatures:
        _write(s, signature)
    said, s.words = s.words, before
    s.forget_state(state)
    if not any(value.type is not BOOL for value in w.block.open()):
        inputs.array(w, w.precision)
    return said or ["go on"]


def _make_comparable(w: KernelWriter) -> None:
    """See that there is a number that differs from thread to thread."""
    if not any(value.type is not BOOL and value.expr.varying for value in w.block.visible()):
        inputs.array(w, w.precision)
