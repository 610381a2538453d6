"""Springs, distance constraints, contacts with friction, impulses, joint limits and drives."""

from warpsmith.synth.families.contact_pairs import PAIRS
from warpsmith.synth.families.contact_passages import CONTACTS, JOINTS, SPRINGS
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.passages import Source, close_each, idioms, roles
from warpsmith.synth.families.repertoire import play
from warpsmith.synth.writer import KernelWriter, Style


def _number(*rows: tuple[str, str, str, float, float]) -> Source:
    return Source("float", roles(*rows), "either", strict=True)


VOCABULARY = {
    "x": Source(
        "vec3",
        roles(
            ("positions", "pos", "position", -2.0, 2.0),
            ("particle_q", "xi", "particle position", -2.0, 2.0),
            ("x", "x0", "position", -2.0, 2.0),
        ),
    ),
    "y": Source(
        "vec3",
        roles(
            ("anchors", "anchor", "anchor", -2.0, 2.0),
            ("neighbor_x", "xj", "neighbor's position", -2.0, 2.0),
            ("targets", "goal_x", "target", -2.0, 2.0),
        ),
    ),
    "z": Source("vec3", roles(("corners", "xk", "third corner", -2.0, 2.0), ("centers", "ctr", "center", -2.0, 2.0))),
    "v": Source(
        "vec3",
        roles(("velocities", "vel", "velocity", -2.0, 2.0), ("particle_qd", "vi", "particle velocity", -2.0, 2.0)),
    ),
    "u": Source(
        "vec3", roles(("body_v", "vj", "other velocity", -2.0, 2.0), ("body_w", "omega", "angular velocity", -2.0, 2.0))
    ),
    "normal": Source(
        "vec3",
        roles(("normals", "normal", "normal", -1.0, 1.0), ("contact_normals", "n_c", "contact normal", -1.0, 1.0)),
        "either",
    ),
    "rest": _number(("rest_lengths", "rest", "rest length", 0.5, 2.0), ("spring_rest", "l0", "rest length", 0.5, 2.0)),
    "ke": _number(("stiffness", "ke", "stiffness", 0.5, 4.0), ("spring_ke", "k_s", "stiffness", 0.5, 4.0)),
    "kd": Source(
        "float", roles(("", "kd", "damping", 0.05, 0.8), ("", "k_damp", "damping", 0.05, 0.8)), "parameter", strict=True
    ),
    "kf": Source("float", roles(("", "kf", "friction stiffness", 0.2, 2.0)), "parameter", strict=True),
    "mu": _number(
        ("friction", "mu", "friction coefficient", 0.1, 0.9), ("shape_mu", "mu_s", "friction coefficient", 0.1, 0.9)
    ),
    "bounce": _number(("restitutions", "restitution", "restitution", 0.1, 0.9)),
    "radius": _number(("radii", "radius", "radius", 0.3, 1.2), ("particle_radius", "r_p", "radius", 0.3, 1.2)),
    "wi": _number(
        ("inv_mass", "w_i", "inverse mass", 0.2, 2.0), ("particle_inv_mass", "inv_mi", "inverse mass", 0.2, 2.0)
    ),
    "wj": _number(("other_inv_mass", "w_j", "other inverse mass", 0.2, 2.0)),
    "lam_old": Source(
        "float",
        roles(("lambdas", "lam_prev", "multiplier", -1.0, 1.0), ("multipliers", "lambda_old", "multiplier", -1.0, 1.0)),
    ),
    "compliance": Source("float", roles(("", "compliance", "compliance", 0.0001, 0.01)), "parameter", strict=True),
    "ratio": Source(
        "float",
        roles(("", "relaxation", "relaxation", 0.1, 0.9), ("", "omega_r", "relaxation", 0.1, 0.9)),
        "parameter",
        strict=True,
    ),
    "bend": Source("float", roles(("rest_angles", "rest_cos", "rest angle", -0.9, 0.9))),
    "dt": Source("float", roles(("", "dt", "time step", 0.05, 0.2)), "parameter", strict=True),
    "sweeps": Source("int", roles(("", "iterations", "number of sweeps", 2, 6)), "parameter", strict=True),
    "angle": Source(
        "float", roles(("joint_q", "q_j", "joint angle", -2.0, 2.0), ("angles", "theta", "angle", -2.0, 2.0))
    ),
    "qd": Source(
        "float", roles(("joint_qd", "qd_j", "joint speed", -2.0, 2.0), ("speeds", "rate", "speed", -2.0, 2.0))
    ),
    "goal": Source("float", roles(("joint_target", "q_goal", "target angle", -2.0, 2.0))),
    "lower": _number(("joint_limit_lower", "lower", "lower limit", -1.2, -0.4)),
    "upper": _number(("joint_limit_upper", "upper", "upper limit", 0.4, 1.2)),
    "effort": _number(("effort_limits", "effort", "largest effort", 2.0, 5.0)),
    "q": Source(
        "quat",
        roles(("body_rot", "q_b", "body rotation", -1.0, 1.0), ("orientations", "rot", "orientation", -1.0, 1.0)),
    ),
    "r": Source(
        "quat",
        roles(("parent_rot", "q_p", "parent rotation", -1.0, 1.0), ("rest_rot", "q_rest", "rest rotation", -1.0, 1.0)),
    ),
    "X": Source(
        "transform", roles(("body_q", "X_wb", "body pose", -2.0, 2.0), ("shape_poses", "X_ws", "shape pose", -2.0, 2.0))
    ),
}
REPERTOIRE = (*idioms((*SPRINGS, *CONTACTS, *JOINTS), VOCABULARY), *PAIRS)


def core(w: KernelWriter) -> list[str]:
    """Pull, push, project or drive."""
    return play(w, REPERTOIRE)


FAMILY = Family(
    "contacts",
    ("constraints", "springs"),
    "springs, distance constraints, contacts with friction, impulses, joint limits and drives",
    ("springs", "contacts", "constraints", "corrections", "joints", "collisions", "impulses"),
    Style(
        operations=(("arith", 8.0), ("vec", 4.0), ("minmax", 1.5), ("quat", 0.5), ("exp", 0.3), ("unary", 0.5)),
        forms={
            "assignment": 5,
            "augmented-assignment": 3,
            "select": 1.2,
            "branch": 1.5,
            "for-constant": 0.5,
            "for-runtime": 0.5,
            "function-call": 0.6,
        },
        dimensions=(10, 1.5, 0.4, 0.1),
        floats=(10, 2.0, 0.0, 0.0),
    ),
    core,
    close=close_each,
)
