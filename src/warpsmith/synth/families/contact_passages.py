"""Springs, constraints, contacts and joint limits, in passages.

Penalty forces and position-based corrections as in Müller et al., Position Based Dynamics (2007), and Macklin et al.,
XPBD (2016).
"""

from warpsmith.synth.families.passages import Passage, Result

_F = Result("vec3", 60.0)
_X = Result("vec3", 10.0, into="x")
_V = Result("vec3", 15.0, into="v")
_T = Result("float", 60.0)
_NAMES = {
    "d": ("d", "delta", "xij", "diff"),
    "length": ("l", "dist", "len_d", "current"),
    "n": ("n", "dir", "normal_dir", "unit"),
    "c": ("c", "err", "C", "violation", "stretch"),
    "f1": ("f_spring", "fs", "f_total", "force_out", "f_c"),
    "x1": ("x_new", "x1", "projected", "x_corr"),
    "v1": ("v_new", "v_out", "v1"),
    "dx": ("dx", "corr", "correction", "p_delta"),
    "lam": ("dlambda", "lam", "lambda_n"),
    "vn": ("vn", "v_normal", "rel_speed"),
    "vt": ("vt", "v_tangent", "slip"),
    "fn": ("fn", "f_normal", "normal_force"),
    "ft": ("ft", "f_friction", "friction"),
    "tau1": ("tau", "torque", "t_limit", "joint_f"),
    "k": ("k", "it", "iteration", "sweep"),
    "w": ("w_sum", "wsum", "inv_m"),
}
_BETWEEN = (
    ("d = x - y\nlength = wp.length(d)\nn = wp.normalize(d)", "take the direction and the distance from {y} to {x}"),
    ("d = x - y\nlength = wp.length(d) + 0.01\nn = d / length", "take the direction and the distance from {y} to {x}"),
    (
        "d = y - x\nlength = wp.length(d)\nn = wp.normalize(d) * -1.0",
        "take the direction and the distance from {y} to {x}",
    ),
)
SPRINGS = (
    Passage(
        "spring-force",
        (
            _BETWEEN,
            (
                ("f1 = n * (ke * (rest - length))", "pull with {ke} towards the length {rest}"),
                ("c = length - rest\nf1 = n * (-ke * c - kd * wp.dot(n, v - u))", "pull with {ke} and damp with {kd}"),
                ("c = length / rest - 1.0\nf1 = n * (-ke * c)", "pull by the strain"),
                ("c = length - rest\nf1 = n * (-ke * c * c * c)", "pull by the cube of the stretch"),
                (
                    "f1 = n * (ke * (rest - length)) - (v - u) * kd",
                    "pull with {ke} and take {kd} times the relative velocity off",
                ),
                ("c = wp.max(length - rest, 0.0)\nf1 = n * (-ke * c)", "pull where it is longer than {rest}"),
                (
                    "f1 = vec3(0.0, 0.0, 0.0)\nif length > rest:\n    f1 = n * (ke * (rest - length))",
                    "pull where it is longer than {rest}",
                ),
            ),
        ),
        {"f1": _F},
        _NAMES,
        weight=2.0,
    ),
    Passage(
        "distance-constraint",
        (
            _BETWEEN,
            (
                ("dx = n * (0.5 * (rest - length))\nx1 = x + dx", "move {x} by half of the error"),
                ("w = wi + wj\nx1 = x - n * ((length - rest) * wi / w)", "move {x} by its share of the error"),
                (
                    "w = wi + wj\nalpha = compliance / (dt * dt)\nlam = (rest - length) / (w + alpha)\n"
                    "x1 = x + n * (wi * lam)",
                    "move {x} by the compliant correction",
                ),
                (
                    "alpha = compliance / (dt * dt)\nlam = (rest - length - alpha * lam_old) / (wi + wj + alpha)\n"
                    "dx = n * lam\nx1 = x + dx * wi",
                    "move {x} by the compliant correction beside {lam_old}",
                ),
                (
                    "c = length - rest\nx1 = x - n * (c * ratio)\nv1 = (x1 - x) / dt",
                    "move {x} by the share {ratio} and take its velocity",
                ),
            ),
        ),
        {"x1": _X, "v1": Result("vec3", 800.0)},
        _NAMES | {"alpha": ("alpha", "alpha_tilde")},
        weight=2.0,
    ),
    Passage(
        "constraint-sweeps",
        (
            (
                (
                    "x1 = x\nfor k in range(sweeps):\n    d = x1 - y\n    length = wp.length(d) + 0.01\n"
                    "    x1 -= d * (ratio * (length - rest) / length)",
                    "bring {x} to the distance {rest} of {y} in {sweeps} sweeps",
                ),
                (
                    "x1 = x\nlam = float(0.0)\nfor k in range(sweeps):\n    d = x1 - y\n    length = wp.length(d)\n"
                    "    c = length - rest\n    step = (-c - compliance * lam) / (wi + compliance)\n"
                    "    lam += step\n    x1 = x1 + wp.normalize(d) * (wi * step)",
                    "solve the compliant constraint of {x} and {y} in {sweeps} sweeps",
                ),
            ),
        ),
        {"x1": _X, "lam": Result("float", 60.0)},
        _NAMES | {"step": ("step", "dl")},
        bare=True,
    ),
    Passage(
        "triangle-constraint",
        (
            (
                (
                    "e1 = y - x\ne2 = z - x\nn = wp.cross(e1, e2)\nc = 0.5 * wp.length(n) - rest\n"
                    "x1 = x - wp.normalize(wp.cross(n, e2 - e1)) * (c * ratio)",
                    "correct the area of the triangle {x}, {y}, {z} to {rest}",
                ),
                (
                    "e1 = wp.normalize(y - x)\ne2 = wp.normalize(z - x)\nc = wp.dot(e1, e2)\n"
                    "x1 = x + (e1 + e2) * (ratio * (c - bend))",
                    "bend the corner of {x} towards {bend}",
                ),
                (
                    "center = (x + y + z) / 3.0\nx1 = wp.lerp(x, center, ratio)",
                    "move {x} towards the middle of the triangle",
                ),
                (
                    "e1 = y - x\ne2 = z - x\nc = wp.dot(wp.cross(e1, e2), v) / 6.0 - rest\n"
                    "x1 = x - wp.cross(e1, e2) * (0.05 * c)",
                    "correct the volume over the triangle {x}, {y}, {z}",
                ),
            ),
        ),
        {"x1": Result("vec3", 30.0)},
        _NAMES | {"e1": ("e1", "ab", "edge_a"), "e2": ("e2", "ac", "edge_b"), "center": ("mid", "centroid")},
    ),
    Passage(
        "soft-attachment",
        (
            (
                ("x1 = x + (y - x) * ratio", "move {x} towards {y} by {ratio}"),
                ("f1 = (y - x) * ke - v * kd", "pull {x} towards {y} and damp {v}"),
                ("x1 = wp.lerp(x, wp.transform_point(X, y), ratio)", "move {x} towards {y} of the body {X}"),
                ("f1 = (wp.transform_point(X, y) - x) * ke", "pull {x} towards {y} of the body {X}"),
                (
                    "aim = wp.quat_rotate(q, y) + z\nv1 = v + (aim - x) * (ratio / dt)",
                    "match {x} to the shape rotated by {q}",
                ),
            ),
        ),
        {"x1": _X, "f1": _F, "v1": Result("vec3", 900.0)},
        _NAMES | {"aim": ("goal", "target_x")},
    ),
)
_GAPS = (
    (
        "n = wp.normalize(normal)\nc = wp.dot(n, x) - radius",
        "measure how deep the ball at {x} lies under the plane {normal}",
    ),
    ("n = vec3(0.0, 1.0, 0.0)\nc = x[1] - radius", "measure how deep the ball at {x} lies in the ground"),
    (
        "n = wp.normalize(x - y)\nc = wp.length(x - y) - 2.0 * radius",
        "measure how deep two balls at {x} and {y} overlap",
    ),
    ("n = wp.normalize(x)\nc = wp.length(x) - radius", "measure how deep {x} lies in the ball of {radius}"),
    ("n = wp.normalize(normal)\nc = wp.dot(n, x - y)", "measure how deep {x} lies under the plane at {y}"),
)
CONTACTS = (
    Passage(
        "penalty-contact",
        (
            _GAPS,
            (
                ("f1 = n * (wp.max(-c, 0.0) * ke)", "push out with {ke}"),
                (
                    "f1 = vec3(0.0, 0.0, 0.0)\nif c < 0.0:\n    f1 = n * (-ke * c)",
                    "push out with {ke} where it is negative",
                ),
                (
                    "f1 = v * -kd\nif c < 0.0:\n    vn = wp.dot(n, v)\n"
                    "    f1 = f1 + n * (-ke * c - kd * wp.min(vn, 0.0))",
                    "push out with {ke} and damp with {kd} where it is negative",
                ),
                ("f1 = n * (ke * wp.exp(-wp.abs(c)))", "push by the exponential of the gap"),
            ),
        ),
        {"f1": _F},
        _NAMES,
        weight=2.0,
        bare=True,
    ),
    Passage(
        "contact-friction",
        (
            (
                (
                    "n = wp.normalize(normal)\nc = wp.dot(n, x) - radius",
                    "measure the gap of {x} over the plane {normal}",
                ),
                ("n = wp.normalize(x - y)\nc = wp.length(x - y) - radius", "measure the gap between {x} and {y}"),
            ),
            (
                (
                    "vn = wp.dot(n, v)\nvt = v - n * vn\nfn = ke * wp.max(-c, 0.0) + 0.1",
                    "split {v} into normal and slip",
                ),
                (
                    "rel = v - u\nvn = wp.dot(n, rel)\nvt = rel - n * vn\nfn = ke * wp.abs(c) - kd * wp.min(vn, 0.0)",
                    "split the relative velocity into normal and slip",
                ),
            ),
            (
                (
                    "f1 = n * fn - wp.normalize(vt) * wp.min(kf * wp.length(vt), mu * fn)",
                    "rub by {kf}, {mu} times the push at most",
                ),
                ("ft = vt * (-mu * fn / (wp.length(vt) + 0.1))\nf1 = n * fn + ft", "rub by {mu} times the push"),
                ("f1 = n * fn - vt * (kf * mu)", "rub by {kf} and {mu}"),
                (
                    "f1 = n * fn\nslip = wp.length(vt)\nif slip > 0.01:\n"
                    "    f1 = f1 - vt * (wp.min(mu * fn, kf * slip) / slip)",
                    "rub where it slips",
                ),
            ),
        ),
        {"f1": _F},
        _NAMES | {"rel": ("v_rel", "vij"), "slip": ("slip_speed", "vt_len")},
        weight=2.0,
        bare=True,
    ),
    Passage(
        "contact-impulse",
        (
            (
                ("n = wp.normalize(normal)\nvn = wp.dot(n, v)", "take the speed of {v} along {normal}"),
                ("n = wp.normalize(x - y)\nvn = wp.dot(n, v - u)", "take the speed of approach along {x} and {y}"),
            ),
            (
                ("v1 = v - n * ((1.0 + bounce) * wp.min(vn, 0.0))", "reflect it with {bounce}"),
                (
                    "v1 = v\nif vn < 0.0:\n    v1 = v - n * ((1.0 + bounce) * vn)",
                    "reflect it with {bounce} where it approaches",
                ),
                ("lam = -(1.0 + bounce) * vn / (wi + wj)\nv1 = v + n * (lam * wi)", "apply the impulse with {bounce}"),
                (
                    "vt = v - n * vn\nlam = wp.max(-(1.0 + bounce) * vn, 0.0)\n"
                    "v1 = v + n * lam - wp.normalize(vt) * wp.min(mu * lam, wp.length(vt))",
                    "apply the impulse with {bounce} and friction {mu}",
                ),
                (
                    "vt = v - n * vn\nv1 = vt * (1.0 - 0.5 * mu) - n * (bounce * vn)",
                    "keep the slip and reflect the rest",
                ),
            ),
        ),
        {"v1": _V},
        _NAMES,
        weight=1.5,
        bare=True,
    ),
    Passage(
        "push-out",
        (
            _GAPS,
            (
                ("x1 = x - n * wp.min(c, 0.0)", "move {x} out"),
                ("x1 = x\nif c < 0.0:\n    x1 = x - n * c", "move {x} out where it is negative"),
                ("x1 = x - n * (ratio * wp.min(c, 0.0))", "move {x} out by the share {ratio}"),
                ("x1 = wp.where(c < 0.0, x - n * c, x)", "move {x} out where it is negative"),
                (
                    "x1 = x\nv1 = v\nif c < 0.0:\n    x1 = x - n * c\n    v1 = v - n * wp.min(wp.dot(n, v), 0.0)",
                    "move {x} out and stop it where it is negative",
                ),
            ),
        ),
        {"x1": _X, "v1": _V},
        _NAMES,
        weight=1.5,
        bare=True,
    ),
    Passage(
        "body-contact",
        (
            (
                (
                    "p = wp.transform_point(X, y)\narm = p - wp.transform_get_translation(X)\n"
                    "vel = wp.cross(u, arm) + v",
                    "move {y} with the body {X} and take its velocity",
                ),
                (
                    "p = wp.transform_point(X, y)\narm = wp.transform_vector(X, y)\nvel = v - wp.cross(arm, u)",
                    "move {y} with the body {X} and take its velocity",
                ),
            ),
            (
                ("fn = ke * wp.max(radius - p[1], 0.0) - kd * vel[1]\nf1 = vec3(0.0, fn, 0.0)", "push it up"),
                ("f1 = vec3(-kf * vel[0], ke * wp.max(radius - p[1], 0.0), -kf * vel[2])", "push it up and rub"),
                (
                    "f1 = wp.normalize(normal) * (ke * wp.max(radius - wp.dot(normal, p), 0.0)) - vel * kd",
                    "push it along {normal}",
                ),
            ),
            (
                ("tau1 = wp.cross(arm, f1)", "take the torque of it"),
                ("tau1 = wp.cross(arm, f1) - u * kd", "take the torque of it with damping"),
            ),
        ),
        {"f1": _F, "tau1": Result("vec3", 300.0)},
        _NAMES | {"p": ("p_world", "cp"), "arm": ("r", "arm"), "vel": ("v_c", "vp", "dpdt")},
        bare=True,
    ),
)
JOINTS = (
    Passage(
        "joint-limit",
        (
            (
                (
                    "tau1 = -kd * qd\nif angle < lower:\n    tau1 = tau1 + ke * (lower - angle)\n"
                    "elif angle > upper:\n    tau1 = tau1 - ke * (angle - upper)",
                    "push {angle} back between {lower} and {upper}",
                ),
                (
                    "tau1 = ke * (wp.clamp(angle, lower, upper) - angle) - kd * qd",
                    "push {angle} back between {lower} and {upper}",
                ),
                (
                    "tau1 = ke * (wp.max(lower - angle, 0.0) - wp.max(angle - upper, 0.0)) + qd * -kd",
                    "push {angle} back between {lower} and {upper}",
                ),
                ("c = angle - upper\ntau1 = wp.where(c > 0.0, -ke * c, -kd * qd)", "stop {angle} at {upper}"),
            ),
        ),
        {"tau1": _T},
        _NAMES,
        weight=1.5,
        bare=True,
    ),
    Passage(
        "joint-drive",
        (
            (
                ("tau1 = ke * (goal - angle) - kd * qd", "drive {angle} to {goal}"),
                (
                    "tau1 = wp.clamp(ke * (goal - angle) - kd * qd, -effort, effort)",
                    "drive {angle} to {goal} with {effort} at most",
                ),
                ("c = goal - angle\ntau1 = ke * c + kd * (c / dt * 0.01 - qd)", "drive {angle} to {goal}"),
                ("c = wp.sin(goal - angle)\ntau1 = ke * c - kd * qd", "drive {angle} around to {goal}"),
            ),
            (("", ""), ("qd1 = qd + tau1 * (wi * dt)\nangle1 = angle + qd1 * dt", "advance the joint by it")),
        ),
        {"tau1": _T, "angle1": Result("float", 8.0, into="angle")},
        _NAMES | {"qd1": ("qd_new", "qd1"), "angle1": ("q_new", "q1")},
        weight=1.5,
    ),
    Passage(
        "ball-joint",
        (
            (
                (
                    "dq = q * wp.quat_inverse(r)\n"
                    "f1 = vec3(dq[0], dq[1], dq[2]) * (-2.0 * ke * wp.sign(dq[3])) - u * kd",
                    "drive {q} to {r} by their difference",
                ),
                (
                    "axis, ang = wp.quat_to_axis_angle(wp.quat_inverse(r) * q)\nf1 = axis * (-ke * ang) - u * kd",
                    "drive {q} to {r} by axis and angle",
                ),
                (
                    "hinge = wp.normalize(wp.quat_rotate(q, normal))\nrest_axis = wp.quat_rotate(r, normal)\n"
                    "f1 = wp.cross(hinge, rest_axis) * ke - u * kd",
                    "keep the hinges {normal} of {q} and {r} together",
                ),
                ("f1 = wp.quat_to_rpy(wp.quat_inverse(r) * q) * -ke - u * kd", "drive {q} to {r} by three angles"),
            ),
        ),
        {"f1": _F},
        _NAMES
        | {"dq": ("q_err", "dq"), "ang": ("ang", "theta"), "hinge": ("hinge", "a0"), "rest_axis": ("b0", "axis_p")},
    ),
)
