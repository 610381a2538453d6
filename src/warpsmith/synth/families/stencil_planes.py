"""Stencils on planes and in space: Laplacians, gradients, divergence and curl, waves, reactions, transport."""

from warpsmith.synth.families.snippet import Given, Snippet, Table, snippet
from warpsmith.synth.families.stencil_edges import EDGES, FIELD, edged

_NEW = Given("y", "T", -3.0, 3.0)
_TWO = {**FIELD, "other": Table("T", ("@",))}
_SUM = "u[{m0}, {c1}] + u[{p0}, {c1}] + u[{c0}, {m1}] + u[{c0}, {p1}]"
_LAPLACE = f"{_SUM} - 4.0 * u[{{c0}}, {{c1}}]"
_SPACE_SUM = (
    "u[{m0}, {c1}, {c2}] + u[{p0}, {c1}, {c2}] + u[{c0}, {m1}, {c2}] + u[{c0}, {p1}, {c2}]"
    " + u[{c0}, {c1}, {m2}] + u[{c0}, {c1}, {p2}]"
)

PLANES = (
    snippet(
        "heat-plane",
        Snippet(
            edged(
                2,
                f"y = u[{{c0}}, {{c1}}] + k * ({_LAPLACE})",
                f"lap = {_LAPLACE}\ny = u[{{c0}}, {{c1}}] + k * lap",
                f"lap = ({_LAPLACE}) / (h * h)\ny = u[{{c0}}, {{c1}}] + 0.05 * lap",
                f"y = 0.25 * ({_SUM})",
                f"y = (1.0 - h) * u[{{c0}}, {{c1}}] + 0.25 * h * ({_SUM})",
                "dxx = u[{m0}, {c1}] - 2.0 * u[{c0}, {c1}] + u[{p0}, {c1}]\n"
                "dyy = u[{c0}, {m1}] - 2.0 * u[{c0}, {c1}] + u[{c0}, {p1}]\n"
                "y = u[{c0}, {c1}] + k * dxx + 0.5 * k * dyy",
            ),
            "let {y} be {u} after a step of diffusion on the plane",
            (_NEW,),
            numbers={"k": (0.05, 0.25), "h": (0.3, 1.0)},
            tables=FIELD,
            options=EDGES,
        ),
        weight=2.0,
        dimensions=(2,),
    ),
    snippet(
        "one-sided-plane",
        Snippet(
            edged(
                2,
                "y = u[{p0}, {c1}] - u[{c0}, {c1}]",
                "y = h * (u[{c0}, {p1}] - u[{c0}, {c1}])",
                "y = u[{c0}, {c1}] - h * (u[{c0}, {c1}] - u[{m0}, {c1}])",
                "y = wp.<pick>(u[{c0}, {c1}], u[{c0}, {m1}])",
                "y = 0.5 * (u[{m0}, {c1}] + u[{c0}, {c1}])",
                "y = u[{p0}, {p1}] * h",
                "y = wp.abs(u[{m0}, {m1}] - u[{c0}, {c1}])",
                "y = wp.lerp(u[{c0}, {c1}], u[{c0}, {p1}], h)",
                "d = u[{c0}, {p1}] - u[{c0}, {m1}]\ny = d * d",
                "y = u[{m0}, {c1}] * u[{p0}, {c1}]",
                "y = u[{c0}, {c1}]\nif u[{p0}, {c1}] > y:\n    y = u[{p0}, {c1}]",
            ),
            "let {y} compare a cell of {u} with its neighbour",
            (_NEW,),
            numbers={"h": (0.2, 0.9)},
            tables=FIELD,
            options={**EDGES, "pick": ("max", "min")},
        ),
        weight=2.0,
        dimensions=(2,),
    ),
    snippet(
        "one-sided-space",
        Snippet(
            edged(
                3,
                "y = u[{p0}, {c1}, {c2}] - u[{c0}, {c1}, {c2}]",
                "y = u[{c0}, {c1}, {c2}] - h * (u[{c0}, {c1}, {c2}] - u[{c0}, {m1}, {c2}])",
                "y = wp.<pick>(u[{c0}, {c1}, {c2}], u[{c0}, {c1}, {p2}])",
                "y = h * (u[{m0}, {c1}, {c2}] + u[{c0}, {m1}, {c2}])",
                "y = wp.abs(u[{c0}, {p1}, {c2}] - u[{c0}, {m1}, {c2}])",
                "y = wp.lerp(u[{c0}, {c1}, {c2}], u[{c0}, {c1}, {m2}], h)",
            ),
            "let {y} compare a cell of {u} with its neighbour",
            (_NEW,),
            numbers={"h": (0.2, 0.9)},
            tables=FIELD,
            options={**EDGES, "pick": ("max", "min")},
        ),
        weight=2.0,
        dimensions=(3,),
    ),
    snippet(
        "poisson-plane",
        Snippet(
            edged(
                2,
                f"y = 0.25 * ({_SUM} - h * other[{{c0}}, {{c1}}])",
                f"r = other[{{c0}}, {{c1}}] - ({_LAPLACE})\ny = u[{{c0}}, {{c1}}] - 0.25 * h * r",
                f"y = 2.0 * u[{{c0}}, {{c1}}] - other[{{c0}}, {{c1}}] + 0.2 * h * ({_LAPLACE})",
                f"y = u[{{c0}}, {{c1}}]\nif (AT0 + AT1) % 2 == 0:\n    y = 0.25 * ({_SUM} + h * other[{{c0}}, {{c1}}])",
                f"v = other[{{c0}}, {{c1}}]\n"
                f"y = u[{{c0}}, {{c1}}] + 0.2 * ({_LAPLACE}) - h * u[{{c0}}, {{c1}}] * v * v",
            ),
            "let {y} be {u} after a step towards a solution that {other} takes part in",
            (_NEW,),
            numbers={"h": (0.1, 0.9)},
            tables=_TWO,
            options=EDGES,
        ),
        weight=1.3,
        dimensions=(2,),
    ),
    snippet(
        "gradient-plane",
        Snippet(
            edged(
                2,
                "p = vec2(u[{p0}, {c1}] - u[{m0}, {c1}], u[{c0}, {p1}] - u[{c0}, {m1}]) * h",
                "gx = h * (u[{p0}, {c1}] - u[{m0}, {c1}])\ngy = h * (u[{c0}, {p1}] - u[{c0}, {m1}])\np = vec2(-gy, gx)",
                "p = vec2(u[{p0}, {c1}] - u[{c0}, {c1}], u[{c0}, {p1}] - u[{c0}, {c1}]) / h",
                "p = wp.normalize(vec2(u[{p0}, {c1}] - u[{m0}, {c1}] + 0.01, u[{c0}, {p1}] - u[{c0}, {m1}])) * "
                "u[{c0}, {c1}]",
            ),
            "let {p} be the gradient of {u}, or the gradient turned",
            (Given("p", "V2", -4.0, 4.0),),
            numbers={"h": (0.4, 1.0)},
            tables=FIELD,
            options=EDGES,
        ),
        weight=1.3,
        dimensions=(2,),
    ),
    snippet(
        "slope-plane",
        Snippet(
            edged(
                2,
                "gx = u[{p0}, {c1}] - u[{m0}, {c1}]\ngy = u[{c0}, {p1}] - u[{c0}, {m1}]\n"
                "y = wp.sqrt(gx * gx + gy * gy)",
                "gx = u[{p0}, {c1}] - u[{m0}, {c1}]\ngy = u[{c0}, {p1}] - u[{c0}, {m1}]\n"
                "y = wp.atan2(gy, wp.abs(gx) + 0.1)",
                "n0 = wp.normalize(vec3(u[{m0}, {c1}] - u[{p0}, {c1}], 2.0, u[{c0}, {m1}] - u[{c0}, {p1}]))\n"
                "y = wp.dot(n0, vec3(0.5, 0.7, 0.5))",
                "y = u[{p0}, {p1}] - u[{p0}, {m1}] - u[{m0}, {p1}] + u[{m0}, {m1}]",
            ),
            "let {y} be how steep {u} is",
            (_NEW,),
            tables=FIELD,
            options=EDGES,
        ),
        weight=1.2,
        dimensions=(2,),
    ),
    snippet(
        "flow-plane",
        Snippet(
            edged(
                2,
                "y = 0.5 * (u[{p0}, {c1}][0] - u[{m0}, {c1}][0] + u[{c0}, {p1}][1] - u[{c0}, {m1}][1])",
                "y = 0.5 * ((u[{p0}, {c1}][1] - u[{m0}, {c1}][1]) - (u[{c0}, {p1}][0] - u[{c0}, {m1}][0]))",
                "a = u[{p0}, {c1}] - u[{m0}, {c1}]\nb = u[{c0}, {p1}] - u[{c0}, {m1}]\ny = a[0] + b[1]",
                "v = u[{c0}, {c1}]\n"
                "y = other[{c0}, {c1}] - k * (v[0] * (other[{p0}, {c1}] - other[{m0}, {c1}]) + v[1] * "
                "(other[{c0}, {p1}] - other[{c0}, {m1}]))",
            ),
            "let {y} be the divergence, the curl or the transport of the flow {u}",
            (_NEW,),
            numbers={"k": (0.1, 0.5)},
            tables={"u": Table("V2", ("@",)), "other": Table("T", ("@",))},
            options=EDGES,
        ),
        weight=1.2,
        dimensions=(2,),
    ),
    snippet(
        "semi-lagrangian",
        Snippet(
            (
                "v = other[AT0, AT1]\nx0 = wp.clamp(float(AT0) - h * v[0], 0.0, float(N0 - 1))\n"
                "y0 = wp.clamp(float(AT1) - h * v[1], 0.0, float(N1 - 1))\n"
                "i0 = wp.min(int(x0), N0 - 2)\nj0 = wp.min(int(y0), N1 - 2)\nfx = x0 - float(i0)\nfy = y0 - float(j0)\n"
                "y = wp.lerp(wp.lerp(u[i0, j0], u[i0 + 1, j0], fx), wp.lerp(u[i0, j0 + 1], u[i0 + 1, j0 + 1], fx), fy)",
                "v = other[AT0, AT1]\ni0 = wp.clamp(int(wp.round(float(AT0) - h * v[0])), 0, N0 - 1)\n"
                "j0 = wp.clamp(int(wp.round(float(AT1) - h * v[1])), 0, N1 - 1)\ny = u[i0, j0]",
            ),
            "let {y} be {u} where the flow {other} comes from",
            (_NEW,),
            numbers={"h": (0.2, 1.0)},
            tables={"u": Table("T", ("@",)), "other": Table("V2", ("@",))},
        ),
        dimensions=(2,),
    ),
    snippet(
        "reaction-diffusion",
        Snippet(
            edged(
                2,
                f"a = u[{{c0}}, {{c1}}]\nb = other[{{c0}}, {{c1}}]\nlap = {_LAPLACE}\n"
                f"y = a + h * (0.2 * lap - a * b * b + feed * (1.0 - a))\n"
                "z = b + h * (a * b * b - (feed + 0.06) * b)",
                f"a = u[{{c0}}, {{c1}}]\nb = other[{{c0}}, {{c1}}]\nlap = {_LAPLACE}\n"
                f"y = a + h * (lap + a - a * a * a - b)\nz = b + h * feed * (a - b)",
            ),
            "let {y} and {z} be two substances after a step of reaction and diffusion",
            (_NEW, Given("z", "T", -3.0, 3.0)),
            numbers={"h": (0.1, 0.5), "feed": (0.02, 0.1)},
            tables={"u": Table("T", ("@",), 0, 1), "other": Table("T", ("@",), 0, 1)},
            options=EDGES,
        ),
        dimensions=(2,),
    ),
    snippet(
        "heat-space",
        Snippet(
            edged(
                3,
                f"y = u[{{c0}}, {{c1}}, {{c2}}] + k * ({_SPACE_SUM} - 6.0 * u[{{c0}}, {{c1}}, {{c2}}])",
                f"y = ({_SPACE_SUM}) / 6.0",
                f"total = {_SPACE_SUM}\ny = (1.0 - 6.0 * k) * u[{{c0}}, {{c1}}, {{c2}}] + k * total",
                "y = u[{c0}, {c1}, {c2}] + k * (u[{c0}, {c1}, {m2}] - 2.0 * u[{c0}, {c1}, {c2}] + u[{c0}, {c1}, {p2}])",
                "y = u[{p0}, {c1}, {c2}] - u[{m0}, {c1}, {c2}]",
            ),
            "let {y} be {u} after a step of diffusion in space, or a difference in it",
            (_NEW,),
            numbers={"k": (0.02, 0.15)},
            tables=FIELD,
            options=EDGES,
        ),
        weight=2.0,
        dimensions=(3,),
    ),
    snippet(
        "gradient-space",
        Snippet(
            edged(
                3,
                "x = h * vec3(u[{p0}, {c1}, {c2}] - u[{m0}, {c1}, {c2}], u[{c0}, {p1}, {c2}] - u[{c0}, {m1}, "
                "{c2}], u[{c0}, {c1}, {p2}] - u[{c0}, {c1}, {m2}])",
                "x = vec3(u[{p0}, {c1}, {c2}], u[{c0}, {p1}, {c2}], u[{c0}, {c1}, {p2}]) - vec3(1.0, 1.0, 1.0) * "
                "u[{c0}, {c1}, {c2}]",
            ),
            "let {x} be the gradient of {u}",
            (Given("x", "V3", -4.0, 4.0),),
            numbers={"h": (0.3, 1.0)},
            tables=FIELD,
            options=EDGES,
        ),
        weight=1.3,
        dimensions=(3,),
    ),
    snippet(
        "flow-space",
        Snippet(
            edged(
                3,
                "y = u[{p0}, {c1}, {c2}][0] - u[{m0}, {c1}, {c2}][0] + u[{c0}, {p1}, {c2}][1] - u[{c0}, {m1}, {c2}][1]",
                "a = u[{c0}, {p1}, {c2}] - u[{c0}, {m1}, {c2}]\nb = u[{c0}, {c1}, {p2}] - u[{c0}, {c1}, {m2}]\n"
                "y = a[2] - b[1]",
                "y = wp.dot(u[{c0}, {c1}, {p2}], u[{c0}, {c1}, {m2}])",
            ),
            "let {y} be made of differences of the flow {u}",
            (Given("y", "T", -8.0, 8.0),),
            tables={"u": Table("V3", ("@",))},
            options=EDGES,
        ),
        dimensions=(3,),
    ),
)
