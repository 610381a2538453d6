"""Spatial algebra: twists, wrenches, inertias and joint axes as vectors of 6 numbers and matrices of 6 by 6."""

from warpsmith.synth.families.family import Family
from warpsmith.synth.families.passages import Source, close_each, idioms, roles
from warpsmith.synth.families.repertoire import play
from warpsmith.synth.families.spatial_passages import DYNAMICS, MADE, MOVED, PARTS
from warpsmith.synth.writer import KernelWriter, Style

VOCABULARY = {
    "V": Source(
        "spatial_vector",
        roles(
            ("body_qd", "qd", "body velocity", -2.0, 2.0),
            ("twists", "twist", "twist", -2.0, 2.0),
            ("body_v_s", "v_s", "spatial velocity", -2.0, 2.0),
            ("link_velocities", "v_link", "link velocity", -2.0, 2.0),
        ),
    ),
    "F": Source(
        "spatial_vector",
        roles(
            ("body_f", "f_b", "body force", -2.0, 2.0),
            ("wrenches", "wrench", "wrench", -2.0, 2.0),
            ("body_ft_s", "f_s", "spatial force", -2.0, 2.0),
        ),
    ),
    "A": Source(
        "spatial_vector",
        roles(
            ("body_a_s", "a_s", "spatial acceleration", -2.0, 2.0),
            ("accelerations", "acc_s", "acceleration", -2.0, 2.0),
        ),
    ),
    "S": Source(
        "spatial_vector",
        roles(
            ("joint_S_s", "S_s", "joint axis", -1.0, 1.0),
            ("joint_axes", "S_j", "joint axis", -1.0, 1.0),
            ("screws", "screw", "screw", -1.0, 1.0),
        ),
        "either",
    ),
    "I_s": Source(
        "spatial_matrix",
        roles(("body_I_s", "I_b", "spatial inertia", -2.0, 2.0), ("inertias", "inertia", "inertia", -2.0, 2.0)),
    ),
    "X": Source(
        "transform",
        roles(("body_q", "X_wb", "body pose", -2.0, 2.0), ("joint_frames", "X_j", "joint frame", -2.0, 2.0)),
    ),
    "q": Source(
        "quat", roles(("body_rot", "r_b", "body rotation", -1.0, 1.0), ("rotations", "rot_q", "rotation", -1.0, 1.0))
    ),
    "w": Source(
        "vec3",
        roles(("angular_velocities", "ang_vel", "angular velocity", -2.0, 2.0), ("body_w", "omega", "spin", -2.0, 2.0)),
    ),
    "v": Source(
        "vec3",
        roles(("linear_velocities", "lin_vel", "linear velocity", -2.0, 2.0), ("body_v", "vel", "velocity", -2.0, 2.0)),
    ),
    "p": Source(
        "vec3", roles(("points", "point", "point", -2.0, 2.0), ("contact_points", "r_c", "contact point", -2.0, 2.0))
    ),
    "c": Source(
        "vec3",
        roles(("body_com", "com", "center of mass", -1.0, 1.0), ("origins", "origin", "origin", -1.0, 1.0)),
        "either",
    ),
    "f": Source(
        "vec3", roles(("forces", "force", "force", -2.0, 2.0), ("contact_forces", "f_c", "contact force", -2.0, 2.0))
    ),
    "g": Source("vec3", roles(("", "gravity", "gravity", -2.0, 2.0)), "parameter", strict=True),
    "axis": Source("vec3", roles(("axes", "axis", "axis", -1.0, 1.0)), "either"),
    "rate": Source(
        "float", roles(("joint_qd", "qd_j", "joint speed", -2.0, 2.0), ("speeds", "speed", "speed", -2.0, 2.0))
    ),
    "mass": Source(
        "float",
        roles(("body_mass", "mass", "mass", 0.5, 4.0), ("masses", "m", "mass", 0.5, 4.0)),
        "either",
        strict=True,
    ),
    "dt": Source("float", roles(("", "dt", "time step", 0.01, 0.1)), "parameter", strict=True),
}
REPERTOIRE = idioms((*MADE, *PARTS, *MOVED, *DYNAMICS), VOCABULARY)


def core(w: KernelWriter) -> list[str]:
    """Make, move, multiply or integrate spatial vectors."""
    return play(w, REPERTOIRE)


FAMILY = Family(
    "spatial",
    ("spatial_algebra", "featherstone"),
    "spatial vectors and matrices: twists, wrenches, inertias, cross products, frames, bias forces",
    ("twists", "wrenches", "bodies", "links", "joints", "inertias", "articulation"),
    Style(
        operations=(("spatial", 8.0), ("arith", 6.0), ("vec", 3.0), ("xform", 1.0), ("quat", 0.8), ("mat", 1.5)),
        forms={
            "assignment": 6,
            "augmented-assignment": 2.5,
            "select": 0.6,
            "branch": 0.7,
            "for-constant": 0.5,
            "for-runtime": 0.5,
            "function-call": 0.6,
        },
        dimensions=(10, 2, 0.4, 0.2),
        floats=(10, 2.0, 0.4, 0.0),
    ),
    core,
    close=close_each,
)
