"""An independent check of what generated kernels promise, on their text alone; it shares no code with the generator.

It finds parameters that nothing reads, assignments that nothing reads (liveness over structured code, as in any
compiler textbook), stores that could race with other threads, and loops that need not end.
"""

import ast
import re
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
    functions = {node.name: node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)}
    complaints = [complaint for node in functions.values() for complaint in _check_function(node, module)]
    called = {node.id for node in ast.walk(module) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    unused = [
        name
        for name, node in functions.items()
        if name != kernel_name and name not in called and not _decorated(node, "func_grad", "func_replay")
    ]
    complaints += [Complaint("unused function", name) for name in unused]
    return complaints + list(_races(functions[kernel_name])) + list(_endless(functions[kernel_name]))


def _check_function(node: ast.FunctionDef, module: ast.Module) -> Iterator[Complaint]:
    used = {name.id for statement in node.body for name in ast.walk(statement) if isinstance(name, ast.Name)}
    if _decorated(node, "func_native"):
        used |= _names_in_snippets(node, module)
    for argument in node.args.args:
        # the parameters of gradients and replays are those of another function
        if argument.arg not in used and not _decorated(node, "func_grad", "func_replay"):
            yield Complaint("unused parameter", argument.arg)
    liveness = _Liveness()
    liveness.before(node.body, frozenset())
    for name, line in sorted(liveness.dead):
        yield Complaint("dead store", f"{name} in line {line}")


def _decorated(node: ast.FunctionDef, *names: str) -> bool:
    return any(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr in names
        for one in node.decorator_list
    )


def _names_in_snippets(node: ast.FunctionDef, module: ast.Module) -> set[str]:
    """Return the names in the native code of a function: texts in its decorator, or that its decorator names."""
    texts = {
        target.id: statement.value.value
        for statement in module.body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
        for target in statement.targets
        if isinstance(target, ast.Name) and isinstance(statement.value.value, str)
    }
    found: set[str] = set()
    for part in (part for one in node.decorator_list for part in ast.walk(one)):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            found.update(re.findall(r"\w+", part.value))
        elif isinstance(part, ast.Name):
            found.update(re.findall(r"\w+", texts.get(part.id, "")))
    return found


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
    """A store may go to the thread's own elements only; cells that are shared take atomics and nothing reads them."""
    indices = _thread_indices(kernel).split(", ")
    shared = _Shared(kernel)
    stores: dict[str, set[str]] = {}
    led = _led(kernel, indices[-1])
    for node in ast.walk(kernel):
        match node:
            case ast.Assign(targets=[ast.Subscript() | ast.Attribute() as target]):
                shared.note(stores, target, indices[:-1] if id(node) in led else indices, "foreign")
            case ast.AugAssign(target=ast.Subscript() | ast.Attribute() as target):
                shared.note(stores, target, indices, "atomic")  # Warp adds atomically into an array element
            case ast.Call(func=ast.Attribute(attr=name)) if name.startswith("atomic_"):
                stores.setdefault(ast.unparse(node.args[0]), set()).add("atomic")
    for array, kinds in sorted(stores.items()):
        if "foreign" in kinds or len(kinds) > 1:
            yield Complaint("race", array)
        # what a thread alone reads and writes it may change in place
        if array in shared.loaded(kernel, besides=indices if kinds == {"own"} else None):
            yield Complaint("reads an output", array)


def _led(kernel: ast.FunctionDef, last: str) -> set[int]:
    """Return the statements that the first thread of each block executes alone: its last index is zero."""
    guarded = [
        node for node in ast.walk(kernel) if isinstance(node, ast.If) and ast.unparse(node.test) == f"{last} == 0"
    ]
    return {id(statement) for node in guarded for statement in node.body}


class _Place(NamedTuple):
    """An element, or a part of an array: the array (a parameter, or a field of one) and all indices in order."""

    array: str
    indices: tuple[str, ...]


class _Shared:
    """What the threads of a kernel share: array parameters, arrays in struct parameters, and views of both.

    A local variable that has all indices of an array is a copy of an element; with fewer it is a view of the array.
    """

    def __init__(self, kernel: ast.FunctionDef) -> None:
        self.ranks = {a.arg: _rank(ast.unparse(a.annotation)) for a in kernel.args.args if a.annotation is not None}
        self.views: dict[str, _Place] = {}
        for node in ast.walk(kernel):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() as value):
                    place = self.place(value)
                    if place and len(place.indices) < self.ranks.get(place.array, 0):
                        self.views[name] = place

    def place(self, node: ast.expr) -> _Place | None:
        """Return what is stored to; None for something of the thread's own."""
        indices: list[str] = []
        fields: list[str] = []
        while not isinstance(node, ast.Name):
            match node:
                case ast.Subscript():
                    items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
                    indices[:0] = [ast.unparse(item) for item in items]
                    fields = []  # a component of an element
                case ast.Attribute():
                    fields.insert(0, node.attr)
                case _:
                    return None
            node = node.value
        if node.id in self.views:
            view = self.views[node.id]
            return _Place(view.array, (*view.indices, *indices))
        if node.id not in self.ranks:
            return None
        return _Place(".".join([node.id, *fields]), tuple(indices))

    def note(self, stores: dict[str, set[str]], target: ast.expr, indices: list[str], otherwise: str) -> None:
        """Note a store: to the thread's own part of an array, whose first indices are the thread's, or elsewhere."""
        place = self.place(target)
        if place is not None:
            own = list(place.indices[: len(indices)]) == indices
            stores.setdefault(place.array, set()).add("own" if own else otherwise)

    def loaded(self, kernel: ast.FunctionDef, besides: list[str] | None) -> set[str]:
        """Return the arrays of which elements are read, elsewhere than at the indices `besides`."""
        targets: set[int] = set()
        for node in ast.walk(kernel):
            if isinstance(node, ast.Assign | ast.AugAssign):
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    targets.update(_owners(target))
        nodes = (n for n in ast.walk(kernel) if isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Load))
        places = (self.place(node) for node in nodes if id(node) not in targets)
        read = [place for place in places if place and len(place.indices) >= self.ranks.get(place.array, 0)]
        return {place.array for place in read if besides is None or list(place.indices[: len(besides)]) != besides}


def _owners(target: ast.expr) -> Iterator[int]:
    """Yield the nodes that a target is an element or a field of."""
    while isinstance(target, ast.Subscript | ast.Attribute):
        yield id(target)
        target = target.value


def _rank(annotation: str) -> int:
    """Return the number of dimensions of an array's annotation."""
    found = re.match(r"wp\.array(?:(\d)d)?\b", annotation)
    return int(found[1] or 1) if found else 0


def _thread_indices(kernel: ast.FunctionDef) -> str:
    for node in kernel.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.value) == "wp.tid()":
            return _permuted(kernel, ast.unparse(node.targets[0]).strip("()"))
    raise AssertionError("the kernel never asks for its thread index")


def _permuted(kernel: ast.FunctionDef, index: str) -> str:
    """Return the point that the thread takes instead where it asks a hash grid: no two threads take the same."""
    for node in kernel.body:
        match node:
            case ast.Assign(
                targets=[ast.Name(id=point)], value=ast.Call(func=ast.Attribute(attr="hash_grid_point_id"), args=args)
            ) if ast.unparse(args[1]) == index:
                return point
    return index


def _endless(kernel: ast.FunctionDef) -> Iterator[Complaint]:
    """A while loop must compare a counter that the last statement of its body raises, or go on with a query."""
    for node in ast.walk(kernel):
        if not isinstance(node, ast.While) or _goes_on(node.test) or _runs_dry(node):
            continue
        match node.body[-1]:
            case ast.AugAssign(target=ast.Name(id=counter), op=ast.Add(), value=ast.Constant(value=int())):
                counted = f"{counter} <" in ast.unparse(node.test)
            case _:
                counted = False
        if not counted or any(isinstance(inner, ast.Continue) for inner in ast.walk(node)):
            yield Complaint("endless loop", ast.unparse(node.test))


def _runs_dry(loop: ast.While) -> bool:
    """Tell whether a loop takes something from a query or a stack of the block until nothing is left."""
    match loop.test:
        case ast.Call(func=ast.Attribute(attr="tile_query_valid"), args=[ast.Name(id=source)]):
            takes: tuple[str, ...] = ("_next", "_next_tiled")
        case ast.Compare(left=ast.Call(func=ast.Attribute(attr="tile_stack_count"), args=[ast.Name(id=source)])):
            takes = ("tile_stack_pop",)
        case _:
            return False
    calls = [node for node in ast.walk(loop.body[0]) if isinstance(node, ast.Call)]
    return any(ast.unparse(call).endswith(tuple(f"{name}({source})" for name in takes)) for call in calls)


def _goes_on(test: ast.expr) -> bool:
    """Tell whether a condition takes the next result of a query, of which there are finitely many."""
    match test:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="wp"), attr=name)):
            return "_query_" in name and name.endswith("_next")
    return False
