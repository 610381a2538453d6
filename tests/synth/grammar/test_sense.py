"""Kernels in the manner of a profile do nothing silly: nothing cancels out, is compared with itself, or stands dead."""

import ast
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from warpsmith.record import KernelSource
from warpsmith.seeds import stream
from warpsmith.synth import SeededChoices
from warpsmith.synth.grammar.draft import write_in_manner
from warpsmith.synth.grammar.sameness import opposed
from warpsmith.synth.profiles import shipped_manner

_SAMPLE = 300
_LEAVING = (ast.Return, ast.Continue)
# categories of kernels that no family has a part in
_FREE = frozenset({"loop", "atomic", "multi_conditional", "control_flow", "combined", "multi_statement", "scalar_param",
                   "arithmetic"})  # fmt: skip
_SELF_CANCELLING = (ast.Sub, ast.Div, ast.Mod, ast.FloorDiv)


@cache
def _sample() -> tuple[tuple[KernelSource, ast.Module], ...]:
    manner = shipped_manner("realistic")
    drafts = [write_in_manner(SeededChoices(stream("sense", seed)), manner, None, None) for seed in range(_SAMPLE)]
    return tuple((draft.source, draft.tree) for draft in drafts if draft.source.category in _FREE)


def _nodes(*kinds: type[ast.AST]) -> Iterator[Any]:
    for _, tree in _sample():
        yield from (node for node in ast.walk(tree) if isinstance(node, kinds))


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) or (isinstance(node, ast.UnaryOp) and _is_number(node.operand))


def test_no_operand_stands_on_both_sides() -> None:
    for node in _nodes(ast.BinOp):
        if isinstance(node.op, _SELF_CANCELLING):
            assert ast.unparse(node.left) != ast.unparse(node.right), ast.unparse(node)
    for node in _nodes(ast.Compare):
        assert ast.unparse(node.left) != ast.unparse(node.comparators[0]), ast.unparse(node)


def test_no_extreme_of_a_value_and_itself() -> None:
    for node in _nodes(ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("min", "max") and len(node.args) == 2:
            assert ast.unparse(node.args[0]) != ast.unparse(node.args[1]), ast.unparse(node)


def test_no_operation_of_numbers_alone() -> None:
    for node in _nodes(ast.BinOp):
        assert not (_is_number(node.left) and _is_number(node.right)), ast.unparse(node)


def test_no_term_is_taken_away_again() -> None:
    for node in _nodes(ast.BinOp):
        if isinstance(node.op, ast.Add | ast.Sub):
            sign = 1 if isinstance(node.op, ast.Add) else -1
            assert not opposed(node.left, node.right, sign, {}), ast.unparse(node)
    for node in _nodes(ast.AugAssign):
        if isinstance(node.op, ast.Add | ast.Sub):
            sign = 1 if isinstance(node.op, ast.Add) else -1
            assert not opposed(node.target, node.value, sign, {}), ast.unparse(node)


def test_no_variable_is_compared_with_what_it_was_given() -> None:
    for _, tree in _sample():
        given: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                given[node.targets[0].id] = ast.unparse(node.value)
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare):
                left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
                assert given.get(left) != right, ast.unparse(node)
                assert given.get(right) != left, ast.unparse(node)


def test_something_follows_every_guard() -> None:
    for node in _nodes(ast.FunctionDef, ast.For, ast.While):
        last = node.body[-1]
        assert not (isinstance(last, ast.If) and not last.orelse and isinstance(last.body[-1], _LEAVING)), ast.unparse(
            node
        )


def test_branches_differ() -> None:
    for node in _nodes(ast.If):
        assert [*map(ast.unparse, node.body)] != [*map(ast.unparse, node.orelse)], ast.unparse(node)


def test_no_condition_is_asked_for_twice() -> None:
    for source, tree in _sample():
        tests = [ast.unparse(node.test) for node in ast.walk(tree) if isinstance(node, ast.If)]
        assert len(tests) == len(set(tests)), source.python_source


def test_indices_wrap_around_arrays_that_are_shorter_than_they_go() -> None:
    wrapped = 0
    for source, tree in _sample():
        threads = _threads(source, tree)
        extents = {
            one["name"]: one["shape"]
            for one in json.loads(source.launch or "{}")["arguments"]
            if one["kind"] == "array"
        }
        for node in ast.walk(tree):
            match node:
                case ast.BinOp(
                    left=ast.Name(id=index),
                    op=ast.Mod(),
                    right=ast.Subscript(
                        value=ast.Attribute(value=ast.Name(id=array)), slice=ast.Constant(value=int(axis))
                    ),
                ) if index in threads:
                    wrapped += 1
                    assert 1 < extents[array][axis] < threads[index], ast.unparse(node)
    assert wrapped > 10


def _threads(source: KernelSource, tree: ast.Module) -> dict[str, int]:
    """Return how many values each index of a thread has."""
    kernel = next(
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == source.kernel_name
    )
    line = next(node for node in kernel.body if isinstance(node, ast.Assign))
    names = line.targets[0].elts if isinstance(line.targets[0], ast.Tuple) else line.targets
    return dict(
        zip(
            (name.id for name in names if isinstance(name, ast.Name)),
            json.loads(source.launch or "{}")["dim"],
            strict=True,
        )
    )


def test_what_a_loop_has_stored_is_not_stored_over() -> None:
    for source, tree in _sample():
        threads = _threads(source, tree)
        for array, counter, end in _stored_in_loops(tree, set(threads)):
            later = [node for node in ast.walk(tree) if isinstance(node, ast.Assign) and _fixed(node.targets[0], array)]
            assert all(_fixed(node.targets[0], array) > end for node in later), (counter, source.python_source)


def _stored_in_loops(tree: ast.Module, threads: set[str]) -> Iterator[tuple[str, str, int]]:
    """Yield arrays that a loop over a constant range stores to, with the counter and its last value."""
    for loop in ast.walk(tree):
        match loop:
            case ast.For(target=ast.Name(id=counter), iter=ast.Call(args=[*_, ast.Constant(value=int(end))])):
                for node in ast.walk(loop):
                    match node:
                        case ast.Assign(
                            targets=[
                                ast.Subscript(value=ast.Name(id=array), slice=ast.Tuple(elts=[*_, ast.Name(id=last)]))
                            ]
                        ) if last == counter and last not in threads:
                            yield array, counter, end - 1


def _fixed(place: ast.expr, array: str) -> int:
    """Return the last index of a place of an array where it is a number, else 0."""
    match place:
        case ast.Subscript(value=ast.Name(id=known), slice=ast.Tuple(elts=[*_, ast.Constant(value=int(last))])):
            return last if known == array else 0
    return 0
