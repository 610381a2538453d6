"""Reads one kernel into a tally: kinds by where they stand, what is called, how its signature is written."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from warpsmith.manner.comments import comments_of
from warpsmith.manner.identifiers import LONGEST, roles
from warpsmith.manner.kinds import Scope, call_kind, counts, kind_of, statement_kind
from warpsmith.manner.measures import length, without_docstring
from warpsmith.manner.profile import MOST, MOST_COMMENTS, MOST_DIMENSIONS, length_class
from warpsmith.manner.spellings import annotation_of, groups_of
from warpsmith.manner.tally import Tally

_LARGEST = 10**LONGEST
_SUITES: dict[type[ast.stmt], str] = {ast.If: "if", ast.For: "for", ast.While: "while"}


@dataclass(frozen=True, slots=True)
class Sample:
    """A kernel to learn from.

    `function` is its definition, `warp` are the names under which its file knows Warp, `weight` is how much it weighs,
    `source` its text with comments, empty where it is not known.
    """

    function: ast.FunctionDef
    warp: tuple[str, ...]
    weight: float = 1.0
    source: str = ""


def read_kernel(tally: Tally, sample: Sample) -> None:
    """Count everything about a kernel."""
    _Reader(tally, sample).kernel()


def read_results(tally: Tally, sample: Sample) -> None:
    """Count what a function returns."""
    scope = Scope.of(sample.function, sample.warp)
    for node in ast.walk(sample.function):
        if isinstance(node, ast.Return) and node.value is not None:
            tally.add("expressions", "return", kind_of(node.value, scope), sample.weight)


class _Reader:
    """Goes through one kernel and knows which of its variables have been assigned."""

    def __init__(self, tally: Tally, sample: Sample) -> None:
        self.tally, self.sample, self.weight = tally, sample, sample.weight
        self.function = sample.function
        self.scope = Scope.of(sample.function, sample.warp)
        self.body = without_docstring(self.function.body)
        nodes = [node for statement in self.body for node in ast.walk(statement)]
        called = [node for node in nodes if isinstance(node, ast.Call) and self.scope.builtin(node.func)]
        self.share = sample.weight / max(len(nodes), 1)
        self.call_share = sample.weight / max(len(called), 1)
        self.lines = length(self.function)
        self.assigned: set[str] = set()
        self.numbers: set[str] = set()

    def kernel(self) -> None:
        size = length_class(self.lines)
        self.tally.add("kernels", "", "all", self.weight)
        self.tally.add("lines", "", _count(self.lines), self.weight)
        self.tally.add("parameters", size, _count(len(self.function.args.args)), self.weight)
        for group in groups_of(self.function, self.scope):
            self.tally.add("groups", "", group, self.weight)
        self._signature(_grid(self.function, self.scope))
        self._text(size)
        self._names()
        self._suite(self.body, f"{size}/kernel")
        self.tally.seen("literals", self.numbers)

    def _names(self) -> None:
        found = list(roles(self.function, self.scope))
        for role, identifier in found:
            self.tally.add("names", role, identifier, self.share)
        self.tally.seen("names", {identifier for _, identifier in found})

    def _text(self, size: str) -> None:
        """Count what the syntax tree has no place for: whether there is a docstring, how many comments there are."""
        documented = "present" if len(self.body) < len(self.function.body) else "absent"
        for row in ("docstring", f"docstring/{size}"):
            self.tally.add("spellings", row, documented, self.weight)
        if self.sample.source:
            comments = comments_of(self.sample.source)
            kernels = {"kernels": 1.0, "commented": float(any(comments))}
            counts = {"alone": comments.alone, "behind": comments.behind}
            lines = {item: min(count / self.lines, MOST_COMMENTS) for item, count in counts.items()}
            for item, count in {**kernels, **lines}.items():
                self.tally.add("comments", size, item, self.weight * count)

    def _signature(self, grid: int) -> None:
        self.tally.add("grids", "", str(grid), self.weight)
        arguments = self.function.args.args
        share = self.weight / max(len(arguments), 1)
        for said in (annotation_of(a.annotation, self.scope) for a in arguments if a.annotation is not None):
            self.tally.add("types", "", said.role, share)
            self.tally.add("types", said.role, said.type, share)
            self.tally.add("spellings", said.role, said.spelling, share)
            if 1 <= said.rank <= MOST_DIMENSIONS:
                self.tally.add("ranks", str(grid), str(int(said.rank)), share)

    def _suite(self, body: Sequence[ast.stmt], where: str) -> None:
        self.tally.add("bodies", where, _count(len(body)), self.share)
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
            self._suite(node.body, _SUITES[type(node)])
        if node.orelse and kind == "if-elif" and isinstance(node.orelse[0], ast.If):
            inner = node.orelse[0]
            self._compound(inner, statement_kind(inner, self.scope, self.assigned))
        elif node.orelse:
            self._suite(node.orelse, "else")

    def _loop(self, node: ast.For) -> None:
        if isinstance(node.target, ast.Name):
            self.assigned.add(node.target.id)
        if counts(node) and isinstance(node.iter, ast.Call):
            self.tally.add("arities", "range", _count(len(node.iter.args)), self.share)
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
                self.tally.add("arities", kind, _count(len(elements)), self.share)
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
                self.tally.add("arities", kind, _count(len(_items(index))), self.share)
                for item in _items(index):
                    self._expression(item, f"{kind}-index")
                if not isinstance(base, ast.Name) and kind != "shape":
                    self._expression(base, f"{kind}-base")
            case ast.Attribute(value=base) if kind in ("axis", "field"):
                self._expression(base, f"{kind}-base")
            case ast.Constant() | ast.UnaryOp() if kind == "number":
                self._number(node)
            case _:
                self._operation(node, kind)

    def _number(self, node: ast.Constant | ast.UnaryOp) -> None:
        """Count the size of a number, and its sign apart from it."""
        constant = node.operand if isinstance(node, ast.UnaryOp) else node
        value = constant.value if isinstance(constant, ast.Constant) else None
        if isinstance(value, int | float):
            kind = type(value).__name__
            self.tally.add("signs", f"{kind}-sign", "positive" if constant is node else "negative", self.share)
            if value < _LARGEST or isinstance(value, float):  # Python refuses to print larger ones
                self.tally.add("literals", kind, repr(value), self.share)
                self.numbers.add(repr(value))

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
                self.tally.add("arities", "logic", _count(len(values)), self.share)
                for value in values:
                    self._expression(value, "logic")
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self._expression(test, "test")
                self._expression(body, "choice")
                self._expression(orelse, "choice")

    def _call(self, node: ast.Call, kind: str) -> None:
        builtin = self.scope.builtin(node.func)
        self.tally.add("arities", kind, _count(len(node.args)), self.share)
        if kind == "constructor":
            self.tally.add("constructors", "", f"{builtin}/{_count(len(node.args))}", self.call_share)
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
                return min(max(len(target.elts), 1), MOST_DIMENSIONS) if isinstance(target, ast.Tuple) else 1
    return 1


def _count(number: int) -> str:
    """Return a count as a profile has it."""
    return str(min(number, MOST))


def _items(index: ast.expr) -> list[ast.expr]:
    return index.elts if isinstance(index, ast.Tuple) else [index]
