"""Kernels by hand with recipes, good ones and those with every fault."""

import json
from typing import Any

X = {"name": "x", "kind": "array", "dtype": "float32", "shape": [8], "low": 0.5, "high": 2.0}
OUT = {"name": "out", "kind": "array", "dtype": "float32", "shape": [8], "low": 0.0, "high": 0.0}


def row(body: str, *arguments: dict[str, Any], before: str = "", signature: str = "", **recipe: Any) -> dict[str, Any]:
    """Return a row of a data set whose kernel has a body, by default with an input `x` and an output `out`."""
    signature = signature or "x: wp.array[float], out: wp.array[float]"
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    text = f"import warp as wp\n\n{before}\n\n@wp.kernel\ndef work({signature}):\n    i = wp.tid()\n{lines}"
    content = {"dim": [8], "seed": 3, "arguments": list(arguments) or [X, OUT], **recipe}
    return {"python_source": text, "kernel_name": "work", "launch": json.dumps(content)}


DOUBLED = row("out[i] = 2.0 * x[i]")
TRIPLED = row("out[i] = 3.0 * x[i]")
IN_PLACE = row("x[i] = x[i] + 1.0")
INFINITE = row("out[i] = x[i] / 0.0")
CONSTANT = row("out[i] = 7.0 + 0.0 * x[i]")
IDLE = row("y = x[i]")
OUT_OF_BOUNDS = row("out[i + 8] = x[i]")
WILD = row("out[1000000000 + i] = x[i]")
ENDLESS = row("n = int(0)\nwhile x[0] > 0.0:\n    n = n + 1\n    x[0] = 1.0\nout[i] = float(n)")
UNSET = row(
    "out[i] = left(x[i])",
    before='@wp.func_native("float y[4096]; return x + y[64];")\ndef left(x: float) -> float: ...',
)
UNDEFINED = row("out[i] = x[i]", before="raise ValueError('no kernel today')")
UNBUILDABLE = row("out[i] = wp.no_such_builtin(x[i])")
UNCOMPILABLE = row(
    "out[i] = wp.atan2(same(x[i]), 1.0)",
    before='''@wp.func_native("""return x;
}
#define atan2 no_such_thing
static inline void unused() {""")
def same(x: float) -> float: ...''',
)
UNCOMPILABLE_FUNCTION = row(
    "out[i] = broken(x[i])",
    before='@wp.func_native("return no_such_thing;")\ndef broken(x: float) -> float: ...',
)
