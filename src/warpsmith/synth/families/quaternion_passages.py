"""What people do with quaternions, in passages."""

from warpsmith.synth.families.passages import Passage, Result

_Q = Result("quat", 1.0)
_V = Result("vec3", 5.0)
_NAMES = {
    "q1": ("q_new", "rotation", "q_out", "combined", "turned", "rot_new"),
    "p1": ("rotated", "p_world", "moved", "p_local", "v_rot", "x_rot"),
    "u": ("u", "n", "unit_axis", "a"),
    "half": ("half", "half_angle", "h"),
    "dq": ("dq", "q_rel", "delta", "q_err", "diff"),
    "s": ("s", "sin_half", "c1"),
    "d": ("d", "cos_half", "dot_q"),
}

MADE = (
    Passage(
        "rotation-from-axis-angle",
        (
            (
                ("q1 = wp.quat_from_axis_angle(wp.normalize(axis), angle)", "rotate about {axis} by {angle}"),
                ("q1 = wp.quat_from_axis_angle(vec3(0.0, 0.0, 1.0), angle)", "rotate about the z axis by {angle}"),
                ("q1 = wp.quat_from_axis_angle(vec3(0.0, 1.0, 0.0), angle)", "rotate about the y axis by {angle}"),
                (
                    "half = angle * 0.5\nu = wp.normalize(axis)\ns = wp.sin(half)\n"
                    "q1 = quat(u[0] * s, u[1] * s, u[2] * s, wp.cos(half))",
                    "make {q1} of the half of {angle} and the direction of {axis}",
                ),
                (
                    "half = 0.5 * angle\nq1 = quat(wp.normalize(axis) * wp.sin(half), wp.cos(half))",
                    "make {q1} of the sine and the cosine of half of {angle}",
                ),
                (
                    "half = 0.5 * angle\nq1 = wp.quaternion(wp.sin(half), 0.0, 0.0, wp.cos(half), dtype=float)",
                    "make {q1} a rotation about the x axis by {angle}",
                ),
            ),
        ),
        {"q1": _Q},
        _NAMES,
    ),
    Passage(
        "rotation-from-angles",
        (
            (
                ("q1 = wp.quat_rpy(angle, pitch, yaw)", "make {q1} of roll {angle}, pitch {pitch} and yaw {yaw}"),
                (
                    "q1 = wp.quat_from_axis_angle(vec3(0.0, 0.0, 1.0), yaw) * "
                    "wp.quat_from_axis_angle(vec3(0.0, 1.0, 0.0), pitch)",
                    "let {q1} pitch by {pitch}, then yaw by {yaw}",
                ),
                ("q1 = wp.quat_from_euler(vec3(angle, pitch, yaw), 0, 1, 2)", "make {q1} of three Euler angles"),
                ("q1 = wp.quat_from_euler(vec3(angle, pitch, yaw), 2, 1, 0)", "make {q1} of Euler angles z, y, x"),
                ("q1 = wp.quat_from_euler(p, 1, 0, 2)", "take {p} as the Euler angles of {q1}"),
            ),
        ),
        {"q1": _Q},
        _NAMES,
    ),
    Passage(
        "rotation-from-vectors",
        (
            (
                ("q1 = wp.quat_between_vectors(axis, side)", "let {q1} turn {axis} onto {side}"),
                (
                    "u = wp.normalize(axis)\nv = wp.normalize(side)\n"
                    "q1 = wp.normalize(quat(wp.cross(u, v), 1.0 + wp.dot(u, v)))",
                    "let {q1} turn the direction of {axis} onto that of {side}",
                ),
                (
                    "x = wp.normalize(axis)\nz = wp.normalize(wp.cross(x, side))\ny = wp.cross(z, x)\n"
                    "q1 = wp.quat_from_matrix(wp.matrix_from_cols(x, y, z))",
                    "build a frame along {axis} with {side} in its plane and take its rotation",
                ),
                (
                    "fwd = wp.normalize(p - center)\nright = wp.normalize(wp.cross(side, fwd))\n"
                    "q1 = wp.quat_from_matrix(wp.matrix_from_cols(right, wp.cross(fwd, right), fwd))",
                    "let {q1} look from {center} to {p}",
                ),
            ),
        ),
        {"q1": _Q},
        _NAMES | {"fwd": ("forward", "fwd", "view"), "right": ("right", "side_dir"), "v": ("v", "b", "n2")},
    ),
)
APPLIED = (
    Passage(
        "rotate-point",
        (
            (
                ("p1 = wp.quat_rotate(q, p)", "rotate {p} by {q}"),
                ("p1 = wp.quat_rotate_inv(q, p)", "rotate {p} back by {q}"),
                ("p1 = center + wp.quat_rotate(q, p - center)", "rotate {p} about {center} by {q}"),
                ("p1 = wp.quat_rotate_inv(q, p - center)", "bring {p} into the frame of {q} at {center}"),
                (
                    "turned = q * quat(p, 0.0) * wp.quat_inverse(q)\np1 = vec3(turned[0], turned[1], turned[2])",
                    "rotate {p} by {q}, as a product of quaternions",
                ),
                (
                    "axial = vec3(q[0], q[1], q[2])\nt = 2.0 * wp.cross(axial, p)\n"
                    "p1 = p + q[3] * t + wp.cross(axial, t)",
                    "rotate {p} by {q} with two cross products",
                ),
                ("mat = wp.quat_to_matrix(q)\np1 = mat * p", "rotate {p} by the matrix of {q}"),
                ("p1 = wp.transpose(wp.quat_to_matrix(q)) * p", "rotate {p} back by the matrix of {q}"),
                (
                    "ray = wp.normalize(vec3(pitch, yaw, -1.0))\np1 = wp.quat_rotate(q, ray)",
                    "send a ray through the pixel of a camera with the orientation {q}",
                ),
            ),
        ),
        {"p1": _V},
        _NAMES | {"mat": ("R", "rot_mat", "basis"), "axial": ("qv", "xyz", "imag")},
        weight=2.0,
    ),
    Passage(
        "compose-rotations",
        (
            (
                ("q1 = q * r", "multiply {q} by {r}"),
                ("q1 = wp.normalize(q * r)", "multiply {q} by {r} and normalise"),
                ("q1 = wp.mul(r, q)", "multiply {r} by {q}"),
                ("q1 = q * wp.quat_inverse(r)", "take the rotation from {r} to {q}"),
                ("q1 = wp.quat_inverse(r) * q", "express {q} relative to {r}"),
                ("q1 = r * q * wp.quat_inverse(r)", "conjugate {q} by {r}"),
                (
                    "q1 = quat(-q[0], -q[1], -q[2], q[3]) * r",
                    "multiply the conjugate of {q} by {r}",
                ),
                (
                    "step = wp.quat_from_axis_angle(wp.normalize(axis), angle)\nq1 = q * step",
                    "turn {q} by {angle} about {axis}",
                ),
            ),
        ),
        {"q1": _Q},
        _NAMES | {"step": ("step", "turn", "q_joint")},
        weight=1.5,
    ),
    Passage(
        "interpolate-rotations",
        (
            (
                ("q1 = wp.quat_slerp(q, r, share)", "interpolate from {q} to {r} by {share}"),
                ("q1 = wp.quat_slerp(IDENTITY, q, share)", "go the share {share} of {q}"),
                ("q1 = wp.normalize(wp.lerp(q, r, share))", "blend {q} and {r} by {share} and normalise"),
                (
                    "sign = wp.where(wp.dot(q, r) < 0.0, -1.0, 1.0)\n"
                    "q1 = wp.normalize(q * (1.0 - share) + r * (sign * share))",
                    "blend {q} and {r} by {share} along the shorter way",
                ),
                (
                    "a = wp.quat_slerp(q, r, share)\nb = wp.quat_slerp(r, q, share)\nq1 = wp.quat_slerp(a, b, share)",
                    "interpolate twice between {q} and {r}",
                ),
                (
                    "rel = wp.quat_inverse(q) * r\naxis1, angle1 = wp.quat_to_axis_angle(rel)\n"
                    "q1 = q * wp.quat_from_axis_angle(axis1, angle1 * share)",
                    "turn {q} towards {r} by the share {share} of the angle between them",
                ),
            ),
        ),
        {"q1": _Q},
        _NAMES | {"sign": ("sign", "sgn", "flip"), "rel": ("rel", "q_rel", "dq")},
        weight=1.5,
    ),
)
TAKEN_APART = (
    Passage(
        "rotation-angle",
        (
            (
                ("axis1, angle1 = wp.quat_to_axis_angle(q)", "take {q} apart into an axis and an angle"),
                ("angle1 = 2.0 * wp.acos(wp.clamp(q[3], -1.0, 1.0))", "take the angle of {q}"),
                ("angle1 = 2.0 * wp.atan2(wp.length(vec3(q[0], q[1], q[2])), wp.abs(q[3]))", "take the angle of {q}"),
                ("angle1 = wp.quat_twist_angle(wp.normalize(axis), q)", "measure the twist of {q} about {axis}"),
                ("angle1 = wp.quat_twist_angle_signed(wp.normalize(axis), q)", "measure the twist of {q} about {axis}"),
                (
                    "angle1 = wp.atan2(2.0 * (q[3] * q[2] + q[0] * q[1]), 1.0 - 2.0 * (q[1] * q[1] + q[2] * q[2]))",
                    "take the yaw of {q}",
                ),
                ("angle1 = wp.asin(wp.clamp(2.0 * (q.w * q.y - q.z * q.x), -1.0, 1.0))", "take the pitch of {q}"),
                (
                    "d = wp.dot(q, r)\nangle1 = 2.0 * wp.acos(wp.min(wp.abs(d), 1.0))",
                    "measure the angle from {q} to {r}",
                ),
                ("d = wp.abs(wp.dot(q, r))\nangle1 = 1.0 - d * d", "measure how far {q} is from {r}"),
            ),
        ),
        {"axis1": Result("vec3", 1.0), "angle1": Result("float", 6.3, -6.3)},
        _NAMES | {"axis1": ("axis_out", "n", "rot_axis"), "angle1": ("theta", "twist_angle", "yaw_out", "ang")},
        weight=1.5,
    ),
    Passage(
        "rotation-vector",
        (
            (
                ("e = wp.quat_to_rpy(q)", "take roll, pitch and yaw of {q}"),
                ("e = wp.quat_to_euler(q, 0, 1, 2)", "take the Euler angles of {q}"),
                ("e = wp.quat_to_euler(q, 2, 0, 1)", "take the Euler angles of {q} in the order z, x, y"),
                ("axis1, angle1 = wp.quat_to_axis_angle(q)\ne = axis1 * angle1", "take the rotation vector of {q}"),
                (
                    "axis1 = vec3(0.0, 0.0, 0.0)\nangle1 = float(0.0)\nwp.quat_to_axis_angle(q, axis1, angle1)\n"
                    "e = axis1 * angle1",
                    "let {axis1} and {angle1} take axis and angle of {q} and multiply them",
                ),
                (
                    "v = vec3(q[0], q[1], q[2])\nn = wp.length(v)\ne = v * (2.0 * wp.atan2(n, q[3]) / wp.max(n, 0.01))",
                    "take the logarithm of {q}",
                ),
                ("mat = wp.quat_to_matrix(q)\ne = vec3(mat[0, 0], mat[1, 0], mat[2, 0])", "take the x axis of {q}"),
                ("e = wp.quat_to_matrix(q)[1]", "take a row of the matrix of {q}"),
                (
                    "dq = q * wp.quat_inverse(r)\ne = vec3(dq[0], dq[1], dq[2]) * (2.0 * wp.sign(dq[3]))",
                    "take the small rotation from {r} to {q}",
                ),
                (
                    "dq = q * wp.quat_inverse(r)\ne = 2.0 / dt * vec3(dq[0], dq[1], dq[2])",
                    "estimate the angular velocity from {r} to {q} over {dt}",
                ),
            ),
        ),
        {"e": Result("vec3", 12.0)},
        _NAMES | {"e": ("rpy", "euler", "rot_vec", "err", "log_q"), "mat": ("R", "m", "basis"), "n": ("n", "norm")},
        weight=1.5,
    ),
    Passage(
        "swing-twist",
        (
            (
                ("twist = wp.quat_twist(wp.normalize(axis), q)", "take the twist of {q} about {axis}"),
                (
                    "u = wp.normalize(axis)\nproj = wp.dot(vec3(q[0], q[1], q[2]), u)\n"
                    "twist = wp.normalize(quat(u * proj, q[3]))",
                    "project {q} onto its twist about {axis}",
                ),
            ),
            (
                ("swing = q * wp.quat_inverse(twist)", "the rest of {q} is the swing"),
                ("swing = wp.quat_inverse(twist) * q", "the rest of {q} is the swing"),
                ("swing = wp.quat_slerp(twist, q, share)", "let {swing} lie between the twist and {q}"),
            ),
        ),
        {"swing": _Q},
        _NAMES | {"swing": ("swing", "q_swing"), "twist": ("twist", "q_twist"), "proj": ("proj", "along")},
    ),
)
MOVING = (
    Passage(
        "integrate-rotation",
        (
            (
                ("q1 = wp.normalize(q + quat(spin * dt * 0.5, 0.0) * q)", "advance {q} by {spin} over {dt}"),
                ("q1 = wp.normalize(q + 0.5 * dt * (q * quat(spin, 0.0)))", "advance {q} by {spin} in the body frame"),
                (
                    "rate = quat(spin[0], spin[1], spin[2], 0.0) * q\nq1 = wp.normalize(q + rate * (0.5 * dt))",
                    "advance {q} by its derivative over {dt}",
                ),
                (
                    "turn = wp.length(spin) * dt\nq1 = wp.quat_from_axis_angle(wp.normalize(spin), turn) * q",
                    "advance {q} by the exponential map of {spin} over {dt}",
                ),
            ),
        ),
        {"q1": _Q._replace(into="q")},
        _NAMES,
    ),
    Passage(
        "canonical-rotation",
        (
            (
                ("q1 = wp.where(q[3] < 0.0, -q, q)", "flip {q} where its scalar part is negative"),
                ("q1 = wp.normalize(q * (1.0 + angle * angle))", "scale {q} by {angle} and normalise it again"),
                ("q1 = q * wp.where(wp.dot(q, r) < 0.0, -1.0, 1.0)", "bring {q} onto the side of {r}"),
                (
                    "q1 = q + quat(0.0, 0.0, 0.0, share)\nq1 = wp.normalize(q1)",
                    "pull {q} towards the identity by {share}",
                ),
                ("q1 = wp.normalize(wp.quaternion(axis, 0.5 + share, dtype=float))", "make {q1} of {axis} and {share}"),
            ),
        ),
        {"q1": _Q},
        _NAMES,
        weight=0.6,
        bare=True,
    ),
)
