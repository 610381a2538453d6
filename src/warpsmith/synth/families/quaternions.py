"""Rotations as quaternions: made, composed, interpolated, applied, taken apart."""

from warpsmith.synth.families.family import Family
from warpsmith.synth.families.passages import Source, close_each, idioms, roles
from warpsmith.synth.families.quaternion_passages import APPLIED, MADE, MOVING, TAKEN_APART
from warpsmith.synth.families.repertoire import play
from warpsmith.synth.writer import KernelWriter, Style

_ROTATION = Source(
    "quat",
    roles(
        ("orientations", "orientation", "orientation", -1.0, 1.0),
        ("rotations", "rot", "rotation", -1.0, 1.0),
        ("quats", "quat", "quaternion", -1.0, 1.0),
        ("body_rot", "q_b", "body rotation", -1.0, 1.0),
        ("q", "q0", "rotation", -1.0, 1.0),
        ("attitudes", "attitude", "attitude", -1.0, 1.0),
    ),
)
_GOAL = Source(
    "quat",
    roles(
        ("target_rotations", "q_target", "target rotation", -1.0, 1.0),
        ("rest_rotations", "rest_rot", "rest rotation", -1.0, 1.0),
        ("parent_rot", "q_parent", "parent rotation", -1.0, 1.0),
        ("q_next", "q1", "next rotation", -1.0, 1.0),
        ("frames", "frame_rot", "frame rotation", -1.0, 1.0),
    ),
    "either",
)
_POINT = Source(
    "vec3",
    roles(
        ("points", "point", "point", -2.0, 2.0),
        ("offsets", "offset", "offset", -2.0, 2.0),
        ("positions", "pos", "position", -2.0, 2.0),
        ("directions", "dir", "direction", -1.0, 1.0),
        ("velocities", "vel", "velocity", -2.0, 2.0),
    ),
)
_AXIS = Source(
    "vec3",
    roles(
        ("axes", "axis", "axis", -1.0, 1.0),
        ("joint_axes", "joint_axis", "joint axis", -1.0, 1.0),
        ("normals", "normal", "normal", -1.0, 1.0),
        ("hinge_axes", "hinge", "hinge axis", -1.0, 1.0),
    ),
    "either",
)
_OTHER_AXIS = Source(
    "vec3",
    roles(("tangents", "tangent", "tangent", -1.0, 1.0), ("ups", "up", "up vector", -1.0, 1.0)),
)
_SPIN = Source(
    "vec3",
    roles(
        ("omegas", "omega", "angular velocity", -2.0, 2.0),
        ("angular_velocities", "ang_vel", "angular velocity", -2.0, 2.0),
        ("spins", "spin", "spin", -2.0, 2.0),
        ("body_w", "w", "angular velocity", -2.0, 2.0),
    ),
)
_ANGLE = Source(
    "float",
    roles(
        ("angles", "angle", "angle", -3.0, 3.0),
        ("joint_q", "theta", "joint angle", -2.0, 2.0),
        ("headings", "heading", "heading", -3.0, 3.0),
        ("phases", "phase", "phase", -3.0, 3.0),
    ),
)
_SHARE = Source(
    "float",
    roles(("weights", "alpha", "weight", 0.1, 0.9), ("fractions", "frac", "fraction", 0.1, 0.9)),
    "either",
    strict=True,
)

VOCABULARY = {
    "q": _ROTATION,
    "r": _GOAL,
    "p": _POINT,
    "axis": _AXIS,
    "side": _OTHER_AXIS,
    "spin": _SPIN,
    "angle": _ANGLE,
    "pitch": Source("float", roles(("pitches", "pitch", "pitch", -1.4, 1.4))),
    "yaw": Source("float", roles(("yaws", "yaw", "yaw", -3.0, 3.0)), "either"),
    "share": _SHARE,
    "dt": Source("float", roles(("", "dt", "time step", 0.01, 0.1)), "parameter", strict=True),
    "center": Source(
        "vec3", roles(("centers", "center", "center", -1.0, 1.0), ("pivots", "pivot", "pivot", -1.0, 1.0))
    ),
}
REPERTOIRE = idioms((*MADE, *APPLIED, *TAKEN_APART, *MOVING), VOCABULARY)


def core(w: KernelWriter) -> list[str]:
    """Make, apply or take apart rotations."""
    return play(w, REPERTOIRE)


FAMILY = Family(
    "quaternions",
    ("quaternion", "rotations"),
    "rotations as quaternions: composed, interpolated, applied to points, taken apart into angles",
    ("rotations", "orientations", "attitudes", "frames", "quaternions", "headings", "poses"),
    Style(
        operations=(("quat", 8.0), ("arith", 5.0), ("vec", 3.0), ("trig", 0.7), ("minmax", 0.4)),
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
