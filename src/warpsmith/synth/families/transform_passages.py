"""What people do with rigid transformations, in passages."""

from warpsmith.synth.families.passages import Passage, Result

_X = Result("transform", 8.0)
_V = Result("vec3", 10.0)
_Q = Result("quat", 1.0)
_NAMES = {
    "X1": ("X_out", "tf_new", "X_wc", "world_pose", "combined", "X_new"),
    "p1": ("p_world", "p_new", "moved", "x_world", "q_w", "v_out"),
    "q1": ("q_new", "rot_out", "q_w2"),
    "inv": ("inv", "X_inv", "to_local", "X_bw"),
    "M": ("M", "mat", "model", "m44"),
    "rel": ("rel", "X_rel", "X_ab"),
    "local": ("local", "p_l", "x_local"),
    "dist": ("dist", "d1", "sdf", "gap"),
}

APPLIED = (
    Passage(
        "transform-point",
        (
            (
                ("p1 = wp.transform_point(X, p)", "transform {p} by {X}"),
                ("p1 = wp.transform_vector(X, d)", "turn {d} by {X}"),
                ("p1 = wp.transform_point(wp.transform_inverse(X), p)", "bring {p} into the frame of {X}"),
                ("inv = wp.transform_inverse(X)\np1 = wp.transform_vector(inv, d)", "turn {d} into the frame of {X}"),
                (
                    "p1 = wp.transform_get_translation(X) + wp.quat_rotate(wp.transform_get_rotation(X), p)",
                    "rotate and move {p} by {X}",
                ),
                (
                    "p1 = wp.quat_rotate_inv(wp.transform_get_rotation(X), p - wp.transform_get_translation(X))",
                    "move and rotate {p} back by {X}",
                ),
                ("p1 = wp.transform_point(X, p * scale)", "scale {p} by {scale} and transform it by {X}"),
                ("p1 = wp.transform_point(X, wp.cw_mul(p, stretch))", "stretch {p} and transform it by {X}"),
                ("p1 = wp.transform_point(Y, wp.transform_point(X, p))", "transform {p} by {X} and then by {Y}"),
                (
                    "p1 = wp.transform_point(wp.transform_multiply(wp.transform_inverse(Y), X), p)",
                    "take {p} from the frame {X} to the frame {Y}",
                ),
            ),
        ),
        {"p1": _V},
        _NAMES,
        weight=2.0,
    ),
    Passage(
        "transform-by-matrix",
        (
            (
                ("M = wp.transform_to_matrix(X)", "turn {X} into a matrix"),
                ("M = wp.transform_compose(p, q, stretch)", "make a matrix of {p}, {q} and {stretch}"),
                ("M = wp.transform_to_matrix(wp.transform_multiply(Y, X))", "turn {X} after {Y} into a matrix"),
                (
                    "M = wp.transform_to_matrix(Y) * wp.transform_compose(p, q, stretch)",
                    "make a matrix of {Y} times a stretched frame",
                ),
            ),
            (
                ("p1 = wp.transform_point(M, d)", "transform {d} by it"),
                ("p1 = wp.transform_vector(M, d)", "turn {d} by it"),
                ("t = M * vec4(d[0], d[1], d[2], 1.0)\np1 = vec3(t[0], t[1], t[2])", "multiply {d} by it"),
                ("p1 = vec3(M[0, 3], M[1, 3], M[2, 3])", "read its last column"),
                ("X1 = wp.transform_from_matrix(M)", "take the transform back"),
                ("t1, q1, s1 = wp.transform_decompose(M)", "take it apart into translation, rotation and scale"),
                (
                    "t1, q1, s1 = wp.transform_decompose(M)\np1 = t1 + wp.cw_mul(s1, wp.quat_rotate(q1, d))",
                    "take it apart",
                ),
            ),
        ),
        {"p1": _V, "X1": _X, "q1": _Q, "t1": _V, "s1": Result("vec3", 3.0)},
        _NAMES | {"t1": ("pos_out", "t1", "translation"), "s1": ("scale_out", "s1"), "t": ("h", "p4")},
        weight=1.5,
    ),
    Passage(
        "transform-ray",
        (
            (
                ("inv = wp.transform_inverse(X)", "invert {X}"),
                ("inv = wp.transform_inverse(wp.transform_multiply(Y, X))", "invert {X} in the frame of {Y}"),
            ),
            (
                (
                    "origin = wp.transform_point(inv, p)\nheading = wp.normalize(wp.transform_vector(inv, d))\n"
                    "p1 = origin + heading * scale",
                    "march the ray from {p} along {d} in its frame by {scale}",
                ),
                (
                    "local = wp.transform_point(inv, p)\n"
                    "gap = vec3(wp.abs(local[0]), wp.abs(local[1]), wp.abs(local[2])) - extents\n"
                    "dist = wp.length(wp.max(gap, vec3(0.0, 0.0, 0.0))) + wp.min(wp.max(gap), 0.0)".replace(
                        "wp.vec3", "vec3"
                    ),
                    "measure the distance of {p} from a box with {extents}",
                ),
                (
                    "local = wp.transform_point(inv, p)\ndist = wp.length(local) - scale",
                    "measure the distance of {p} from a sphere of radius {scale}",
                ),
                (
                    "local = wp.transform_point(inv, p)\n"
                    "dist = wp.length(vec3(local[0], wp.max(wp.abs(local[1]) - scale, 0.0), local[2]))",
                    "measure the distance of {p} from a segment along the y axis",
                ),
            ),
        ),
        {"p1": _V, "dist": Result("float", 12.0)},
        _NAMES | {"origin": ("origin", "ro", "start"), "heading": ("heading", "rd"), "gap": ("gap", "delta", "e")},
    ),
    Passage(
        "skinning",
        (
            (
                (
                    "p1 = wp.transform_point(X, p) * share + wp.transform_point(Y, p) * (1.0 - share)",
                    "blend what {X} and {Y} do to {p} by {share}",
                ),
                (
                    "rest = wp.transform_point(wp.transform_inverse(Y), p)\n"
                    "p1 = wp.lerp(p, wp.transform_point(X, rest), share)",
                    "move {p} from {Y} to {X} by the share {share}",
                ),
            ),
        ),
        {"p1": _V},
        _NAMES | {"rest": ("rest", "bind_pos")},
    ),
)
MADE = (
    Passage(
        "make-transform",
        (
            (
                ("X1 = transform(p, q)", "make a transform of {p} and {q}"),
                (
                    "X1 = transform(p, wp.quat_from_axis_angle(wp.normalize(axis), angle))",
                    "make a joint at {p} that turns by {angle} about {axis}",
                ),
                (
                    "X1 = transform(vec3(0.0, 0.0, 0.0), wp.quat_from_axis_angle(wp.normalize(axis), angle))",
                    "make a hinge by {angle} about {axis}",
                ),
                ("X1 = transform(wp.normalize(axis) * angle, IDENTITY)", "make a slider by {angle} along {axis}"),
                ("X1 = wp.transformation(p, q, dtype=float)", "make a transform of {p} and {q}"),
                (
                    "X1 = wp.transformation(p[0], p[1], p[2], q[0], q[1], q[2], q[3], dtype=float)",
                    "make a transform of seven numbers",
                ),
                (
                    "X1 = transform(p, wp.quat_rpy(angle, 0.0, share))",
                    "make a transform at {p} with roll {angle} and yaw {share}",
                ),
            ),
        ),
        {"X1": _X},
        _NAMES,
    ),
    Passage(
        "set-transform",
        (
            (
                ("X1 = wp.transform_multiply(Y, X)", "let {X1} be {X} in the frame of {Y}"),
                ("X1 = TRANSFORM_IDENTITY", "begin with the identity"),
                ("X1 = wp.transform_inverse(X)", "let {X1} be the inverse of {X}"),
            ),
            (
                ("wp.transform_set_translation(X1, p)", "set its translation to {p}"),
                ("X1.p = p + wp.quat_rotate(q, d)", "set its translation to {p} plus {d} rotated by {q}"),
                ("X1.p += d * scale", "move it along {d} by {scale}"),
                ("wp.transform_set_translation(X1, wp.transform_get_translation(X1) + p)", "move it by {p}"),
                ("X1[2] = X1[2] + p[2] * scale", "raise it by {scale} times the height of {p}"),
            ),
            (
                ("", ""),
                ("wp.transform_set_rotation(X1, q)", "set its rotation to {q}"),
                ("X1.q = wp.normalize(q * X1.q)", "turn it by {q}"),
            ),
        ),
        {"X1": _X},
        _NAMES,
    ),
)
COMPOSED = (
    Passage(
        "compose-transforms",
        (
            (
                ("X1 = X * Y", "multiply {X} by {Y}"),
                ("X1 = wp.transform_multiply(X, Y)", "multiply {X} by {Y}"),
                ("X1 = wp.transform_multiply(wp.transform_inverse(Y), X)", "express {X} relative to {Y}"),
                ("X1 = wp.transform_multiply(X, wp.transform_inverse(Y))", "take {Y} off {X}"),
                ("X1 = Y * X * wp.transform_inverse(Y)", "conjugate {X} by {Y}"),
                (
                    "hinge = transform(vec3(0.0, 0.0, 0.0), wp.quat_from_axis_angle(wp.normalize(axis), angle))\n"
                    "X1 = wp.transform_multiply(wp.transform_multiply(X, Y), hinge)",
                    "place a joint by {angle} about {axis} at {Y} of {X}",
                ),
                (
                    "slide = transform(axis * angle, IDENTITY)\nX1 = X * slide",
                    "slide {X} by {angle} along {axis}",
                ),
                (
                    "X1 = transform(wp.transform_point(X, wp.transform_get_translation(Y)), "
                    "wp.transform_get_rotation(X) * wp.transform_get_rotation(Y))",
                    "compose {X} and {Y} part by part",
                ),
            ),
        ),
        {"X1": _X},
        _NAMES | {"hinge": ("X_j", "hinge", "joint"), "slide": ("X_j", "slide")},
        weight=2.0,
    ),
    Passage(
        "interpolate-transforms",
        (
            (
                (
                    "X1 = transform(wp.lerp(wp.transform_get_translation(X), wp.transform_get_translation(Y), share), "
                    "wp.quat_slerp(wp.transform_get_rotation(X), wp.transform_get_rotation(Y), share))",
                    "interpolate between {X} and {Y} by {share}",
                ),
                (
                    "mixed = wp.lerp(X, Y, share)\nX1 = transform(mixed.p, wp.normalize(mixed.q))",
                    "blend {X} and {Y} by {share} and normalise the rotation",
                ),
                (
                    "mixed = X * (1.0 - share) + Y * share\nX1 = transform(mixed.p, wp.normalize(mixed.q))",
                    "blend {X} and {Y} by {share} and normalise the rotation",
                ),
                (
                    "rel = wp.transform_inverse(X) * Y\n"
                    "X1 = X * transform(rel.p * share, wp.quat_slerp(IDENTITY, rel.q, share))",
                    "go the share {share} of the way from {X} to {Y}",
                ),
            ),
        ),
        {"X1": _X},
        _NAMES | {"mixed": ("mixed", "blended", "X_mix")},
    ),
    Passage(
        "integrate-pose",
        (
            (
                (
                    "X1 = transform(X.p + v * dt, wp.normalize(X.q + quat(w, 0.0) * X.q * (0.5 * dt)))",
                    "advance {X} by {v} and {w} over {dt}",
                ),
                (
                    "rot = wp.transform_get_rotation(X)\npos = wp.transform_get_translation(X) + v * dt\n"
                    "rot1 = wp.normalize(rot + 0.5 * dt * (quat(w, 0.0) * rot))\nX1 = transform(pos, rot1)",
                    "advance {X} by {v} and {w} over {dt}",
                ),
                (
                    "step = transform(v * dt, wp.quat_from_axis_angle(wp.normalize(w), wp.length(w) * dt))\n"
                    "X1 = wp.transform_multiply(X, step)",
                    "advance {X} by a small step of {v} and {w}",
                ),
            ),
        ),
        {"X1": _X._replace(into="X")},
        _NAMES
        | {"rot": ("rot", "r0", "q0"), "pos": ("pos", "x1", "p0"), "rot1": ("rot1", "r1"), "step": ("step", "delta")},
    ),
    Passage(
        "pose-difference",
        (
            (
                ("rel = wp.transform_multiply(wp.transform_inverse(X), Y)", "take {Y} relative to {X}"),
                ("rel = wp.transform_inverse(Y) * X", "take {X} relative to {Y}"),
            ),
            (
                ("dist = wp.length(wp.transform_get_translation(rel))", "measure how far it moves"),
                (
                    "dist = wp.length(rel.p) + 2.0 * wp.acos(wp.min(wp.abs(rel.q[3]), 1.0))",
                    "add up how far it moves and turns",
                ),
                ("axis1, dist = wp.quat_to_axis_angle(wp.transform_get_rotation(rel))", "take axis and angle of it"),
                (
                    "p1 = rel.p + vec3(rel.q[0], rel.q[1], rel.q[2]) * (2.0 * wp.sign(rel.q[3]))",
                    "add up translation and rotation vector",
                ),
                (
                    "p1 = wp.transform_vector(X, wp.transform_get_translation(rel)) * scale",
                    "pull along the translation by {scale}",
                ),
            ),
        ),
        {"dist": Result("float", 15.0, -6.3), "axis1": Result("vec3", 1.0), "p1": _V},
        _NAMES | {"axis1": ("axis_out", "n")},
    ),
    Passage(
        "transform-parts",
        (
            (
                ("p1 = wp.transform_get_translation(X) - p", "take the way from {p} to {X}"),
                (
                    "q1 = wp.transform_get_rotation(X) * wp.quat_inverse(wp.transform_get_rotation(Y))",
                    "take the rotation from {Y} to {X}",
                ),
                ("p1 = wp.quat_rotate(X.q, d) * scale", "rotate {d} by {X} and scale it"),
                ("p1 = wp.quat_to_matrix(X.q)[2] + X.p", "add the third row of the rotation of {X} to its translation"),
                ("p1 = X.p + Y.p", "add the translations of {X} and {Y}"),
                ("dist = X[0] * X[0] + X[1] * X[1] + wp.abs(X[6])", "add up numbers of {X}"),
                ("q1 = wp.quat_slerp(X.q, q, share)", "interpolate from the rotation of {X} to {q}"),
            ),
        ),
        {"p1": _V, "q1": _Q, "dist": Result("float", 10.0, 0.0)},
        _NAMES,
    ),
)
