"""Conditions of branches and guards: told apart by thread, seldom enough where they end threads, never asked twice."""

import ast

from warpsmith.synth.expr import Expr
from warpsmith.synth.grammar.operators import holding
from warpsmith.synth.grammar.sameness import same
from warpsmith.synth.grammar.state import Grammar
from warpsmith.synth.scope import Block
from warpsmith.synth.types import BOOL

_TRIES = 4
# how many of the threads a guard may end, and how many must be left after all guards
_MOST_ENDED = 0.6
_FEWEST_ALIVE = 0.35
_LEAVING = (ast.Return, ast.Continue)


def condition(g: Grammar, *, open_ended: bool) -> Expr:
    """Return the condition of an arm; one that always holds has no other arms behind it."""
    for attempt in range(_TRIES + 2):
        before = g.standing()
        test = g.expression(BOOL, "test") if attempt < _TRIES else g.attempt("condition", BOOL, 0)
        if test is not None and (_by_thread(g, test) or (open_ended and test.truth == 1.0)) and _asked(g, test):
            return holding(test)
        g.go_back(before)
    return holding(g.anything(BOOL, 0))


def guard(g: Grammar) -> Expr | None:
    """Return a condition that ends few enough threads; None where it does not come up."""
    for _ in range(3):
        before = g.standing()
        test = g.expression(BOOL, "guard")
        few = test.truth <= _MOST_ENDED and g.alive * (1.0 - test.truth) >= _FEWEST_ALIVE
        if few and _by_thread(g, test) and _asked(g, test):
            return holding(test)
        g.go_back(before)
    return None


def _asked(g: Grammar, test: Expr) -> bool:
    """Note a condition; False where the kernel has asked for it, or for its opposite, before."""
    node = test.node
    while isinstance(node, ast.UnaryOp):
        node = node.operand
    if any(same(node, known, g.known) for known in g.tests):
        return False
    g.tests.append(node)
    return True


def _by_thread(g: Grammar, test: Expr) -> bool:
    """Tell whether a condition may come out otherwise for another thread."""
    return test.varying or any(thread.expr.words in test.sources for thread in g.threads)


def ends_in_guard(block: Block) -> bool:
    """Tell whether nothing stands behind the last guard of a suite."""
    last = block.body[-1] if block.body else None
    return isinstance(last, ast.If) and isinstance(last.body[-1], _LEAVING) and not last.orelse
