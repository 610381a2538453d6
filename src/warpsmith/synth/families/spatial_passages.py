"""What people do with spatial vectors and matrices, in passages (Featherstone, 2008)."""

from warpsmith.synth.families.passages import Passage, Result

_V = Result("spatial_vector", 30.0)
_I = Result("spatial_matrix", 60.0)
_P = Result("vec3", 20.0)
_NAMES = {
    "V1": ("v_out", "twist_out", "qd_new", "v_s2", "twist_w"),
    "F1": ("f_out", "wrench_w", "f_net", "f_bias", "f_total"),
    "p1": ("v_p", "v_point", "f_lin", "part", "lin"),
    "e": ("power", "energy", "tau", "ke", "work"),
    "Ad": ("Ad", "X_mat", "adj", "T"),
    "rot": ("R", "rot_mat", "E"),
    "I1": ("I_w", "I_out", "I_a", "H"),
    "ang": ("ang", "w_part", "omega"),
    "lin": ("lin", "v_part", "v_lin"),
}

MADE = (
    Passage(
        "make-spatial-vector",
        (
            (
                ("V1 = spatial_vector(w, v)", "join {w} and {v}"),
                (
                    "V1 = spatial_vector(wp.normalize(axis), wp.cross(p, wp.normalize(axis)))",
                    "make a screw about {axis}",
                ),
                ("V1 = spatial_vector(axis * rate, vec3(0.0, 0.0, 0.0))", "spin about {axis} at {rate}"),
                ("V1 = spatial_vector(w[0], w[1], w[2], v[0], v[1], v[2])", "join the numbers of {w} and {v}"),
                ("V1 = spatial_vector(0.0, 0.0, rate, v[0], v[1], 0.0)", "move by {v} and turn by {rate} in the plane"),
                ("V1 = wp.spatial_vector(w, v, dtype=wp.float32)", "join {w} and {v}"),
                ("V1 = spatial_vector()\nV1[2] = rate\nV1[4] = mass", "set two numbers of a spatial vector"),
                ("V1 = spatial_vector(wp.cross(p, f), f)", "make a wrench of {f} at {p}"),
                ("V1 = spatial_vector(wp.cross(p - c, f), f)", "make a wrench of {f} at {p} about {c}"),
                (
                    "V1 = spatial_vector(wp.cross(c, g * mass), g * mass)",
                    "make the wrench of gravity {g} on {mass} at {c}",
                ),
            ),
        ),
        {"V1": _V},
        _NAMES,
        weight=1.5,
    ),
    Passage(
        "make-spatial-matrix",
        (
            (
                (
                    "I1 = wp.diag(spatial_vector(rate, rate, rate, mass, mass, mass))",
                    "make an inertia of {rate} and {mass}",
                ),
                ("I1 = wp.outer(S, S) * mass", "make the outer product of {S} with itself, times {mass}"),
                (
                    "rot = wp.quat_to_matrix(q)\nI1 = wp.spatial_adjoint(rot, wp.skew(p) * rot)",
                    "make the adjoint matrix of {q} and {p}",
                ),
                (
                    "rot = wp.quat_to_matrix(wp.transform_get_rotation(X))\n"
                    "I1 = wp.spatial_adjoint(rot, wp.skew(wp.transform_get_translation(X)) * rot)",
                    "make the adjoint matrix of {X}",
                ),
                ("I1 = I_s + wp.outer(S, S)", "add the outer product of {S} to {I_s}"),
                (
                    "I1 = spatial_matrix()\nfor k in range(3):\n    I1[k, k] = rate\n    I1[k + 3, k + 3] = mass",
                    "fill a diagonal with {rate} and {mass}",
                ),
            ),
        ),
        {"I1": _I},
        _NAMES | {"k": ("k", "row", "c1")},
    ),
)
PARTS = (
    Passage(
        "spatial-parts",
        (
            (
                ("p1 = wp.spatial_top(V)", "take the angular part of {V}"),
                ("p1 = wp.spatial_bottom(F)", "take the linear part of {F}"),
                ("p1 = wp.spatial_bottom(V) + wp.cross(wp.spatial_top(V), p)", "take the velocity of {V} at {p}"),
                ("p1 = wp.velocity_at_point(V, p)", "take the velocity of {V} at {p}"),
                ("p1 = wp.velocity_at_point(V, p - c)", "take the velocity of {V} at {p} about {c}"),
                ("p1 = vec3(V[0], V[1], V[2]) * rate", "scale the first three numbers of {V} by {rate}"),
                (
                    "ang = wp.spatial_top(V)\nlin = wp.spatial_bottom(V)\np1 = lin - wp.cross(p, ang)",
                    "move the velocity {V} to {p}",
                ),
                (
                    "tau = wp.spatial_top(F)\nlin = wp.spatial_bottom(F)\np1 = tau - wp.cross(p, lin)",
                    "take the torque of {F} about {p}",
                ),
                ("p1 = wp.quat_rotate(q, wp.spatial_bottom(V))", "rotate the linear part of {V} by {q}"),
                (
                    "p1 = wp.transform_vector(X, wp.spatial_top(V)) + wp.transform_point(X, p)",
                    "add the angular part of {V} in the frame {X} to {p}",
                ),
            ),
        ),
        {"p1": _P},
        _NAMES | {"tau": ("tau", "torque")},
        weight=1.5,
    ),
    Passage(
        "spatial-power",
        (
            (
                ("e = wp.spatial_dot(V, F)", "take the power of {F} along {V}"),
                ("e = wp.dot(S, F)", "project {F} onto {S}"),
                ("e = 0.5 * wp.dot(V, I_s * V)", "take the kinetic energy of {V} with {I_s}"),
                ("e = wp.spatial_dot(S, F) - rate * mass", "project {F} onto {S} and take {rate} times {mass} off"),
                (
                    "e = wp.dot(wp.spatial_top(V), wp.spatial_top(F))\n"
                    "e += wp.dot(wp.spatial_bottom(V), wp.spatial_bottom(F))",
                    "add up the power of the angular and the linear parts of {V} and {F}",
                ),
                (
                    "e = float(0.0)\nfor k in range(6):\n    e += V[k] * F[k]",
                    "add up the products of the numbers of {V} and {F}",
                ),
                ("e = wp.dot(S, I_s * S) + mass", "take the inertia of {I_s} along {S} and add {mass}"),
                ("e = wp.length(wp.spatial_top(V)) + wp.length(wp.spatial_bottom(F))", "add up two lengths"),
            ),
        ),
        {"e": Result("float", 150.0)},
        _NAMES | {"k": ("k", "dof", "m1")},
        weight=1.2,
    ),
)
MOVED = (
    Passage(
        "spatial-cross",
        (
            (
                ("V1 = wp.spatial_cross(V, S)", "take the spatial cross product of {V} and {S}"),
                ("V1 = wp.spatial_cross(V, S * rate)", "take the spatial cross product of {V} and {S} times {rate}"),
                ("V1 = wp.spatial_cross_dual(V, F)", "take the dual cross product of {V} and {F}"),
                ("V1 = wp.spatial_cross_dual(V, I_s * V)", "take the bias force of {V} with {I_s}"),
                (
                    "ang = wp.spatial_top(V)\nlin = wp.spatial_bottom(V)\n"
                    "turned = wp.cross(ang, wp.spatial_bottom(S)) + wp.cross(lin, wp.spatial_top(S))\n"
                    "V1 = spatial_vector(wp.cross(ang, wp.spatial_top(S)), turned)",
                    "write the spatial cross product of {V} and {S} out",
                ),
                ("V1 = A + wp.spatial_cross(V, S * rate)", "add the velocity product of {V} and {S} to {A}"),
            ),
        ),
        {"V1": Result("spatial_vector", 150.0)},
        _NAMES,
        weight=1.5,
    ),
    Passage(
        "spatial-frame",
        (
            (
                ("V1 = wp.transform_twist(X, V)", "take {V} into the frame {X}"),
                ("V1 = wp.transform_wrench(X, F)", "take {F} into the frame {X}"),
                ("V1 = wp.transform_twist(wp.transform_inverse(X), V)", "take {V} out of the frame {X}"),
                (
                    "ang = wp.quat_rotate(q, wp.spatial_top(V))\n"
                    "V1 = spatial_vector(ang, wp.quat_rotate(q, wp.spatial_bottom(V)) + wp.cross(p, ang))",
                    "rotate {V} by {q} and move it to {p}",
                ),
                (
                    "rot = wp.quat_to_matrix(q)\nAd = wp.spatial_adjoint(rot, wp.skew(p) * rot)\nV1 = Ad * V",
                    "multiply {V} by the adjoint matrix of {q} and {p}",
                ),
                (
                    "rot = wp.quat_to_matrix(q)\n"
                    "Ad = wp.spatial_adjoint(rot, wp.skew(p) * rot)\nV1 = wp.transpose(Ad) * F",
                    "take {F} through the transposed adjoint matrix of {q} and {p}",
                ),
                (
                    "lin = wp.transform_vector(X, wp.spatial_bottom(F))\n"
                    "arm = wp.cross(wp.transform_get_translation(X), lin)\n"
                    "V1 = spatial_vector(wp.transform_vector(X, wp.spatial_top(F)) + arm, lin)",
                    "move the wrench {F} by {X}",
                ),
            ),
        ),
        {"V1": Result("spatial_vector", 40.0)},
        _NAMES,
        weight=1.5,
    ),
    Passage(
        "spatial-inertia-frame",
        (
            (
                (
                    "rot = wp.quat_to_matrix(q)\nAd = wp.spatial_adjoint(rot, wp.skew(p) * rot)",
                    "make the adjoint matrix of {q} and {p}",
                ),
                ("Ad = wp.spatial_adjoint(wp.quat_to_matrix(q), wp.skew(p))", "make a matrix of blocks of {q} and {p}"),
            ),
            (
                ("I1 = wp.mul(wp.mul(wp.transpose(Ad), I_s), Ad)", "take {I_s} through it from both sides"),
                ("I1 = wp.transpose(Ad) * I_s * Ad", "take {I_s} through it from both sides"),
                ("I1 = Ad * I_s", "multiply it by {I_s}"),
                ("e = wp.trace(Ad * I_s)", "take the trace of it times {I_s}"),
                ("V1 = Ad * (I_s * V)", "take {I_s} times {V} through it"),
            ),
        ),
        {"I1": Result("spatial_matrix", 1500.0), "e": Result("float", 300.0), "V1": Result("spatial_vector", 300.0)},
        _NAMES,
    ),
)
DYNAMICS = (
    Passage(
        "spatial-force",
        (
            (
                ("F1 = I_s * A", "multiply {I_s} by {A}"),
                ("F1 = I_s * A + wp.spatial_cross_dual(V, I_s * V)", "add the bias force of {V} to {I_s} times {A}"),
                (
                    "h = I_s * V\nF1 = I_s * A + wp.spatial_cross_dual(V, h) - F",
                    "balance the forces on the body with {I_s}",
                ),
                ("F1 = F + wp.spatial_cross_dual(V, I_s * V)", "add the bias force to {F}"),
                ("F1 = F - V * rate", "damp {F} by {V} times {rate}"),
                ("F1 = wp.lerp(F, A, rate / (1.0 + wp.abs(rate)))", "blend {F} and {A}"),
                ("F1 = wp.cw_mul(F, S)", "multiply {F} and {S} number by number"),
            ),
        ),
        {"F1": Result("spatial_vector", 250.0)},
        _NAMES | {"h": ("h", "momentum", "L")},
        weight=1.5,
    ),
    Passage(
        "joint-space",
        (
            (
                ("V1 = V + S * rate", "add {S} times {rate} to {V}"),
                ("V1 = wp.transform_twist(X, V) + S * rate", "add {S} times {rate} to {V} in the frame {X}"),
                ("V1 = A + S * rate + wp.spatial_cross(V, S * rate)", "add the motion of the joint {S} to {A}"),
                (
                    "U = I_s * S\nd = 1.0 + wp.abs(wp.dot(S, U))\nV1 = U * (rate / d)",
                    "divide {I_s} times {S} by the inertia of the joint",
                ),
                (
                    "U = I_s * S\nd = 1.0 + wp.abs(wp.dot(S, U))\nI1 = I_s - wp.outer(U, U) / d",
                    "take the joint {S} out of {I_s}",
                ),
            ),
        ),
        {"V1": Result("spatial_vector", 60.0), "I1": Result("spatial_matrix", 200.0)},
        _NAMES | {"U": ("U", "IS"), "d": ("D", "denom", "h_j")},
    ),
    Passage(
        "integrate-twist",
        (
            (
                ("V1 = V + A * dt", "advance {V} by {A} over {dt}"),
                ("V1 = (V + F * dt) * (1.0 - 0.1 * dt)", "advance {V} by {F} over {dt} and damp it"),
                (
                    "ang = wp.spatial_top(V) + wp.spatial_top(F) * (dt / mass)\n"
                    "lin = wp.spatial_bottom(V) + (wp.spatial_bottom(F) / mass + g) * dt\n"
                    "V1 = spatial_vector(ang, lin)",
                    "advance both parts of {V} by {F} over {dt} under {g}",
                ),
                ("V1 = V - I_s * V * dt", "damp {V} by {I_s} over {dt}"),
            ),
        ),
        {"V1": Result("spatial_vector", 20.0, into="V")},
        _NAMES,
    ),
)
