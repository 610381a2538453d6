"""Pieces of geometry: distances to solids, overlaps of spheres and boxes, rays against them, rotations of points."""

from warpsmith.synth.families.pieces import Gives, Piece

_SIGNED = Gives(("sdf", "signed_dist", "phi", "sd"), "scalar", -16.0, 16.0, "the signed distance")
_FLAG = Gives(("inside", "overlaps", "touches", "is_hit"), "bool", 0.0, 1.0, "the flag")

SOLIDS: tuple[Piece, ...] = (
    Piece(
        "sphere_sdf",
        "let {sdf} be the signed distance from the sphere",
        ("sdf = wp.length(p - c) - r", "rel = p - c\nsdf = wp.sqrt(wp.dot(rel, rel) + 1.0e-6) - r"),
        {"p": "point", "c": "point", "r": "length"},
        {"sdf": _SIGNED},
        ("rel",),
    ),
    Piece(
        "box_sdf",
        "let {sdf} be the signed distance from the box",
        (
            "qx = wp.abs(p[0]) - r\nqy = wp.abs(p[1]) - s\nqz = wp.abs(p[2]) - r\n"
            "outside = wp.length(V(wp.max(qx, 0.0), wp.max(qy, 0.0), wp.max(qz, 0.0)))\n"
            "sdf = outside + wp.min(wp.max(qx, wp.max(qy, qz)), 0.0)",
            "q = wp.abs(p) - V(r, s, r)\nouter = wp.max(q, V(0.0, 0.0, 0.0))\n"
            "sdf = wp.length(outer) + wp.min(wp.max(q), 0.0)",
        ),
        {"p": "point", "r": "length", "s": "length"},
        {"sdf": _SIGNED},
        ("q", "qx", "qy", "qz", "outside", "outer"),
    ),
    Piece(
        "capsule_sdf",
        "let {sdf} be the signed distance from the capsule",
        (
            "y = p[1] - c[1]\ny = y - wp.clamp(y, -h, h)\nsdf = wp.length(V(p[0] - c[0], y, p[2] - c[2])) - r",
            "pa = p - c\nh_t = wp.clamp(pa[2] / (h + 0.5), 0.0, 1.0)\nsdf = wp.length(pa - V(0.0, 0.0, h) * h_t) - r",
        ),
        {"p": "point", "c": "point", "h": "length", "r": "length"},
        {"sdf": _SIGNED},
        ("y", "pa", "h_t"),
        inline=True,
    ),
    Piece(
        "torus_sdf",
        "let {sdf} be the signed distance from the torus",
        (
            "ring = wp.length(V2(p[0], p[2])) - s\nsdf = wp.length(V2(ring, p[1])) - r",
            "ring = wp.sqrt(p[0] * p[0] + p[1] * p[1]) - s\nsdf = wp.sqrt(ring * ring + p[2] * p[2]) - r",
        ),
        {"p": "point", "s": "length", "r": "length"},
        {"sdf": _SIGNED},
        ("ring",),
    ),
    Piece(
        "cylinder_sdf",
        "let {sdf} be the signed distance from the cylinder",
        (
            "dx = wp.length(V2(p[0], p[2])) - r\ndy = wp.abs(p[1]) - h\n"
            "sdf = wp.min(wp.max(dx, dy), 0.0) + wp.length(V2(wp.max(dx, 0.0), wp.max(dy, 0.0)))",
        ),
        {"p": "point", "r": "length", "h": "length"},
        {"sdf": _SIGNED},
        ("dx", "dy"),
    ),
    Piece(
        "smooth_union",
        "blend the distances from two spheres",
        (
            "first = wp.length(p - c) - r\nsecond = wp.length(p - q) - s\n"
            "h = wp.clamp(0.5 + 0.5 * (second - first) / 0.4, 0.0, 1.0)\n"
            "sdf = wp.lerp(second, first, h) - 0.4 * h * (1.0 - h)",
            "first = wp.length(p - c) - r\nsecond = wp.length(p - q) - s\nsdf = wp.min(first, second)",
            "sdf = wp.max(wp.length(p - c) - r, s - wp.length(p - q))",
        ),
        {"p": "point", "c": "point", "q": "point", "r": "length", "s": "length"},
        {"sdf": _SIGNED},
        ("first", "second", "h"),
    ),
    Piece(
        "sphere_overlap",
        "let {depth} be how deep the two spheres are in each other",
        (
            "depth = r + s - wp.length(c - p)",
            "gap = wp.length(p - c)\ndepth = wp.max(r + s - gap, -3.0)",
        ),
        {"p": "point", "c": "point", "r": "length", "s": "length"},
        {"depth": Gives(("depth", "penetration", "pen"), "scalar", -14.0, 5.0, "the depth of penetration")},
        ("gap",),
    ),
    Piece(
        "contact_force",
        "push the two spheres apart where they overlap",
        (
            "rel = p - c\ngap = wp.length(rel) - (r + s)\nforce = V(0.0, 0.0, 0.0)\n"
            "if gap < 1.0:\n    force = wp.normalize(rel) * (1.0 - gap)",
            "rel = p - c\ngap = wp.length(rel) - (r + s)\nforce = wp.normalize(rel) * wp.exp(-gap * 0.5)",
        ),
        {"p": "point", "c": "point", "r": "length", "s": "length"},
        {"force": Gives(("force", "push", "repulsion"), "vec3", -15.0, 15.0, "the contact force")},
        ("rel", "gap"),
    ),
    Piece(
        "box_test",
        "test whether the point is in the box around the center",
        (
            "inside = wp.abs(p[0] - c[0]) < r + 0.5 and wp.abs(p[1] - c[1]) < r + 1.0 and wp.abs(p[2] - c[2]) < r + 1.5",
            "rel = wp.abs(p - c)\ninside = wp.max(rel) < r + 0.8",
            "q = p - c\ninside = wp.dot(q, q) < (r + 1.5) * (r + 1.5)",
        ),
        {"p": "point", "c": "point", "r": "length"},
        {"inside": _FLAG},
        ("rel", "q"),
    ),
    Piece(
        "cone_test",
        "let {facing} be how far the point is within the cone of the axis",
        ("facing = wp.dot(wp.normalize(p - o), d)", "rel = p - o\nfacing = wp.dot(rel, d) / (wp.length(rel) + 0.1)"),
        {"p": "point", "o": "point", "d": "direction"},
        {"facing": Gives(("facing", "cos_angle", "alignment"), "scalar", -1.0, 1.0, "the cosine to the axis")},
        ("rel",),
    ),
    Piece(
        "ray_sphere",
        "cast a ray at the sphere",
        (
            "m = o - c\nb = wp.dot(m, d)\ndisc = b * b - wp.dot(m, m) + r * r\nt = -b\n"
            "if disc > 0.0:\n    t = -b - wp.sqrt(disc)",
            "m = c - o\ntca = wp.dot(m, d)\nd2 = wp.dot(m, m) - tca * tca\nt = tca - wp.sqrt(wp.max(r * r - d2, 0.0))",
        ),
        {"o": "point", "d": "direction", "c": "point", "r": "length"},
        {"t": Gives(("t", "t_near", "hit_t", "ray_t"), "scalar", -18.0, 18.0, "the ray parameter")},
        ("m", "b", "disc", "tca", "d2"),
    ),
    Piece(
        "ray_box",
        "cast a ray at a box by slabs",
        (
            "t_low = T(-50.0)\nt_high = T(50.0)\nfor k in range(3):\n"
            "    slope = wp.where(wp.abs(d[k]) > 1.0e-2, d[k], T(0.01))\n    first = (-r - o[k]) / slope\n"
            "    second = (r - o[k]) / slope\n    t_low = wp.max(t_low, wp.min(first, second))\n"
            "    t_high = wp.min(t_high, wp.max(first, second))",
        ),
        {"o": "point", "d": "direction", "r": "length"},
        {
            "t_low": Gives(("t_low", "t_enter", "t_min"), "scalar", -50.0, 700.0, "where the ray enters"),
            "t_high": Gives(("t_high", "t_exit", "t_max"), "scalar", -700.0, 50.0, "where the ray leaves"),
        },
        ("k", "slope", "first", "second"),
        inline=True,
    ),
    Piece(
        "rotate_about",
        "rotate the point about the axis by the angle {r} (Rodrigues)",
        (
            "turned = p * wp.cos(r) + wp.cross(n, p) * wp.sin(r) + n * wp.dot(n, p) * (1.0 - wp.cos(r))",
            "cos_r = wp.cos(r)\nsin_r = wp.sin(r)\nalong = n * wp.dot(n, p)\n"
            "turned = along + (p - along) * cos_r + wp.cross(n, p) * sin_r",
        ),
        {"p": "point", "n": "direction", "r": "length"},
        {"turned": Gives(("turned", "rotated", "swung"), "vec3", -14.0, 14.0, "the rotated point")},
        ("cos_r", "sin_r", "along"),
    ),
    Piece(
        "spherical",
        "let {theta} and {psi} be the spherical angles of the point",
        (
            "radius = wp.length(p) + 1.0e-3\ntheta = wp.acos(wp.clamp(p[2] / radius, -0.99, 0.99))\npsi = wp.atan2(p[1], p[0])",
            "unit = wp.normalize(p)\ntheta = wp.asin(wp.clamp(unit[1], -0.98, 0.98))\npsi = wp.atan2(unit[2], unit[0])",
        ),
        {"p": "point"},
        {
            "theta": Gives(("theta", "polar", "latitude"), "scalar", -3.15, 3.15, "the polar angle"),
            "psi": Gives(("psi", "azimuth", "longitude"), "scalar", -3.15, 3.15, "the azimuth"),
        },
        ("radius", "unit"),
    ),
    Piece(
        "moving_spheres",
        "find when the moving point is closest to the center",
        (
            "rel = p - c\ntravel = -wp.dot(rel, v) / (wp.dot(v, v) + 0.1)\nclosest_gap = wp.length(rel + v * wp.clamp(travel, 0.0, 2.0))",
        ),
        {"p": "point", "c": "point", "v": "velocity"},
        {"closest_gap": Gives(("closest_gap", "miss", "min_gap"), "scalar", 0.0, 22.0, "the closest approach")},
        ("rel", "travel"),
    ),
    Piece(
        "advance",
        "advance the point by its velocity",
        ("moved = p + v * h", "moved = p + h * v"),
        {"p": "point", "v": "velocity", "h": "time"},
        {"moved": Gives(("moved", "next_pos", "predicted", "advanced"), "vec3", -4.5, 4.5, "the advanced point")},
    ),
    Piece(
        "inside_edges",
        "let {edge} be the smallest of the edge functions of the flat triangle",
        (
            "w0 = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])\n"
            "w1 = (c[0] - b[0]) * (p[1] - b[1]) - (c[1] - b[1]) * (p[0] - b[0])\n"
            "w2 = (a[0] - c[0]) * (p[1] - c[1]) - (a[1] - c[1]) * (p[0] - c[0])\nedge = wp.min(w0, wp.min(w1, w2))",
        ),
        {"p": "point2", "a": "point2", "b": "point2", "c": "point2"},
        {"edge": Gives(("edge", "edge_value", "coverage"), "scalar", -130.0, 130.0, "the edge function")},
        ("w0", "w1", "w2"),
    ),
    Piece(
        "segments_cross",
        "let {ua} be where the two lines of the plane cross",
        (
            "r_x = b[0] - a[0]\nr_y = b[1] - a[1]\ns_x = q[0] - p[0]\ns_y = q[1] - p[1]\ndet = r_x * s_y - r_y * s_x\n"
            "ua = ((p[0] - a[0]) * s_y - (p[1] - a[1]) * s_x) * det / (det * det + 0.1)",
        ),
        {"a": "point2", "b": "point2", "p": "point2", "q": "point2"},
        {"ua": Gives(("ua", "crossing", "line_param"), "scalar", -250.0, 250.0, "the crossing's parameter")},
        ("r_x", "r_y", "s_x", "s_y", "det"),
    ),
)
