"""Windows on planes and in space: blurs, edges, erosion, medians, pooling, convolutions, the game of life."""

from warpsmith.synth.families.snippet import Given, Snippet, Table, snippet
from warpsmith.synth.families.stencil_edges import EDGES, FIELD, edged

_NEW = Given("y", "T", -3.0, 3.0)
_AROUND = "for di in range(-1, 2):\n    for dj in range(-1, 2):\n        i = <row>\n        j = <column>\n"
_PLACES = {
    "row": ("wp.clamp(AT0 + di, 0, N0 - 1)", "(AT0 + di + N0) % N0", "wp.min(wp.max(AT0 + di, 0), N0 - 1)"),
    "column": ("wp.clamp(AT1 + dj, 0, N1 - 1)", "(AT1 + dj + N1) % N1", "wp.min(wp.max(AT1 + dj, 0), N1 - 1)"),
}

IMAGES = (
    snippet(
        "window-mean",
        Snippet(
            (
                f"y = float(0.0)\n{_AROUND}        y += u[i, j]\ny = y / 9.0",
                f"y = float(0.0)\n{_AROUND}        y += u[i, j] * weights[di + 1, dj + 1]",
                f"y = u[AT0, AT1]\n{_AROUND}        y = wp.<pick>(y, u[i, j])",
                f"y = float(0.0)\ntotal = float(0.0)\n{_AROUND}        d = u[i, j] - u[AT0, AT1]\n"
                f"        w = wp.exp(-d * d / (h * h))\n"
                "        y += w * u[i, j]\n        total += w\ny /= total",
                f"mean = float(0.0)\nsq = float(0.0)\n{_AROUND}        mean += u[i, j] / 9.0\n"
                f"        sq += u[i, j] * u[i, j] / 9.0\ny = sq - mean * mean",
                "y = float(0.0)\nfor di in range(-1, 2):\n    i = AT0 + di\n    if i >= 0 and i < N0:\n"
                "        for dj in range(-1, 2):\n            j = AT1 + dj\n"
                "            if j >= 0 and j < N1:\n                y += h * u[i, j]",
            ),
            "let {y} be taken over the window around the pixel in {u}",
            (_NEW,),
            numbers={"h": (0.2, 0.9)},
            tables={**FIELD, "weights": Table("T", (3, 3), -0.5, 0.5)},
            options={**_PLACES, "pick": ("max", "min")},
        ),
        weight=1.6,
        dimensions=(2,),
    ),
    snippet(
        "fixed-filter",
        Snippet(
            edged(
                2,
                "y = 5.0 * u[{c0}, {c1}] - u[{m0}, {c1}] - u[{p0}, {c1}] - u[{c0}, {m1}] - u[{c0}, {p1}]",
                "gx = u[{p0}, {m1}] + 2.0 * u[{p0}, {c1}] + u[{p0}, {p1}] - u[{m0}, {m1}] - 2.0 * u[{m0}, {c1}] - "
                "u[{m0}, {p1}]\n"
                "y = 0.25 * wp.abs(gx)",
                "y = u[{p0}, {p1}] - u[{m0}, {m1}] + u[{c0}, {c1}]",
                "y = wp.max(u[{m0}, {c1}], wp.max(u[{p0}, {c1}], u[{c0}, {p1}])) - u[{c0}, {c1}]",
                "a = 0.5 * (u[{m0}, {c1}] + u[{p0}, {c1}])\nb = 0.5 * (u[{c0}, {m1}] + u[{c0}, {p1}])\n"
                "y = wp.where(wp.abs(a - u[{c0}, {c1}]) < wp.abs(b - u[{c0}, {c1}]), a, b)",
                "y = u[{c0}, {c1}] + k * (u[{c0}, {c1}] - 0.25 * (u[{m0}, {c1}] + u[{p0}, {c1}] + u[{c0}, {m1}] + "
                "u[{c0}, {p1}]))",
            ),
            "let {y} be the pixel of {u} sharpened, or an edge there",
            (Given("y", "T", -8.0, 8.0),),
            numbers={"k": (0.2, 1.5)},
            tables=FIELD,
            options=EDGES,
        ),
        weight=1.6,
        dimensions=(2,),
    ),
    snippet(
        "pooling",
        Snippet(
            (
                "i = 2 * AT0\nj = 2 * AT1\ny = 0.25 * (u[i, j] + u[i + 1, j] + u[i, j + 1] + u[i + 1, j + 1])",
                "i = 2 * AT0\nj = 2 * AT1\n"
                "y = wp.max(wp.max(u[i, j], u[i + 1, j]), wp.max(u[i, j + 1], u[i + 1, j + 1]))",
                "y = float(0.0)\nfor di in range(2):\n    for dj in range(2):\n"
                "        y = wp.max(y, wp.abs(u[2 * AT0 + di, 2 * AT1 + dj]))",
                "y = u[2 * AT0, 2 * AT1] - u[2 * AT0 + 1, 2 * AT1 + 1]",
                "i = AT0 * 2\ny = wp.<pick>(u[i, AT1], u[i + 1, AT1 + 1])",
                "y = u[AT0 // 2, AT1 // 2] - k * u[AT0, AT1]",
                "j = AT1 * 2 + AT0 % 2\ny = u[AT0, j] * k",
            ),
            "let {y} be four pixels of {u} pooled",
            (_NEW,),
            numbers={"k": (0.2, 0.9)},
            tables={"u": Table("T", ("@*2",))},
            options={"pick": ("max", "min")},
        ),
        weight=0.5,
        dimensions=(2,),
    ),
    snippet(
        "halo-window",
        Snippet(
            (
                "y = float(0.0)\nfor di in range(3):\n    for dj in range(3):\n"
                "        y += u[AT0 + di, AT1 + dj] * weights[di, dj]",
                "y = u[AT0 + 1, AT1 + 1] + k * (u[AT0, AT1 + 1] + u[AT0 + 2, AT1 + 1] + u[AT0 + 1, AT1] + u[AT0 + "
                "1, AT1 + 2] - 4.0 * u[AT0 + 1, AT1 + 1])",
                "y = float(0.0)\nfor di in range(3):\n    y += u[AT0 + di, AT1 + 1] - k * u[AT0 + 1, AT1 + di]",
            ),
            "let {y} be taken over a window of {u}, which has a rim of one cell",
            (_NEW,),
            numbers={"k": (0.05, 0.25)},
            tables={"u": Table("T", ("@+2",)), "weights": Table("T", (3, 3), -0.5, 0.5)},
        ),
        weight=0.5,
        dimensions=(2,),
    ),
    snippet(
        "game-of-life",
        Snippet(
            (
                f"n0 = int(0)\n{_AROUND}        n0 += u[i, j]\nn0 = n0 - u[AT0, AT1]\n<rule>",
                f"n0 = int(0)\n{_AROUND}        if di != 0 or dj != 0:\n            n0 += u[i, j]\n<rule>",
                *edged(
                    2,
                    "n0 = u[{m0}, {m1}] + u[{m0}, {c1}] + u[{m0}, {p1}] + u[{c0}, {m1}] + u[{c0}, {p1}] + u[{p0}, "
                    "{m1}] + u[{p0}, {c1}] + u[{p0}, {p1}]\n"
                    "<rule>",
                    "n0 = u[{m0}, {c1}] + u[{p0}, {c1}] + u[{c0}, {m1}] + u[{c0}, {p1}]\ny = (n0 + u[AT0, AT1]) % 2",
                ),
            ),
            "let {y} be the next state of the cell of {u} by its neighbours",
            (Given("y", "int32", 0, 8),),
            tables={"u": Table("int32", ("@",), 0, 1)},
            options={
                **EDGES,
                **_PLACES,
                "rule": (
                    "y = int(0)\nif n0 == 3 or (n0 == 2 and u[AT0, AT1] == 1):\n    y = 1",
                    "y = u[AT0, AT1]\nif n0 < 2 or n0 > 3:\n    y = 0\nelif n0 == 3:\n    y = 1",
                    "y = wp.where(n0 == 3, 1, wp.where(n0 == 2, u[AT0, AT1], 0)) + n0 % 3",
                    "y = wp.where(n0 > 4, 1, 0) + n0",
                ),
            },
        ),
        weight=1.4,
        dimensions=(2,),
    ),
    snippet(
        "color-filter",
        Snippet(
            edged(
                2,
                "x = 0.2 * (u[{m0}, {c1}] + u[{p0}, {c1}] + u[{c0}, {m1}] + u[{c0}, {p1}] + u[{c0}, {c1}])",
                "x = u[{c0}, {c1}] + k * (u[{p0}, {c1}] - u[{m0}, {c1}])",
                "x = wp.max(u[{c0}, {c1}], wp.max(u[{m0}, {c1}], u[{c0}, {m1}])) - k * u[{p0}, {c1}]",
                "x = wp.lerp(u[{c0}, {c1}], u[{p0}, {p1}], k)",
            ),
            "let {x} be the color of the pixel of {u} mixed with those around it",
            (Given("x", "V3", -1.0, 2.0),),
            numbers={"k": (0.1, 0.9)},
            tables={"u": Table("V3", ("@",), 0, 1)},
            options=EDGES,
        ),
        weight=1.2,
        dimensions=(2,),
    ),
    snippet(
        "window-space",
        Snippet(
            (
                "y = float(0.0)\nfor di in range(-1, 2):\n    for dj in range(-1, 2):\n"
                "        i = wp.clamp(AT0 + di, 0, N0 - 1)\n        j = wp.clamp(AT1 + dj, 0, N1 - 1)\n"
                "        y += u[i, j, AT2] / 9.0",
                "y = u[AT0, AT1, AT2]\nfor di in range(-1, 2):\n"
                "    y = wp.<pick>(y, u[wp.clamp(AT0 + di, 0, N0 - 1), AT1, AT2])",
                "y = float(0.0)\nfor di in range(-1, 2):\n    y += weights[di + 1] * u[AT0, AT1, (AT2 + di + N2) % N2]",
                "y = float(0.0)\nfor di in range(2):\n    for dj in range(2):\n        for dk in range(2):\n"
                "            y += 0.125 * u[wp.min(AT0 + di, N0 - 1), wp.min(AT1 + dj, N1 - 1), wp.min(AT2 + dk, "
                "N2 - 1)]",
            ),
            "let {y} be taken over the window around the voxel in {u}",
            (_NEW,),
            tables={**FIELD, "weights": Table("T", (3,), 0.1, 0.5)},
            options={"pick": ("max", "min")},
        ),
        weight=1.3,
        dimensions=(3,),
    ),
)
