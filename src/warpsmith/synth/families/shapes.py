"""Pieces of geometry: planes, rays, triangles, segments, boxes, distances to solids."""

from warpsmith.synth.families.pieces import Gives, Piece

_DISTANCE = Gives(("distance", "dist", "gap", "d_min"), "scalar", 0.0, 14.0, "the distance")
_SIGNED = Gives(("sdf", "signed_dist", "phi", "sd"), "scalar", -14.0, 14.0, "the signed distance")
_HIT_TIME = Gives(("t", "t_hit", "hit_t", "ray_t"), "scalar", -30.0, 30.0, "the ray parameter")
_UNIT = Gives(("normal", "nrm", "face_normal", "n_hat"), "vec3", -1.0, 1.0, "the unit normal")
_CLOSEST = Gives(("closest", "nearest", "cp", "foot"), "vec3", -6.0, 6.0, "the closest point")

TRIANGLES: tuple[Piece, ...] = (
    Piece(
        "triangle_area",
        "take half of the length of the cross product of two edges as the area",
        (
            "ab = b - a\nac = c - a\narea = 0.5 * wp.length(wp.cross(ab, ac))",
            "area = wp.length(wp.cross(b - a, c - a)) * 0.5",
            "ab = b - a\nac = c - a\ndoubled = wp.cross(ab, ac)\narea = wp.sqrt(wp.dot(doubled, doubled)) / 2.0",
        ),
        {"a b c": "corners"},
        {"area": Gives(("area", "tri_area", "surface_area"), "scalar", 0.0, 110.0, "the area of the triangle")},
        ("ab", "ac", "doubled"),
    ),
    Piece(
        "triangle_normal",
        "let {normal} be the unit normal of the triangle",
        (
            "normal = wp.normalize(wp.cross(b - a, c - a))",
            "e0 = b - a\ne1 = c - a\nnormal = wp.normalize(wp.cross(e0, e1))",
            "raw = wp.cross(c - a, b - a)\nnormal = raw / (wp.length(raw) + 1.0e-6)",
        ),
        {"a b c": "corners"},
        {"normal": _UNIT},
        ("e0", "e1", "raw"),
    ),
    Piece(
        "triangle_center",
        "let {centroid} be the centroid of the triangle",
        ("centroid = (a + b + c) / 3.0", "centroid = a + (b - a + (c - a)) * 0.3333"),
        {"a b c": "corners"},
        {"centroid": Gives(("centroid", "mid", "bary_center"), "vec3", -4.0, 4.0, "the centroid")},
    ),
    Piece(
        "corner_angle",
        "let {angle} be the angle at the first corner",
        (
            "angle = wp.acos(wp.clamp(wp.dot(wp.normalize(b - a), wp.normalize(c - a)), -0.99, 0.99))",
            "u = b - a\nv = c - a\nangle = wp.atan2(wp.length(wp.cross(u, v)), wp.dot(u, v))",
        ),
        {"a b c": "corners"},
        {"angle": Gives(("angle", "theta", "corner_angle"), "scalar", 0.0, 3.15, "the corner's angle")},
        ("u", "v"),
    ),
    Piece(
        "bounds_of",
        "let {low} and {high} be the corners of the triangle's bounding box",
        (
            "low = wp.min(wp.min(a, b), c)\nhigh = wp.max(wp.max(a, b), c)",
            "low = wp.min(a, wp.min(b, c))\nhigh = wp.max(a, wp.max(b, c))",
        ),
        {"a b c": "corners"},
        {
            "low": Gives(("lower", "lo", "aabb_min", "box_low"), "vec3", -4.0, 4.0, "the lower corner"),
            "high": Gives(("upper", "hi", "aabb_max", "box_high"), "vec3", -4.0, 4.0, "the upper corner"),
        },
    ),
    Piece(
        "triangles_overlap",
        "test whether the two triangles intersect",
        ("hit = wp.intersect_tri_tri(a, b, c, u0, u1, u2)",),
        {"a b c": "corners", "u0 u1 u2": "corners"},
        {"hit": Gives(("hit", "overlap", "touching", "crossing"), "int", 0.0, 1.0, "the intersection flag")},
        weight=1.6,
    ),
    Piece(
        "ray_triangle",
        "cast a ray at the triangle (Möller and Trumbore) and keep its parameter and the determinant",
        (
            "edge1 = b - a\nedge2 = c - a\nh = wp.cross(d, edge2)\ndet = wp.dot(edge1, h)\nt = T(-1.0)\n"
            "if wp.abs(det) > 1.0e-2:\n    s = o - a\n    u = wp.dot(s, h) / det\n    q = wp.cross(s, edge1)\n"
            "    v = wp.dot(d, q) / det\n    if u >= 0.0 and v >= 0.0 and u + v <= 1.0:\n"
            "        t = wp.dot(edge2, q) / det",
            "edge1 = b - a\nedge2 = c - a\nh = wp.cross(d, edge2)\ndet = wp.dot(edge1, h)\ninv_det = 1.0 / (det + 1.0e-3)\n"
            "s = o - a\nu = inv_det * wp.dot(s, h)\nq = wp.cross(s, edge1)\nv = inv_det * wp.dot(d, q)\n"
            "t = wp.where(u >= 0.0 and u + v <= 1.0, wp.clamp(inv_det * wp.dot(edge2, q), -30.0, 30.0), T(-1.0))",
        ),
        {"o": "point", "d": "direction", "a b c": "corners"},
        {
            "t": _HIT_TIME,
            "det": Gives(("det", "determinant", "facing"), "scalar", -200.0, 200.0, "the determinant"),
        },
        ("edge1", "edge2", "h", "s", "q", "u", "v", "inv_det"),
    ),
    Piece(
        "barycentric",
        "find the barycentric coordinates of the point in the triangle",
        (
            "v0 = b - a\nv1 = c - a\nv2 = p - a\nd00 = wp.dot(v0, v0)\nd01 = wp.dot(v0, v1)\nd11 = wp.dot(v1, v1)\n"
            "d20 = wp.dot(v2, v0)\nd21 = wp.dot(v2, v1)\ndenom = d00 * d11 - d01 * d01 + 0.01\n"
            "v = wp.clamp((d11 * d20 - d01 * d21) / denom, -2.0, 3.0)\n"
            "w = wp.clamp((d00 * d21 - d01 * d20) / denom, -2.0, 3.0)",
        ),
        {"p": "point", "a b c": "corners"},
        {
            "v": Gives(("v", "bary_v", "beta"), "scalar", -2.0, 3.0, "the second barycentric coordinate"),
            "w": Gives(("w", "bary_w", "gamma"), "scalar", -2.0, 3.0, "the third barycentric coordinate"),
        },
        ("v0", "v1", "v2", "d00", "d01", "d11", "d20", "d21", "denom"),
    ),
    Piece(
        "solid_angle",
        "take the solid angle that the triangle fills as seen from the point",
        (
            "ra = a - p\nrb = b - p\nrc = c - p\nla = wp.length(ra)\nlb = wp.length(rb)\nlc = wp.length(rc)\n"
            "above = wp.dot(ra, wp.cross(rb, rc))\n"
            "below = la * lb * lc + wp.dot(ra, rb) * lc + wp.dot(rb, rc) * la + wp.dot(rc, ra) * lb\n"
            "omega = 2.0 * wp.atan2(above, below)",
        ),
        {"p": "point", "a b c": "corners"},
        {"omega": Gives(("omega", "solid_angle", "winding"), "scalar", -6.3, 6.3, "the solid angle")},
        ("ra", "rb", "rc", "la", "lb", "lc", "above", "below"),
    ),
    Piece(
        "tet_volume",
        "take a sixth of the triple product as the volume of the tetrahedron",
        (
            "volume = wp.dot(wp.cross(b - a, c - a), e - a) / 6.0",
            "x1 = b - a\nx2 = c - a\nx3 = e - a\nvolume = wp.dot(x1, wp.cross(x2, x3)) * 0.16667",
        ),
        {"a b c e": "corners"},
        {"volume": Gives(("volume", "vol", "tet_volume"), "scalar", -200.0, 200.0, "the volume")},
        ("x1", "x2", "x3"),
    ),
    Piece(
        "dihedral",
        "let {fold} be the cosine of the angle between the two faces at an edge",
        (
            "n1 = wp.cross(b - a, c - a)\nn2 = wp.cross(e - a, b - a)\nfold = wp.dot(wp.normalize(n1), wp.normalize(n2))",
            "n1 = wp.normalize(wp.cross(c - a, b - a))\nn2 = wp.normalize(wp.cross(e - b, a - b))\nfold = wp.dot(n1, n2)",
        ),
        {"a b c e": "corners"},
        {"fold": Gives(("fold", "cos_theta", "bend"), "scalar", -1.0, 1.0, "the fold between the faces")},
        ("n1", "n2"),
    ),
)

LINES: tuple[Piece, ...] = (
    Piece(
        "edge_edge",
        "find the closest points of the two edges",
        (
            "st = wp.closest_point_edge_edge(p, q, r, s, 1.0e-5)",
            "eps = float(1.0e-6)\nst = wp.closest_point_edge_edge(p, q, r, s, eps)",
        ),
        {"p q": "corners", "r s": "corners"},
        {"st": Gives(("st", "closest_params", "std", "pair"), "vec3", 0.0, 14.0, "the parameters and the distance")},
        ("eps",),
        1.6,
        ("float32",),
    ),
    Piece(
        "edge_contact",
        "find the closest points of the two edges and the vector from one to the other",
        (
            "st = wp.closest_point_edge_edge(p, q, r, s, 1.0e-5)\nfirst = p + (q - p) * st[0]\n"
            "second = r + (s - r) * st[1]\nbetween = second - first\ngap = st[2]",
            "st = wp.closest_point_edge_edge(p, q, r, s, 1.0e-6)\nfirst = wp.lerp(p, q, st[0])\n"
            "second = wp.lerp(r, s, st[1])\nbetween = first - second\ngap = wp.length(between)",
        ),
        {"p q": "corners", "r s": "corners"},
        {
            "between": Gives(
                ("between", "delta", "contact_dir", "separation"), "vec3", -8.0, 8.0, "the connecting vector"
            ),
            "gap": _DISTANCE,
        },
        ("st", "first", "second"),
        1.3,
        ("float32",),
    ),
    Piece(
        "segment_closest",
        "find the point of the segment that is closest to the point",
        (
            "seg = b - a\nt = wp.clamp(wp.dot(p - a, seg) / (wp.dot(seg, seg) + 1.0e-4), 0.0, 1.0)\nclosest = a + t * seg\n"
            "dist = wp.length(p - closest)",
            "seg = b - a\nlength_sq = wp.max(wp.length_sq(seg), 1.0e-3)\n"
            "t = wp.min(wp.max(wp.dot(p - a, seg) / length_sq, 0.0), 1.0)\nclosest = wp.lerp(a, b, t)\n"
            "dist = wp.length(closest - p)",
        ),
        {"p": "point", "a b": "corners"},
        {"closest": _CLOSEST, "dist": _DISTANCE},
        ("seg", "t", "length_sq"),
    ),
    Piece(
        "line_distance",
        "let {dist} be the distance of the point from the line",
        (
            "dist = wp.length(wp.cross(p - o, d))",
            "rel = p - o\nalong = wp.dot(rel, d)\ndist = wp.length(rel - along * d)",
        ),
        {"p": "point", "o": "point", "d": "direction"},
        {"dist": _DISTANCE},
        ("rel", "along"),
    ),
    Piece(
        "ray_at",
        "walk along the ray by {r}",
        ("hit = o + r * d", "hit = o + d * (r + r)"),
        {"o": "point", "d": "direction", "r": "length"},
        {"hit": Gives(("hit_point", "q_along", "at", "landing"), "vec3", -9.0, 9.0, "the point along the ray")},
    ),
    Piece(
        "skew_distance",
        "let {dist} be the distance between the two lines",
        (
            "cross = wp.cross(d, e)\ndist = wp.abs(wp.dot(q - o, cross)) / (wp.length(cross) + 1.0e-2)",
            "n = wp.normalize(wp.cross(d, e))\ndist = wp.abs(wp.dot(o - q, n))",
        ),
        {"o": "point", "d": "direction", "q": "point", "e": "direction"},
        {"dist": Gives(("line_gap", "skew", "line_dist"), "scalar", 0.0, 14.0, "the distance of the lines")},
        ("cross", "n"),
    ),
)

PLANES: tuple[Piece, ...] = (
    Piece(
        "plane_distance",
        "let {height} be the signed distance of the point from the plane",
        ("height = wp.dot(p - o, n)", "offset = wp.dot(o, n)\nheight = wp.dot(p, n) - offset"),
        {"p": "point", "o": "point", "n": "direction"},
        {
            "height": Gives(
                ("height", "plane_dist", "side", "elevation"), "scalar", -14.0, 14.0, "the height over the plane"
            )
        },
        ("offset",),
    ),
    Piece(
        "project_plane",
        "project the point onto the plane",
        (
            "foot = p - wp.dot(p - o, n) * n",
            "rel = p - o\nnormal_part = n * wp.dot(rel, n)\nfoot = o + (rel - normal_part)",
        ),
        {"p": "point", "o": "point", "n": "direction"},
        {"foot": Gives(("foot", "projected", "shadow", "on_plane"), "vec3", -18.0, 18.0, "the projected point")},
        ("rel", "normal_part"),
    ),
    Piece(
        "mirror",
        "mirror the velocity at the surface",
        ("out_v = v - 2.0 * wp.dot(v, n) * n", "vn = wp.dot(v, n)\nout_v = v - n * (vn + vn)"),
        {"v": "velocity", "n": "direction"},
        {"out_v": Gives(("reflected", "bounced", "mirrored"), "vec3", -12.0, 12.0, "the mirrored vector")},
        ("vn",),
    ),
    Piece(
        "split_normal",
        "split the velocity into its normal and its tangential part",
        ("vn = wp.dot(v, n)\nvt = v - n * vn", "vn = wp.dot(n, v)\nnormal_part = vn * n\nvt = v - normal_part"),
        {"v": "velocity", "n": "direction"},
        {
            "vn": Gives(("vn", "normal_speed", "approach"), "scalar", -4.0, 4.0, "the normal speed"),
            "vt": Gives(("vt", "tangential", "slip"), "vec3", -6.0, 6.0, "the tangential part"),
        },
        ("normal_part",),
    ),
    Piece(
        "ray_plane",
        "cut the ray with the plane",
        (
            "facing = wp.dot(d, n)\nt = T(-1.0)\nif wp.abs(facing) > 0.05:\n    t = wp.dot(o - p, n) / facing",
            "facing = wp.dot(d, n)\nt = wp.where(wp.abs(facing) > 0.05, wp.dot(o - p, n) / facing, T(0.0))",
        ),
        {"p": "point", "d": "direction", "o": "point", "n": "direction"},
        {"t": Gives(("t", "t_plane", "hit_t"), "scalar", -280.0, 280.0, "the ray parameter")},
        ("facing",),
    ),
    Piece(
        "tangent_frame",
        "complete the normal to a frame",
        (
            "tangent = wp.normalize(wp.cross(n, V(0.31, 0.42, 0.85)))\nbitangent = wp.cross(n, tangent)",
            "helper = wp.where(wp.abs(n[0]) > 0.6, V(0.0, 1.0, 0.0), V(1.0, 0.0, 0.0))\n"
            "tangent = wp.normalize(wp.cross(helper, n))\nbitangent = wp.cross(n, tangent)",
        ),
        {"n": "direction"},
        {
            "tangent": Gives(("tangent", "t1", "side_dir"), "vec3", -1.0, 1.0, "the tangent"),
            "bitangent": Gives(("bitangent", "t2", "up_dir"), "vec3", -1.0, 1.0, "the bitangent"),
        },
        ("helper",),
    ),
)
