"""Steps in time: Euler, Verlet, Runge-Kutta and substeps of particles; rotations, poses and twists of rigid bodies."""

from warpsmith.synth.families.family import Family
from warpsmith.synth.families.integration_passages import BODIES, POINTS, SPACES
from warpsmith.synth.families.passages import Source, close_each, idioms, in_space, roles, words_in_space
from warpsmith.synth.families.repertoire import play
from warpsmith.synth.writer import KernelWriter, Style

VOCABULARY = {
    "x": Source(
        "vec3",
        roles(
            ("positions", "pos", "position", -2.0, 2.0),
            ("particle_q", "x0", "particle position", -2.0, 2.0),
            ("x", "xi", "position", -2.0, 2.0),
            ("points", "point", "point", -2.0, 2.0),
        ),
    ),
    "x_prev": Source(
        "vec3",
        roles(
            ("x_prev", "x_old", "previous position", -2.0, 2.0),
            ("prev_positions", "prev", "previous position", -2.0, 2.0),
        ),
    ),
    "v": Source(
        "vec3",
        roles(
            ("velocities", "vel", "velocity", -2.0, 2.0),
            ("particle_qd", "v0", "particle velocity", -2.0, 2.0),
            ("v", "vi", "velocity", -2.0, 2.0),
        ),
    ),
    "f": Source(
        "vec3",
        roles(
            ("forces", "force", "force", -4.0, 4.0),
            ("particle_f", "f0", "particle force", -4.0, 4.0),
            ("f", "fi", "force", -4.0, 4.0),
        ),
    ),
    "inv_mass": Source(
        "float",
        roles(
            ("inv_masses", "inv_mass", "inverse mass", 0.2, 2.0), ("particle_inv_mass", "w_i", "inverse mass", 0.2, 2.0)
        ),
        "either",
        strict=True,
    ),
    "mass": Source(
        "float", roles(("masses", "mass", "mass", 0.5, 4.0), ("body_mass", "m", "mass", 0.5, 4.0)), strict=True
    ),
    "g": Source(
        "vec3", roles(("", "gravity", "gravity", -4.0, 4.0), ("", "g", "gravity", -4.0, 4.0)), "parameter", strict=True
    ),
    "dt": Source(
        "float",
        roles(("", "dt", "time step", 0.01, 0.1), ("", "sim_dt", "time step", 0.01, 0.1)),
        "parameter",
        strict=True,
    ),
    "drag": Source(
        "float", roles(("", "damping", "damping", 0.05, 0.8), ("", "drag", "drag", 0.05, 0.8)), "parameter", strict=True
    ),
    "stiffness": Source(
        "float",
        roles(("", "ke", "stiffness", 0.5, 8.0), ("", "stiffness", "stiffness", 0.5, 8.0)),
        "parameter",
        strict=True,
    ),
    "limit": Source(
        "float", roles(("", "v_max", "limit", 0.8, 1.8), ("", "bound", "bound", 0.8, 1.8)), "parameter", strict=True
    ),
    "ground": Source("float", roles(("", "ground", "ground height", -0.5, 0.5)), "parameter", strict=True),
    "bounce": Source("float", roles(("", "restitution", "restitution", 0.2, 0.9)), "parameter", strict=True),
    "steps": Source(
        "int",
        roles(("", "substeps", "number of substeps", 2, 6), ("", "num_steps", "number of steps", 2, 6)),
        "parameter",
        strict=True,
    ),
    "center": Source(
        "vec3", roles(("anchors", "anchor", "anchor", -1.0, 1.0), ("body_com", "center", "center", -1.0, 1.0)), "either"
    ),
    "q": Source(
        "quat", roles(("body_rot", "rot", "body rotation", -1.0, 1.0), ("orientations", "q0", "orientation", -1.0, 1.0))
    ),
    "w": Source(
        "vec3", roles(("body_w", "omega", "angular velocity", -2.0, 2.0), ("spins", "spin", "spin", -2.0, 2.0))
    ),
    "torque": Source("vec3", roles(("torques", "torque", "torque", -3.0, 3.0), ("body_t", "tau", "torque", -3.0, 3.0))),
    "inv_inertia": Source(
        "vec3", roles(("inv_inertias", "inv_inertia", "inverse inertia", 0.3, 2.0)), "either", strict=True
    ),
    "X": Source("transform", roles(("body_q", "X_wb", "body pose", -2.0, 2.0), ("poses", "pose", "pose", -2.0, 2.0))),
    "V": Source(
        "spatial_vector", roles(("body_qd", "qd", "body velocity", -2.0, 2.0), ("twists", "twist", "twist", -2.0, 2.0))
    ),
    "F": Source(
        "spatial_vector", roles(("body_f", "f_b", "body force", -3.0, 3.0), ("wrenches", "wrench", "wrench", -3.0, 3.0))
    ),
}


_SPATIAL = idioms((*POINTS, *SPACES, *BODIES), VOCABULARY)
_PLANAR = idioms(in_space((*POINTS, *SPACES), "vec2"), words_in_space(VOCABULARY, "vec2"))
_LINEAR = idioms(in_space(POINTS, "float"), words_in_space(VOCABULARY, "float"))


def core(w: KernelWriter) -> list[str]:
    """Take a step in time: in space, in the plane or along a line."""
    return play(w, w.choices.weighted((_SPATIAL, _PLANAR, _LINEAR), (7, 1.5, 1.5)))


FAMILY = Family(
    "integration",
    ("time_stepping", "integrators"),
    "steps in time of particles and rigid bodies: Euler, Verlet, Runge-Kutta, damping, bounces, rotations",
    ("particles", "bodies", "step", "motion", "velocities", "positions", "trajectories"),
    Style(
        operations=(("arith", 8.0), ("vec", 4.0), ("quat", 1.0), ("minmax", 0.7), ("exp", 0.5), ("unary", 0.3)),
        forms={
            "assignment": 5,
            "augmented-assignment": 3,
            "select": 0.8,
            "branch": 1.2,
            "for-constant": 0.5,
            "for-runtime": 0.5,
            "function-call": 0.6,
        },
        dimensions=(10, 1.5, 0.4, 0.1),
        floats=(10, 2.0, 0.4, 0.0),
    ),
    core,
    close=close_each,
)
