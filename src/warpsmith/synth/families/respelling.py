"""One text in several spellings that mean the same: operands the other way round, a part with a name of its own."""

import ast
from functools import cache

from warpsmith.synth.printing import text_of

VARIANTS = 24
"""How many spellings a text has at most; the first is the text itself."""

# names for the value of a builtin that gets a variable of its own
_HOISTED = {
    "length": "size",
    "length_sq": "size_sq",
    "dot": "along",
    "cross": "across",
    "normalize": "unit",
    "mesh_eval_position": "on_surface",
    "mesh_eval_face_normal": "facing_dir",
    "mesh_eval_velocity": "carried_vel",
    "mesh_get_point": "vertex_pos",
    "mesh_get_velocity": "vertex_vel",
    "mesh_get_index": "vertex_num",
    "abs": "magnitude",
    "max": "upper_part",
    "min": "lower_part",
    "exp": "grown",
    "sqrt": "root",
    "volume_sample": "sampled",
    "volume_sample_f": "sampled",
    "volume_lookup_f": "stored",
    "volume_lookup_i": "stored",
    "volume_world_to_index": "uvw_place",
    "texture_sample": "texel",
    "where": "selected",
    "clamp": "limited",
}
_MIRRORED: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.Gt(),
    ast.Gt: ast.Lt(),
    ast.LtE: ast.GtE(),
    ast.GtE: ast.LtE(),
}
_SYMMETRIC = frozenset({"dot", "min", "max"})


@cache
def respelled(text: str, variant: int) -> str:
    """Return one of the `VARIANTS` spellings of a text."""
    if variant == 0:
        return text
    tree = _Swapped(variant).visit(ast.parse(text))
    if variant % 3 == 0:
        _name_a_part(tree, variant)
    return text_of(ast.fix_missing_locations(tree))


class _Swapped(ast.NodeTransformer):
    """Turns some operands, comparisons and updates round, as a bit of the variant says for each of them."""

    def __init__(self, variant: int) -> None:
        self._variant = variant
        self._place = 0

    def _draw(self) -> bool:
        self._place += 1
        # a multiplicative hash (Knuth), so that neighbouring variants differ in many places
        return bool((self._variant * self._place * 2654435761 >> 13) & 1)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Swap the operands of a sum or a product."""
        self.generic_visit(node)
        if isinstance(node.op, ast.Add | ast.Mult) and self._draw():
            node.left, node.right = node.right, node.left
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """Read a comparison from the other side."""
        self.generic_visit(node)
        mirrored = _MIRRORED.get(type(node.ops[0]))
        number = isinstance(node.comparators[0], ast.Constant)
        if len(node.ops) == 1 and mirrored is not None and not number and self._draw():
            node.left, node.comparators, node.ops = node.comparators[0], [node.left], [mirrored]
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        """Write an update as an assignment, except that of a counter."""
        self.generic_visit(node)
        counts = isinstance(node.value, ast.Constant)
        if counts or not isinstance(node.target, ast.Name) or not self._draw() or self._draw():
            return node
        value = ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value)
        return ast.Assign([node.target], value, lineno=0)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Swap the arguments of what is symmetric in them, and the ends of a difference whose length is taken."""
        self.generic_visit(node)
        builtin = _builtin(node)
        if builtin in _SYMMETRIC and len(node.args) == 2 and self._draw():
            node.args.reverse()
        if builtin in ("length", "length_sq") and isinstance(node.args[0], ast.BinOp) and self._draw():
            difference = node.args[0]
            if isinstance(difference.op, ast.Sub):
                difference.left, difference.right = difference.right, difference.left
        return node


def _builtin(node: ast.expr) -> str:
    return node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""


def _name_a_part(tree: ast.Module, variant: int) -> None:
    """Give a call inside of an assignment a variable of its own, in the line above."""
    places = [place for suite in _suites(tree) for place in _parts(suite)]
    if not places:
        return
    suite, statement, part = places[variant % len(places)]
    identifier = _HOISTED[_builtin(part)]
    if any(isinstance(node, ast.Name) and node.id == identifier for node in ast.walk(tree)):
        identifier = f"{identifier}_part"
    suite.insert(suite.index(statement), ast.Assign([ast.Name(identifier, ast.Store())], part, lineno=0))
    _Replaced(part, identifier).visit(statement)


def _suites(tree: ast.AST) -> list[list[ast.stmt]]:
    suites = [getattr(node, field, None) for node in ast.walk(tree) for field in ("body", "orelse")]
    return [suite for suite in suites if isinstance(suite, list) and suite]


Place = tuple[list[ast.stmt], ast.stmt, ast.Call]


def _parts(suite: list[ast.stmt]) -> list[Place]:
    """Return the calls in assignments of a suite that can be taken out."""
    found: list[Place] = []
    for statement in suite:
        if isinstance(statement, ast.Assign | ast.AugAssign):
            inner = [node for node in ast.walk(statement.value) if node is not statement.value]
            found += [
                (suite, statement, node) for node in inner if isinstance(node, ast.Call) and _builtin(node) in _HOISTED
            ]
    return found


class _Replaced(ast.NodeTransformer):
    """Puts a variable in the place of one call."""

    def __init__(self, part: ast.Call, identifier: str) -> None:
        self._part = part
        self._identifier = identifier

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Replace the call."""
        if node is self._part:
            return ast.Name(self._identifier, ast.Load())
        self.generic_visit(node)
        return node
