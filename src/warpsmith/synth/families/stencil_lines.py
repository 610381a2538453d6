"""Stencils along a line: heat, advection, waves, limiters, smoothing, automata."""

from warpsmith.synth.families.snippet import Given, Snippet, Table, snippet
from warpsmith.synth.families.stencil_edges import EDGES, FIELD, edged

_NEW = Given("y", "T", -3.0, 3.0)
_TWO = {**FIELD, "other": Table("T", ("@",))}

LINES = (
    snippet(
        "heat-line",
        Snippet(
            edged(
                1,
                "y = u[{c0}] + k * (u[{m0}] - 2.0 * u[{c0}] + u[{p0}])",
                "lap = u[{m0}] + u[{p0}] - 2.0 * u[{c0}]\ny = u[{c0}] + k * lap",
                "lap = (u[{p0}] - 2.0 * u[{c0}] + u[{m0}]) / (h * h)\ny = u[{c0}] + 0.1 * k * lap",
                "y = (1.0 - 2.0 * k) * u[{c0}] + k * (u[{m0}] + u[{p0}])",
                "y = u[{c0}] + k * (u[{m0}] - 2.0 * u[{c0}] + u[{p0}]) + h * u[{c0}] * (1.0 - u[{c0}])",
            ),
            "let {y} be {u} after a step of diffusion along the line",
            (_NEW,),
            numbers={"k": (0.05, 0.4), "h": (0.2, 1.0)},
            tables=FIELD,
            options=EDGES,
        ),
        weight=1.5,
        dimensions=(1,),
    ),
    snippet(
        "conductivity-line",
        Snippet(
            edged(
                1,
                "f0 = 0.5 * (other[{c0}] + other[{m0}]) * (u[{c0}] - u[{m0}])\n"
                "f1 = 0.5 * (other[{p0}] + other[{c0}]) * (u[{p0}] - u[{c0}])\n"
                "y = u[{c0}] + k * (f1 - f0)",
                "y = 0.5 * (u[{m0}] + u[{p0}] - k * other[{c0}])",
                "y = 2.0 * u[{c0}] - other[{c0}] + k * (u[{m0}] - 2.0 * u[{c0}] + u[{p0}])",
            ),
            "let {y} be {u} after a step that {other} takes part in",
            (_NEW,),
            numbers={"k": (0.05, 0.4)},
            tables=_TWO,
            options=EDGES,
        ),
        dimensions=(1,),
    ),
    snippet(
        "advection-line",
        Snippet(
            edged(
                1,
                "y = u[{c0}] - k * (u[{c0}] - u[{m0}])",
                "y = u[{c0}] - 0.5 * k * (u[{p0}] - u[{m0}])",
                "y = 0.5 * (u[{m0}] + u[{p0}]) - 0.5 * k * (u[{p0}] - u[{m0}])",
                "v = other[{c0}]\ng = u[{p0}] - u[{c0}]\nif v > 0.0:\n    g = u[{c0}] - u[{m0}]\n"
                "y = u[{c0}] - k * v * g",
                "v = other[{c0}]\n"
                "y = u[{c0}] - k * (wp.max(v, 0.0) * (u[{c0}] - u[{m0}]) + wp.min(v, 0.0) * (u[{p0}] - u[{c0}]))",
                "y = u[{c0}] - k * u[{c0}] * (u[{c0}] - u[{m0}])",
                "y = u[{c0}] - 0.5 * k * (u[{p0}] * u[{p0}] - u[{m0}] * u[{m0}])",
                "y = u[{c0}] - 0.5 * k * (u[{p0}] - u[{m0}]) + 0.5 * k * k * (u[{p0}] - 2.0 * u[{c0}] + u[{m0}])",
            ),
            "let {y} be {u} carried along the line for a step",
            (_NEW,),
            numbers={"k": (0.1, 0.5)},
            tables=_TWO,
            options=EDGES,
        ),
        weight=1.5,
        dimensions=(1,),
    ),
    snippet(
        "limiter-line",
        Snippet(
            edged(
                1,
                "a = u[{c0}] - u[{m0}]\nb = u[{p0}] - u[{c0}]\ny = wp.where(a * b > 0.0, <limited>, 0.1 * (a + b))",
                "a = u[{c0}] - u[{m0}]\nb = u[{p0}] - u[{c0}]\ny = 0.1 * u[{c0}]\nif a * b > 0.0:\n    y += <limited>",
                "y = wp.max(wp.min(u[{m0}], u[{c0}]), wp.min(wp.max(u[{m0}], u[{c0}]), u[{p0}]))",
                "y = wp.<pick>(u[{m0}], wp.<pick>(u[{c0}], u[{p0}]))",
                "y = 0.25 * u[{m0}] + 0.5 * u[{c0}] + 0.25 * u[{p0}]",
                "y = (u[{p0}] - u[{m0}]) * h",
            ),
            "let {y} be a limited slope, a median, an extreme or a mean of neighbours in {u}",
            (_NEW,),
            numbers={"h": (0.2, 1.0)},
            tables=FIELD,
            options={
                **EDGES,
                "limited": ("2.0 * a * b / (a + b)", "wp.sign(a) * wp.min(wp.abs(a), wp.abs(b))", "0.5 * (a + b)"),
                "pick": ("max", "min"),
            },
        ),
        weight=1.5,
        dimensions=(1,),
    ),
    snippet(
        "window-line",
        Snippet(
            (
                "y = float(0.0)\nfor k in range(-r, r + 1):\n    c = wp.clamp(AT0 + k, 0, N0 - 1)\n"
                "    y += u[c]\ny = y / float(2 * r + 1)",
                "y = float(0.0)\nfor k in range(n):\n    c = (AT0 + k) % N0\n    y += weights[k] * u[c]",
                "y = u[AT0]\nfor k in range(1, r + 1):\n"
                "    y = wp.max(y, wp.max(u[wp.max(AT0 - k, 0)], u[wp.min(AT0 + k, N0 - 1)]))",
                "y = float(0.0)\ntotal = float(0.0)\nfor k in range(-r, r + 1):\n    c = AT0 + k\n"
                "    if c < 0 or c >= N0:\n        continue\n"
                "    w = wp.exp(-0.5 * float(k * k))\n    y += w * u[c]\n    total += w\ny /= total",
                "y = float(0.0)\nfor k in range(n):\n    c = AT0 - k\n    if c >= 0:\n        y += weights[k] * u[c]",
            ),
            "let {y} be taken over a window of {u}",
            (_NEW,),
            whole={"r": (1, 3)},
            counts={"n": (3, 6)},
            tables={**FIELD, "weights": Table("T", ("n",), 0.1, 0.4)},
        ),
        weight=1.3,
        dimensions=(1,),
    ),
    snippet(
        "halo-line",
        Snippet(
            (
                "y = u[AT0 + 1] + k * (u[AT0] - 2.0 * u[AT0 + 1] + u[AT0 + 2])",
                "y = (u[AT0 + 2] - u[AT0]) * k",
                "i = AT0 + 1\ny = 0.5 * (u[i - 1] + u[i + 1]) - k * u[i]",
                "y = wp.abs(u[AT0 + 1] - u[AT0]) + k * wp.abs(u[AT0 + 2] - u[AT0 + 1])",
            ),
            "let {y} be taken from three neighbours in {u}, which has a cell more at either end",
            (_NEW,),
            numbers={"k": (0.1, 0.5)},
            tables={"u": Table("T", ("@+2",))},
        ),
        weight=0.5,
        dimensions=(1,),
    ),
    snippet(
        "automaton-line",
        Snippet(
            edged(
                1,
                "code = u[{m0}] * 4 + u[{c0}] * 2 + u[{p0}]\ny = (rule >> code) & 1",
                "y = u[{m0}] ^ u[{p0}]",
                "y = (u[{m0}] + u[{c0}] + u[{p0}]) % 2",
                "y = u[{c0}]\nif u[{m0}] + u[{p0}] == 1:\n    y = 1 - y",
            ),
            "let {y} be the next state of the cell in {u}",
            (Given("y", "int32", 0, 1),),
            whole={"rule": (18, 190)},
            tables={"u": Table("int32", ("@",), 0, 1)},
            options=EDGES,
        ),
        dimensions=(1,),
    ),
    snippet(
        "vector-line",
        Snippet(
            edged(
                1,
                "x = u[{c0}] + k * (u[{m0}] - 2.0 * u[{c0}] + u[{p0}])",
                "x = wp.normalize(u[{p0}] - u[{m0}] + vec3(0.0, 0.1, 0.0))",
                "x = wp.cross(u[{p0}] - u[{c0}], u[{m0}] - u[{c0}])",
                "d = u[{p0}] - u[{c0}]\nx = d * (k * (wp.length(d) - 0.5)) + 0.1 * u[{m0}]",
                "x = 0.25 * (u[{m0}] + 2.0 * u[{c0}] + u[{p0}])",
            ),
            "let {x} be made of the neighbours of a point in {u}",
            (Given("x", "V3", -4.0, 4.0),),
            numbers={"k": (0.05, 0.4)},
            tables={"u": Table("V3", ("@",))},
            options=EDGES,
        ),
        weight=1.2,
        dimensions=(1,),
    ),
)
