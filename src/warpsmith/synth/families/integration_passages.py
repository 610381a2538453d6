"""Steps in time of particles and rigid bodies, in passages; those on points fit numbers and vectors of any length."""

from warpsmith.synth.families.passages import Passage, Result

_X = Result("vec3", 8.0, into="x")
_V = Result("vec3", 12.0, into="v")
_FREE = Result("vec3", 12.0)
_Q = Result("quat", 1.0, into="q")
NAMES = {
    "x1": ("x1", "x_new", "pos_new", "next_x", "x_next"),
    "v1": ("v1", "v_new", "vel_new", "next_v", "v_next"),
    "acc": ("acc", "a", "accel", "a0"),
    "q1": ("q1", "r1", "rot_new", "q_new"),
    "w1": ("w1", "omega_new", "w_new"),
    "X1": ("X1", "q_out", "pose_new"),
    "V1": ("qd_new", "V1", "twist_new"),
    "half": ("v_half", "v_mid"),
    "fade": ("fade", "keep", "decay_factor"),
    "k": ("k", "step", "it", "substep"),
    "speed": ("speed", "v_len", "mag"),
}
_ACCELERATIONS = (
    ("acc = f * inv_mass + g", "take the acceleration of {f} and {g}"),
    ("acc = f / mass + g", "take the acceleration of {f} on {mass} under {g}"),
    ("acc = f * inv_mass", "take the acceleration of {f}"),
    ("acc = g - v * drag", "take the acceleration of {g} against the drag of {v}"),
    ("acc = (f - x * stiffness) * inv_mass", "take the acceleration of {f} and a spring to the origin"),
    ("acc = (f - v * drag) / mass + g", "take the acceleration of {f}, {g} and the drag"),
    ("acc = (center - x) * stiffness - v * drag", "pull towards {center}"),
)
_VELOCITIES = (
    ("v1 = v + acc * dt", "advance {v} over {dt}"),
    ("v1 = (v + acc * dt) * (1.0 - drag * dt)", "advance {v} over {dt} and damp it"),
    ("v1 = (v + acc * dt) / (1.0 + drag * dt)", "advance {v} over {dt} with implicit damping"),
    ("v1 = v * wp.exp(-drag * dt) + acc * dt", "let {v} decay and add the acceleration over {dt}"),
)
_POSITIONS = (
    ("x1 = x + v1 * dt", "advance {x} by {v1}"),
    ("x1 = x + v * dt", "advance {x} by {v}"),
    ("x1 = x + 0.5 * (v + v1) * dt", "advance {x} by the mean of both velocities"),
    ("x1 = x + v * dt + 0.5 * acc * dt * dt", "advance {x} by {v} and half of the acceleration"),
)
POINTS = (
    Passage("euler-step", (_ACCELERATIONS, _VELOCITIES, _POSITIONS), {"v1": _V, "x1": _X}, NAMES, weight=3.0),
    Passage(
        "velocity-step",
        (
            (
                ("v1 = v + (f * inv_mass + g) * dt", "advance {v} by {f} and {g} over {dt}"),
                ("v1 = v + g * dt", "let {v} fall by {g} over {dt}"),
                ("v1 = v * (1.0 - drag * dt) + f * dt", "damp {v} and add {f} over {dt}"),
                ("v1 = (x - x_prev) / dt", "take the velocity from {x_prev} to {x}"),
                (
                    "v1 = (v + dt * (f - stiffness * x)) / (1.0 + dt * drag + dt * dt * stiffness)",
                    "solve the implicit step of {v}",
                ),
            ),
        ),
        {"v1": _V},
        NAMES,
        weight=1.5,
    ),
    Passage(
        "verlet-step",
        (
            (
                ("acc = f * inv_mass + g", "take the acceleration of {f} and {g}"),
                ("acc = g - x * stiffness", "take the acceleration of {g} and a spring"),
                ("acc = (center - x) * stiffness", "pull towards {center}"),
            ),
            (
                ("x1 = 2.0 * x - x_prev + acc * (dt * dt)", "take a Verlet step from {x_prev} and {x}"),
                (
                    "x1 = x + (x - x_prev) * (1.0 - drag) + acc * dt * dt",
                    "take a damped Verlet step from {x_prev} and {x}",
                ),
                ("x1 = x + (x - x_prev) + acc * (dt * dt)", "take a Verlet step from {x_prev} and {x}"),
                (
                    "half = v + acc * (0.5 * dt)\nx1 = x + half * dt\nv1 = half + (g - x1 * drag) * (0.5 * dt)",
                    "take a velocity Verlet step",
                ),
                ("half = v + 0.5 * dt * acc\nx1 = x + dt * half", "take a leapfrog step"),
            ),
        ),
        {"x1": _X, "v1": _V},
        NAMES,
        weight=2.0,
    ),
    Passage(
        "predict-position",
        (
            (
                ("x1 = x + v * dt", "predict {x} by {v} over {dt}"),
                ("x1 = x + (v + g * dt) * dt", "predict {x} under {g} over {dt}"),
                ("x1 = x + dt * v + dt * dt * inv_mass * f", "predict {x} under {f} over {dt}"),
            ),
            (
                ("", ""),
                ("v1 = (x1 - x) / dt * (1.0 - drag)", "take the velocity of the step back, damped"),
                ("v1 = v + (center - x1) * dt", "pull {v} towards {center}"),
            ),
        ),
        {"x1": _FREE, "v1": _V},
        NAMES,
        weight=1.5,
    ),
    Passage(
        "runge-kutta-step",
        (
            (
                (
                    "k1 = g - x * stiffness - v * drag\nx_mid = x + v * (0.5 * dt)\nv_mid = v + k1 * (0.5 * dt)\n"
                    "k2 = g - x_mid * stiffness - v_mid * drag\nx1 = x + v_mid * dt\nv1 = v + k2 * dt",
                    "take a midpoint step of a damped spring under {g}",
                ),
                (
                    "k1 = (center - x) * stiffness\nk2 = (center - (x + k1 * dt)) * stiffness\n"
                    "x1 = x + 0.5 * dt * (k1 + k2)",
                    "take a step of Heun's method towards {center}",
                ),
                (
                    "k1 = f - x * stiffness\nk2 = f - (x + k1 * (0.5 * dt)) * stiffness\n"
                    "k3 = f - (x + k2 * (0.5 * dt)) * stiffness\nk4 = f - (x + k3 * dt) * stiffness\n"
                    "x1 = x + (k1 + 2.0 * k2 + 2.0 * k3 + k4) * (dt / 6.0)",
                    "take a Runge-Kutta step of {x} under {f}",
                ),
            ),
        ),
        {"x1": _X, "v1": _V},
        NAMES,
    ),
    Passage(
        "substeps",
        (
            (
                (
                    "x1 = x\nv1 = v\nfor k in range(steps):\n    v1 += (g - x1 * stiffness) * dt\n    x1 += v1 * dt",
                    "take {steps} small steps of a spring under {g}",
                ),
                (
                    "h = dt / 4.0\nx1 = x + v * h\nv1 = v + f * h\nfor k in range(3):\n"
                    "    v1 = (v1 + f * (h * inv_mass)) * (1.0 - drag * h)\n    x1 = x1 + v1 * h",
                    "take four substeps under {f}",
                ),
                (
                    "v1 = v\nfor k in range(steps):\n    v1 = v1 + (f * inv_mass - v1 * drag) * dt\nx1 = x + v1 * dt",
                    "relax {v} in {steps} steps under {f}",
                ),
            ),
        ),
        {"x1": _X, "v1": _V},
        NAMES,
        bare=True,
    ),
)
SPACES = (
    Passage(
        "limit-speed",
        (
            (
                ("v1 = v + (f * inv_mass + g) * dt", "advance {v} by {f} and {g}"),
                ("v1 = v + f * dt", "advance {v} by {f} over {dt}"),
            ),
            (
                ("speed = wp.length(v1)\nif speed > limit:\n    v1 = v1 * (limit / speed)", "keep it below {limit}"),
                ("speed = wp.length(v1)\nv1 = v1 / (1.0 + drag * speed)", "damp it by its own speed"),
                ("v1 = v1 - v1 * (drag * wp.length(v1) * dt)", "take quadratic drag off"),
                (
                    "speed = wp.length(v1)\nv1 = wp.normalize(v1) * wp.min(speed, limit)",
                    "keep its length below {limit}",
                ),
            ),
            (("", ""), ("x1 = x + v1 * dt", "advance {x} by it")),
        ),
        {"v1": _V, "x1": _X},
        NAMES,
        weight=1.5,
        bare=True,
    ),
    Passage(
        "central-force",
        (
            (
                (
                    "r = center - x\nd = wp.length(r) + 0.1\nacc = r * (stiffness / (d * d * d))",
                    "attract {x} to {center}",
                ),
                ("r = x - center\nd = wp.length(r)\nacc = r * (-stiffness / (1.0 + d * d))", "attract {x} to {center}"),
                ("r = center - x\nacc = wp.normalize(r) * stiffness - v * drag", "pull {x} to {center} against drag"),
            ),
            _VELOCITIES,
            (("", ""), *_POSITIONS),
        ),
        {"v1": _V, "x1": _X},
        NAMES | {"r": ("r", "to_center", "d_vec"), "d": ("d", "dist", "r_len")},
    ),
)
BODIES = (
    Passage(
        "ground-bounce",
        (
            (
                ("v1 = v + g * dt\nx1 = x + v1 * dt", "advance {v} and {x} under {g}"),
                ("x1 = x + v * dt\nv1 = v * (1.0 - drag * dt)", "advance {x} by {v} and damp it"),
            ),
            (
                (
                    "if x1[1] < ground:\n    x1 = vec3(x1[0], ground, x1[2])\n"
                    "    v1 = vec3(v1[0], -bounce * v1[1], v1[2])",
                    "bounce off the ground",
                ),
                ("if x1[2] < ground:\n    v1[2] = v1[2] * -bounce\n    x1[2] = ground", "bounce off the ground"),
                (
                    "for k in range(3):\n    if wp.abs(x1[k]) > limit:\n        v1[k] = v1[k] * -bounce",
                    "turn around at the walls",
                ),
                (
                    "if x1[1] < ground:\n    v1 = v1 * bounce\n    x1 = x1 + vec3(0.0, ground - x1[1], 0.0)",
                    "slide on the ground",
                ),
                (
                    "inside = wp.length(x1)\nif inside > limit:\n    x1 = x1 * (limit / inside)\n    v1 = v1 * bounce",
                    "stay within a ball of {limit}",
                ),
                (
                    "x1 = vec3(wp.mod(x1[0] + limit, limit), x1[1], wp.mod(x1[2] + limit, limit))",
                    "wrap around at {limit}",
                ),
            ),
        ),
        {"v1": _V, "x1": _X},
        NAMES | {"inside": ("dist", "r")},
        weight=1.5,
        bare=True,
    ),
    Passage(
        "spin-step",
        (
            (
                ("w1 = w + torque * (inv_mass * dt)", "advance {w} by {torque}"),
                ("w1 = w * (1.0 - drag * dt) + torque * dt", "advance {w} by {torque} and damp it"),
                ("w1 = w + wp.cw_mul(inv_inertia, torque) * dt", "advance {w} by {torque} with {inv_inertia}"),
                (
                    "tb = wp.quat_rotate_inv(q, torque) - wp.cross(w, wp.cw_div(w, inv_inertia))\n"
                    "w1 = w + wp.quat_rotate(q, wp.cw_mul(inv_inertia, tb)) * dt",
                    "advance {w} by {torque} and the gyroscopic torque",
                ),
                ("w1 = w - wp.cross(w, wp.cw_mul(w, inv_inertia)) * dt", "advance {w} by the gyroscopic torque"),
            ),
            (
                ("q1 = wp.normalize(q + quat(w1, 0.0) * q * (0.5 * dt))", "turn {q} by it over {dt}"),
                ("q1 = wp.normalize(q + 0.5 * dt * (quat(w1, 0.0) * q))", "turn {q} by it over {dt}"),
                (
                    "q1 = wp.quat_from_axis_angle(wp.normalize(w1), wp.length(w1) * dt) * q",
                    "turn {q} by the exponential map of it",
                ),
                (
                    "dq = quat(w1[0], w1[1], w1[2], 0.0) * q\nq1 = wp.normalize(q + dq * (dt * 0.5))",
                    "turn {q} by it over {dt}",
                ),
            ),
        ),
        {"w1": Result("vec3", 15.0, into="w"), "q1": _Q},
        NAMES | {"tb": ("tb", "t_body"), "dq": ("dq", "q_dot")},
        weight=2.0,
    ),
    Passage(
        "body-step",
        (
            (
                (
                    "r0 = wp.transform_get_rotation(X)\nv1 = v + (f * inv_mass + g) * dt\n"
                    "w1 = w + wp.quat_rotate(r0, wp.quat_rotate_inv(r0, torque) * inv_mass) * dt\n"
                    "r1 = wp.normalize(r0 + quat(w1, 0.0) * r0 * (0.5 * dt))\n"
                    "X1 = transform(wp.transform_get_translation(X) + v1 * dt, r1)",
                    "advance the pose {X} by {f}, {torque} and {g} over {dt}",
                ),
                (
                    "v1 = v * (1.0 - drag * dt) + g * dt\nw1 = w * (1.0 - drag * dt)\n"
                    "X1 = transform(X.p + v1 * dt, wp.normalize(X.q + quat(w1 * (0.5 * dt), 0.0) * X.q))",
                    "advance the pose {X} by {v} and {w} with drag",
                ),
                (
                    "com = wp.transform_point(X, center)\nr1 = wp.normalize(X.q + quat(w, 0.0) * X.q * (0.5 * dt))\n"
                    "X1 = transform(com + v * dt - wp.quat_rotate(r1, center), r1)",
                    "advance the pose {X} about its center of mass {center}",
                ),
            ),
        ),
        {"X1": Result("transform", 10.0, into="X"), "v1": _V, "w1": Result("vec3", 15.0, into="w")},
        NAMES | {"r0": ("r0", "rot", "q0"), "r1": ("r1", "rot1"), "com": ("com", "x_com")},
        weight=1.5,
    ),
    Passage(
        "twist-step",
        (
            (
                (
                    "w1 = wp.spatial_top(V) + wp.spatial_top(F) * (inv_mass * dt)\n"
                    "v1 = wp.spatial_bottom(V) + (wp.spatial_bottom(F) * inv_mass + g) * dt",
                    "advance both parts of {V} by {F} and {g}",
                ),
                (
                    "w1 = wp.spatial_top(V) * (1.0 - drag * dt)\nv1 = wp.spatial_bottom(V) + g * dt",
                    "damp the spin of {V} and let it fall by {g}",
                ),
            ),
            (
                ("V1 = spatial_vector(w1, v1)", "join them"),
                (
                    "X1 = transform(X.p + v1 * dt, wp.normalize(X.q + quat(w1, 0.0) * X.q * (0.5 * dt)))",
                    "advance {X} by them",
                ),
                (
                    "turn = wp.quat_from_axis_angle(wp.normalize(w1), wp.length(w1) * dt)\n"
                    "X1 = transform(X.p + v1 * dt, turn * X.q)\nV1 = spatial_vector(w1, v1)",
                    "advance {X} by them and join them",
                ),
            ),
        ),
        {"V1": Result("spatial_vector", 15.0, into="V"), "X1": Result("transform", 10.0, into="X")},
        NAMES,
    ),
)
