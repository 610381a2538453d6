"""Learns a profile from syntax trees of kernels: counts of kinds by where they stand, each kernel weighing the same."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from warpsmith.manner.identifiers import roles
from warpsmith.manner.kinds import Scope, call_kind, kind_of, statement_kind
from warpsmith.manner.measures import length
from warpsmith.manner.profile import Profile, Source, Weights, length_class
from warpsmith.manner.spellings import annotation_of, groups_of

# rarer shares than this say more about one kernel than about a manner
_RARE = 2e-4
_CALLS = frozenset({"calls", "constructors", "casts"})
_FORMATS = {ast.If: "if", ast.For: "for", ast.While: "while"}


@dataclass(frozen=True, slots=True)
class Sample:
    """A kernel to learn from: its definition, the names under which its file knows Warp, and how much it weighs."""

    function: ast.FunctionDef
    warp: tuple[str, ...]
    weight: float = 1.0


class Tally:
    """Weighted counts: table -> row -> item -> weight."""

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, Weights]] = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))

    def add(self, table: str, row: str, item: str, weight: float = 1.0) -> None:
        """Count an item."""
        self._tables[table][row][item] += weight

    def table(self, name: str) -> dict[str, Weights]:
        """Return a table as shares by row, sorted, without what is rare."""
        return {row: _shares(items) for row, items in sorted(self._tables[name].items())}

    def counted(self, table: str) -> Weights:
        """Return the weights of a table with a single row."""
        return self._tables[table][""]

    def row(self, table: str, name: str = "") -> Weights:
        """Return one row of a table as shares."""
        return _shares(self._tables[table].get(name, {}))


def learn(name: str, sources: Sequence[Source], samples: Iterable[Sample], functions: Iterable[Sample] = ()) -> Profile:
    """Return the profile of kernels, and of what functions beside them return."""
    tally = Tally()
    count, total = 0, 0.0
    for sample in samples:
        _Reader(tally, sample).read()
        count += 1
        total += sample.weight
    for sample in functions:
        _Reader(tally, sample).read_results()
    rows = ("lines", "grids", "calls", "constructors", "casts")
    tables = ("parameters", "ranks", "types", "statements", "bodies", "expressions", "operators", "arities", "literals",
              "spellings", "names")  # fmt: skip
    return Profile(
        name=name,
        sources=tuple(sources),
        kernels=count,
        groups=_of_all(tally.counted("groups"), total),
        **{row: tally.row(row) for row in rows},
        **{table: tally.table(table) for table in tables},
    )


class _Reader:
    """Reads one kernel into a tally."""

    def __init__(self, tally: Tally, sample: Sample) -> None:
        self.tally, self.function, self.weight = tally, sample.function, sample.weight
        self.scope = Scope.of(sample.function, sample.warp)
        nodes = [node for statement in self.function.body for node in ast.walk(statement)]
        calls = [node for node in nodes if isinstance(node, ast.Call) and self.scope.builtin(node.func)]
        self.share = sample.weight / max(len(nodes), 1)
        self.call_share = sample.weight / max(len(calls), 1)
        self.lines = length(self.function)
        self.assigned: set[str] = set()

    def read(self) -> None:
        """Count everything about the kernel."""
        size = length_class(self.lines)
        self.tally.add("lines", "", str(self.lines), self.weight)
        self.tally.add("parameters", size, str(len(self.function.args.args)), self.weight)
        for group in groups_of(self.function, self.scope):
            self.tally.add("groups", "", group, self.weight)
        self._signature(_grid(self.function, self.scope))
        for role, identifier in roles(self.function, self.scope):
            self.tally.add("names", role, identifier, self.share)
        self._suite(self.function.body, f"{size}/kernel")

    def read_results(self) -> None:
        """Count what a function returns."""
        for node in ast.walk(self.function):
            if isinstance(node, ast.Return) and node.value is not None:
                self.tally.add("expressions", "return", kind_of(node.value, self.scope), self.weight)

    def _signature(self, grid: int) -> None:
        self.tally.add("grids", "", str(grid), self.weight)
        arguments = self.function.args.args
        for argument in arguments:
            if argument.annotation is None:
                continue
            role, kind, rank, spelling = annotation_of(argument.annotation, self.scope)
            share = self.weight / len(arguments)
            self.tally.add("types", "", role, share)
            self.tally.add("types", role, kind, share)
            self.tally.add("spellings", role, spelling, share)
            if rank:
                self.tally.add("ranks", str(grid), str(rank), share)
        documented = ast.get_docstring(self.function) is not None
        self.tally.add("spellings", "docstring", "present" if documented else "absent", self.weight)

    def _suite(self, body: Sequence[ast.stmt], where: str) -> None:
        self.tally.add("bodies", where, str(len(body)), self.share)
        for statement in body:
            kind = statement_kind(statement, self.scope, self.assigned)
            self.tally.add("statements", where, kind, self.share)
            self._statement(statement, kind)

    def _statement(self, node: ast.stmt, kind: str) -> None:
        match node:
            case ast.Assign(targets=[target], value=value):
                self._target(target, kind)
                if kind != "threads":
                    self._expression(value, kind)
            case ast.AugAssign(target=target, op=operator, value=value):
                self._target(target, kind)
                self.tally.add("operators", "augment", type(operator).__name__, self.share)
                self._expression(value, kind)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._target(target, kind)
                self._expression(value, kind)
            case ast.Expr(value=ast.Call() as call):
                self._call(call, kind if kind == "atomic" else call_kind(call.func, self.scope))
            case ast.If() | ast.While() | ast.For():
                self._compound(node, kind)

    def _compound(self, node: ast.If | ast.While | ast.For, kind: str) -> None:
        if isinstance(node, ast.For):
            self._loop(node)
        else:
            self._expression(node.test, "guard" if kind.startswith("guard") else "test")
        if not kind.startswith("guard"):
            self._suite(node.body, _FORMATS[type(node)])
        if node.orelse and kind == "if-elif" and isinstance(node.orelse[0], ast.If):
            inner = node.orelse[0]
            self._compound(inner, statement_kind(inner, self.scope, self.assigned))
        elif node.orelse:
            self._suite(node.orelse, "else")

    def _loop(self, node: ast.For) -> None:
        if isinstance(node.target, ast.Name):
            self.assigned.add(node.target.id)
        if isinstance(node.iter, ast.Call) and isinstance(node.iter.func, ast.Name) and node.iter.func.id == "range":
            self.tally.add("arities", "range", str(len(node.iter.args)), self.share)
            for argument in node.iter.args:
                self._expression(argument, "range")
        else:
            self._expression(node.iter, "each")

    def _target(self, target: ast.expr, kind: str) -> None:
        match target:
            case ast.Name(id=name):
                self.assigned.add(name)
            case ast.Tuple(elts=elements):
                self.assigned.update(e.id for e in elements if isinstance(e, ast.Name))
                self.tally.add("arities", kind, str(len(elements)), self.share)
            case ast.Subscript(slice=index):
                for item in _items(index):
                    self._expression(item, f"{kind}-index")

    def _expression(self, node: ast.expr, slot: str) -> None:
        kind = kind_of(node, self.scope)
        self.tally.add("expressions", slot, kind, self.share)
        match node:
            case ast.Call():
                self._call(node, kind)
            case ast.Subscript(value=base, slice=index):
                self.tally.add("arities", kind, str(len(_items(index))), self.share)
                for item in _items(index):
                    self._expression(item, f"{kind}-index")
                if not isinstance(base, ast.Name) and kind != "shape":
                    self._expression(base, f"{kind}-base")
            case ast.Attribute(value=base) if kind in ("axis", "field"):
                self._expression(base, f"{kind}-base")
            case ast.Constant(value=int() | float() as value) if kind == "number":
                self.tally.add("literals", type(value).__name__, repr(value), self.share)
            case _ if kind != "number":
                self._operation(node, kind)

    def _operation(self, node: ast.expr, kind: str) -> None:
        match node:
            case ast.BinOp(left=left, op=operator, right=right):
                self.tally.add("operators", "binary", type(operator).__name__, self.share)
                self._expression(left, "binary-left")
                self._expression(right, "binary-right")
            case ast.UnaryOp(operand=operand):
                self._expression(operand, kind)
            case ast.Compare(left=left, ops=[operator, *_], comparators=[right, *_]):
                self.tally.add("operators", "compare", type(operator).__name__, self.share)
                self._expression(left, "compare-left")
                self._expression(right, "compare-right")
            case ast.BoolOp(op=operator, values=values):
                self.tally.add("operators", "logic", type(operator).__name__, self.share)
                self.tally.add("arities", "logic", str(len(values)), self.share)
                for value in values:
                    self._expression(value, "logic")
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self._expression(test, "test")
                self._expression(body, "choice")
                self._expression(orelse, "choice")

    def _call(self, node: ast.Call, kind: str) -> None:
        builtin = self.scope.builtin(node.func)
        self.tally.add("arities", kind, str(len(node.args)), self.share)
        if kind == "constructor":
            self.tally.add("constructors", "", f"{builtin}/{len(node.args)}", self.call_share)
        elif kind == "cast":
            self.tally.add("casts", "", builtin or ast.unparse(node.func), self.call_share)
        elif kind == "atomic":
            self.tally.add("operators", "atomic", str(builtin), self.share)
        elif builtin is not None:
            self.tally.add("calls", "", builtin, self.call_share)
        for argument in node.args:
            self._expression(argument, f"{kind}-argument")


def _grid(function: ast.FunctionDef, scope: Scope) -> int:
    """Return the number of dimensions of a kernel's launch, by how it asks for its thread's index."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[target], value=ast.Call(func=called)) if scope.builtin(called) == "tid":
                return len(target.elts) if isinstance(target, ast.Tuple) else 1
    return 1


def _items(index: ast.expr) -> list[ast.expr]:
    return index.elts if isinstance(index, ast.Tuple) else [index]


def _of_all(items: Weights, total: float) -> Weights:
    return {item: float(f"{weight / total:.4g}") for item, weight in sorted(items.items())}


def _shares(items: Weights) -> Weights:
    total = sum(items.values())
    kept = {item: weight / total for item, weight in items.items() if weight / total >= _RARE}
    return {item: float(f"{share:.4g}") for item, share in sorted(kept.items())}
