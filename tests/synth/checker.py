"""An independent check of what generated kernels promise, on their text alone; it shares no code with the generator.

It finds parameters that nothing reads, assignments that nothing reads (liveness over structured code, as in any
compiler textbook), stores that could race with other threads, and loops that need not end.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Complaint(NamedTuple):
    """Something that a kernel should not do."""

    rule: str
    what: str


def check(text: str, kernel_name: str) -> list[Complaint]:
    """Return all complaints about a kernel and the functions in its text."""
    module = ast.parse(text)
    functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    complaints = [complaint for node in functions.values() for complaint in _check_function(node)]
    called = {node.id for function in functions.values() for node in ast.walk(function) if isinstance(node, ast.Name)}
    unused = [name for name in functions if name != kernel_name and name not in called]
    complaints += [Complaint("unused function", name) for name in unused]
    return complaints + list(_races(functions[kernel_name])) + list(_endless(functions[kernel_name]))


def _check_function(node: ast.FunctionDef) -> Iterator[Complaint]:
    used = {name.id for statement in node.body for name in ast.walk(statement) if isinstance(name, ast.Name)}
    for argument in node.args.args:
        if argument.arg not in used:
            yield Complaint("unused parameter", argument.arg)
    liveness = _Liveness()
    liveness.before(node.body, frozenset())
    for name, line in sorted(liveness.dead):
        yield Complaint("dead store", f"{name} in line {line}")


@dataclass
class _Liveness:
    """Backward liveness; `dead` collects assignments to names that are not live behind them."""

    dead: set[tuple[str, int]] = field(default_factory=set)
    _exits: list[tuple[frozenset[str], frozenset[str]]] = field(default_factory=list)

    def before(self, statements: Iterable[ast.stmt], live: frozenset[str]) -> frozenset[str]:
        for statement in reversed(list(statements)):
            live = self._statement(statement, live)
        return live

    def _statement(self, node: ast.stmt, live: frozenset[str]) -> frozenset[str]:  # noqa: PLR0911 (one a statement kind)
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]):
                self._note(name, node, live)
                return live - {name} | _reads(node.value)
            case ast.AugAssign(target=ast.Name(id=name)):
                self._note(name, node, live)
                return live | {name} | _reads(node.value)
            case ast.If():
                return self.before(node.body, live) | self.before(node.orelse, live) | _reads(node.test)
            case ast.For() | ast.While():
                return self._loop(node, live)
            case ast.Return():
                return _reads(node.value) if node.value else frozenset()
            case ast.Break():
                return self._exits[-1][0]
            case ast.Continue():
                return self._exits[-1][1]
        return live | _reads(node)

    def _loop(self, node: ast.For | ast.While, after: frozenset[str]) -> frozenset[str]:
        head = node.iter if isinstance(node, ast.For) else node.test
        counter = (
            frozenset({node.target.id})
            if isinstance(node, ast.For) and isinstance(node.target, ast.Name)
            else frozenset()
        )
        known, dead = after | _reads(head), set(self.dead)
        while True:
            self.dead = set(dead)  # only the last pass counts
            self._exits.append((after, known))
            body = self.before(node.body, known) - counter
            self._exits.pop()
            if body <= known:
                return known
            known |= body

    def _note(self, name: str, node: ast.stmt, live: frozenset[str]) -> None:
        if name not in live:
            self.dead.add((name, node.lineno))


def _reads(node: ast.AST) -> frozenset[str]:
    return frozenset(n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))


def _races(kernel: ast.FunctionDef) -> Iterator[Complaint]:
    """A store may go to the thread's own element only; cells that are shared take atomics and nothing reads them."""
    indices = _thread_indices(kernel)
    stores: dict[str, set[str]] = {}
    for node in ast.walk(kernel):
        match node:
            case ast.Assign(targets=[ast.Subscript() as target]):
                stores.setdefault(ast.unparse(target.value), set()).add(
                    "own" if _index(target) == indices else "foreign"
                )
            case ast.AugAssign(target=ast.Subscript() as target):
                # Warp adds atomically into an array element
                stores.setdefault(ast.unparse(target.value), set()).add(
                    "own" if _index(target) == indices else "atomic"
                )
            case ast.Call(func=ast.Attribute(attr=name)) if name.startswith("atomic_"):
                stores.setdefault(ast.unparse(node.args[0]), set()).add("atomic")
    for array, kinds in sorted(stores.items()):
        if "foreign" in kinds or len(kinds) > 1:
            yield Complaint("race", array)
        if array in _loaded(kernel):
            yield Complaint("reads an output", array)


def _loaded(kernel: ast.FunctionDef) -> set[str]:
    nodes = (n for n in ast.walk(kernel) if isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Load))
    return {ast.unparse(node.value) for node in nodes}


def _thread_indices(kernel: ast.FunctionDef) -> str:
    for node in kernel.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.value) == "wp.tid()":
            return ast.unparse(node.targets[0]).strip("()")
    raise AssertionError("the kernel never asks for its thread index")


def _index(node: ast.Subscript) -> str:
    return ast.unparse(node.slice).strip("()")


def _endless(kernel: ast.FunctionDef) -> Iterator[Complaint]:
    """A while loop must compare a counter that the last statement of its body raises."""
    for node in ast.walk(kernel):
        if not isinstance(node, ast.While):
            continue
        match node.body[-1]:
            case ast.AugAssign(target=ast.Name(id=counter), op=ast.Add(), value=ast.Constant(value=int())):
                counted = f"{counter} <" in ast.unparse(node.test)
            case _:
                counted = False
        if not counted or any(isinstance(inner, ast.Continue) for inner in ast.walk(node)):
            yield Complaint("endless loop", ast.unparse(node.test))
