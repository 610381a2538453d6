"""What is counted of a kernel, on kernels small enough to count by hand, and on all of Warp's examples."""

import ast
from collections import Counter

from tests.kernels.functions import __file__ as functions
from tests.kernels.loops import __file__ as loops
from warpsmith.discover.sources import kernel_definitions
from warpsmith.manner.measures import bigrams, builtin_calls, length, measure, syntax_edges

KERNEL = '''
@wp.kernel(enable_backward=wp.constant(1))
def step(x: wp.array(dtype=float), n: int = wp.int32(3)):
    """Said wp.sin(1.0)."""
    i = wp.tid()
    if n > 0:
        x[i] = wp.sin(x[i])
    elif n < 0:
        for k in range(3):
            x[i] += warp.sin(float(k))
    else:
        return
    y = numpy.sin(wp.vec3(1.0)[0])
'''

ODD = """
def f():
    try:
        a()
    except E:
        b()
    else:
        c()
    finally:
        d()
    while a:
        b()
    else:
        c()
    if a:
        b()
    elif c:
        d()
    match a:
        case 1:
            b()
    with a:
        @g
        def h():
            c()
"""


def function(text: str) -> ast.FunctionDef:
    return next(node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))


def test_edges_count_neither_contexts_nor_decorators_nor_the_docstring() -> None:
    text = '@wp.kernel\ndef f(x: int):\n    "doc"\n    y = x + 1\n'
    assert syntax_edges(function(text)) == {
        "FunctionDef>arguments": 1,
        "arguments>arg": 1,
        "arg>Name": 1,
        "FunctionDef>Assign": 1,
        "Assign>Name": 1,
        "Assign>BinOp": 1,
        "BinOp>Name": 1,
        "BinOp>Add": 1,
        "BinOp>Constant": 1,
    }


def test_edges_are_all_edges_that_ast_knows() -> None:
    for found in kernel_definitions("warp.examples"):
        node = found.node
        node.decorator_list.clear()
        wanted: Counter[str] = Counter()
        for parent in ast.walk(node):
            children = [child for child in ast.iter_child_nodes(parent) if not isinstance(child, ast.expr_context)]
            if parent is node and ast.get_docstring(node) is not None:
                children.remove(node.body[0])
            wanted.update(f"{type(parent).__name__}>{type(child).__name__}" for child in children)
        docstring = ast.get_docstring(node) is not None
        assert syntax_edges(node) == wanted - Counter({"Expr>Constant": docstring}), found.name


def test_calls_are_those_of_the_body() -> None:
    assert builtin_calls(function(KERNEL), ("wp",)) == {"tid": 1, "sin": 1, "vec3": 1}
    assert builtin_calls(function(KERNEL), ("warp", "wp")) == {"tid": 1, "sin": 2, "vec3": 1}


def test_bigrams_have_the_depth_of_the_second() -> None:
    assert bigrams(function(KERNEL)) == {
        "0 start>Assign": 1,
        "0 Assign>If": 2,
        "1 If>Assign": 1,
        "1 If>For": 1,
        "2 For>AugAssign": 1,
        "1 AugAssign>Return": 1,
        "0 Return>Assign": 1,
    }


def test_length_of_a_kernel() -> None:
    assert length(function(KERNEL)) == 10


def test_length_is_that_of_the_printed_kernel() -> None:
    kernels = [function(ODD), *(found.node for found in kernel_definitions("warp.examples"))]
    for node in kernels:
        lines = length(node)
        node.decorator_list.clear()
        if ast.get_docstring(node) is not None:
            del node.body[0]
        assert lines == sum(1 for line in ast.unparse(node).splitlines() if line.strip()), node.name


def test_measure_is_all_of_them() -> None:
    for path in (functions, loops):
        for found in kernel_definitions(path):
            node, names = found.node, found.aliases
            wanted = (syntax_edges(node), builtin_calls(node, names), bigrams(node), length(node))
            assert measure(node, names) == wanted
