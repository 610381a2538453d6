"""Rigid transformations: made, composed, inverted, interpolated, applied to points, turned into matrices."""

from warpsmith.synth.families.family import Family
from warpsmith.synth.families.passages import Source, close_each, idioms, roles
from warpsmith.synth.families.repertoire import play
from warpsmith.synth.families.transform_passages import APPLIED, COMPOSED, MADE
from warpsmith.synth.writer import KernelWriter, Style

_POSE = Source(
    "transform",
    roles(
        ("transforms", "tf", "transform", -2.0, 2.0),
        ("body_q", "X_wb", "body pose", -2.0, 2.0),
        ("poses", "pose", "pose", -2.0, 2.0),
        ("link_poses", "X_wl", "link pose", -2.0, 2.0),
        ("xforms", "xform", "transform", -2.0, 2.0),
        ("shape_transform", "X_ws", "shape transform", -2.0, 2.0),
    ),
)
_OTHER = Source(
    "transform",
    roles(
        ("parent_poses", "X_wp", "parent pose", -2.0, 2.0),
        ("joint_X_p", "X_pj", "joint frame", -1.0, 1.0),
        ("child_frames", "X_cj", "child frame", -1.0, 1.0),
        ("target_poses", "X_goal", "target pose", -2.0, 2.0),
        ("cameras", "camera", "camera pose", -2.0, 2.0),
    ),
    "either",
)
_POINT = Source(
    "vec3",
    roles(
        ("points", "point", "point", -2.0, 2.0),
        ("particles", "x", "particle", -2.0, 2.0),
        ("vertices", "vertex", "vertex", -1.0, 1.0),
        ("anchors", "anchor", "anchor", -1.0, 1.0),
        ("local_points", "p_local", "local point", -1.0, 1.0),
    ),
)
_DIRECTION = Source(
    "vec3",
    roles(
        ("directions", "dir", "direction", -1.0, 1.0),
        ("normals", "normal", "normal", -1.0, 1.0),
        ("velocities", "vel", "velocity", -2.0, 2.0),
        ("rays", "ray", "ray", -1.0, 1.0),
    ),
)
VOCABULARY = {
    "X": _POSE,
    "Y": _OTHER,
    "p": _POINT,
    "d": _DIRECTION,
    "q": Source(
        "quat", roles(("rotations", "rot", "rotation", -1.0, 1.0), ("joint_rot", "q_j", "joint rotation", -1.0, 1.0))
    ),
    "axis": Source(
        "vec3", roles(("joint_axes", "axis", "joint axis", -1.0, 1.0), ("axes", "u", "axis", -1.0, 1.0)), "either"
    ),
    "angle": Source(
        "float", roles(("joint_q", "theta", "joint angle", -3.0, 3.0), ("angles", "angle", "angle", -3.0, 3.0))
    ),
    "share": Source(
        "float",
        roles(("weights", "alpha", "weight", 0.1, 0.9), ("fractions", "frac", "fraction", 0.1, 0.9)),
        "either",
        strict=True,
    ),
    "scale": Source(
        "float",
        roles(("scales", "scale", "scale", 0.5, 2.0), ("sizes", "size", "size", 0.5, 2.0)),
        "either",
        strict=True,
    ),
    "stretch": Source("vec3", roles(("scalings", "stretch", "stretch", 0.5, 2.0)), "either", strict=True),
    "extents": Source("vec3", roles(("half_extents", "extents", "half extents", 0.2, 1.5)), "either", strict=True),
    "v": Source(
        "vec3",
        roles(("linear_velocities", "lin_vel", "linear velocity", -2.0, 2.0), ("body_v", "v", "velocity", -2.0, 2.0)),
    ),
    "w": Source(
        "vec3",
        roles(("angular_velocities", "ang_vel", "angular velocity", -2.0, 2.0), ("body_w", "omega", "spin", -2.0, 2.0)),
    ),
    "dt": Source("float", roles(("", "dt", "time step", 0.01, 0.1)), "parameter", strict=True),
}
REPERTOIRE = idioms((*APPLIED, *MADE, *COMPOSED), VOCABULARY)


def core(w: KernelWriter) -> list[str]:
    """Make, compose or apply transformations."""
    return play(w, REPERTOIRE)


FAMILY = Family(
    "transforms",
    ("transform", "rigid_transforms"),
    "rigid transformations: composed, inverted, interpolated, applied to points, turned into matrices",
    ("poses", "frames", "transforms", "links", "cameras", "skinning", "joints"),
    Style(
        operations=(("xform", 8.0), ("quat", 1.5), ("arith", 5.0), ("vec", 3.0), ("minmax", 0.4)),
        forms={
            "assignment": 6,
            "augmented-assignment": 2,
            "select": 0.7,
            "branch": 0.8,
            "for-constant": 0.5,
            "for-runtime": 0.5,
            "function-call": 0.6,
        },
        dimensions=(10, 2, 0.5, 0.2),
        floats=(10, 2.0, 0.6, 0.0),
    ),
    core,
    close=close_each,
)
