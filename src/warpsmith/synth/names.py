"""Names by role, as people give them: what an array holds, what one element of it is called, what range it has."""

import keyword
from typing import NamedTuple

from warpsmith.synth.choices import Choices
from warpsmith.synth.types import BOOL, Matrix, Scalar, Struct, ValueType, Vector


class Role(NamedTuple):
    """A quantity: the name of an array of it, the name and the noun of one, and its natural range."""

    plural: str
    singular: str
    noun: str
    low: float
    high: float


def _role(plural: str, singular: str, low: float = -2.0, high: float = 2.0, noun: str | None = None) -> Role:
    return Role(plural, singular, f"the {noun or singular.replace('_', ' ')}", low, high)


_FLOAT_ROLES = (
    _role("masses", "mass", 0.5, 4.0), _role("heights", "height"), _role("weights", "weight", 0.1, 1.0),
    _role("densities", "density", 0.2, 3.0), _role("pressures", "pressure", 0.0, 4.0), _role("temperatures", "temperature", -4.0, 8.0),
    _role("speeds", "speed", 0.0, 5.0), _role("radii", "radius", 0.1, 2.0), _role("angles", "angle", -3.0, 3.0),
    _role("charges", "charge", -1.0, 1.0), _role("energies", "energy", 0.0, 6.0), _role("signals", "signal", -1.0, 1.0),
    _role("samples", "sample", -1.0, 1.0), _role("depths", "depth", 0.0, 4.0), _role("costs", "cost", 0.0, 5.0),
    _role("phases", "phase", -3.0, 3.0), _role("rates", "rate", 0.0, 1.0), _role("volumes", "volume", 0.1, 3.0),
    _role("errors", "error", -1.0, 1.0), _role("scores", "score", -2.0, 2.0), _role("levels", "level", 0.0, 3.0),
    _role("distances", "distance", 0.0, 5.0), _role("intensities", "intensity", 0.0, 1.0), _role("lengths", "length", 0.1, 3.0),
    _role("x", "x_i", noun="x value"), _role("y", "y_i", noun="y value"), _role("a", "a_i", noun="a value"), _role("b", "b_i", noun="b value"),
    _role("data", "value"), _role("field", "f", noun="field value"), _role("values", "val", noun="value"), _role("inputs", "inp", noun="input"),
)  # fmt: skip
_INTEGER_ROLES = (
    _role("counts", "count", 0, 40), _role("labels", "label", 0, 15), _role("ages", "age", 0, 60), _role("ids", "ident", 0, 63, "identifier"),
    _role("ranks", "rank", 0, 20), _role("codes", "code", 0, 100), _role("hits", "hit", 0, 30, "hit count"), _role("votes", "vote", 0, 25),
    _role("sizes", "size", 1, 30), _role("steps", "step", 0, 12), _role("tokens", "token", 0, 90), _role("keys", "key", 0, 63),
    _role("quotas", "quota", 1, 24), _role("orders", "order", 0, 9), _role("pixels", "pixel", 0, 100), _role("states", "state", 0, 7),
)  # fmt: skip
_FLAG_ROLES = (
    _role("active", "is_active", 0, 1, "active flag"), _role("visible", "is_visible", 0, 1, "visible flag"), _role("fixed", "is_fixed", 0, 1, "fixed flag"),
    _role("inside", "is_inside", 0, 1, "inside flag"), _role("enabled", "is_enabled", 0, 1, "enabled flag"), _role("mask", "masked", 0, 1, "mask"),
)  # fmt: skip
_VECTOR_ROLES = (
    _role("positions", "pos", noun="position"), _role("velocities", "vel", noun="velocity"), _role("forces", "force"), _role("normals", "normal", -1.0, 1.0),
    _role("directions", "direction", -1.0, 1.0), _role("offsets", "offset"), _role("points", "point"), _role("colors", "color", 0.0, 1.0),
    _role("gradients", "gradient"), _role("momenta", "momentum"), _role("centers", "center"), _role("anchors", "anchor"),
    _role("displacements", "disp", noun="displacement"), _role("tangents", "tangent", -1.0, 1.0), _role("targets", "goal", noun="target"), _role("vertices", "vertex"),
)  # fmt: skip
_MATRIX_ROLES = (
    _role("rotations", "rot", -1.0, 1.0, "rotation"), _role("stresses", "stress"), _role("strains", "strain", -1.0, 1.0), _role("jacobians", "jac", noun="Jacobian"),
    _role("covariances", "cov", noun="covariance"), _role("inertias", "inertia"), _role("stiffnesses", "stiffness"), _role("frames", "frame", -1.0, 1.0),
    _role("hessians", "hess", noun="Hessian"), _role("metrics", "metric"), _role("tensors", "tensor"), _role("shears", "shear", -1.0, 1.0),
)  # fmt: skip
_FLOAT_PARAMETERS = (
    _role("", "dt", 0.01, 0.1, "time step"), _role("", "scale", 0.5, 2.0), _role("", "gain", 0.5, 3.0), _role("", "alpha", 0.1, 0.9), _role("", "beta", 0.1, 0.9),
    _role("", "threshold", -0.5, 1.0), _role("", "damping", 0.1, 0.9), _role("", "bias", -1.0, 1.0), _role("", "limit", 0.5, 3.0), _role("", "factor", 0.5, 2.0),
    _role("", "tolerance", 0.05, 0.5), _role("", "spacing", 0.1, 1.0), _role("", "gravity", 1.0, 10.0), _role("", "decay", 0.1, 0.9), _role("", "strength", 0.5, 4.0),
    _role("", "omega", 0.5, 3.0), _role("", "cutoff", 0.5, 2.0), _role("", "friction", 0.1, 1.0), _role("", "slope", -1.0, 1.0), _role("", "rest_length", 0.5, 1.5),
)  # fmt: skip
_INTEGER_PARAMETERS = (
    _role("", "stride", 1, 4), _role("", "shift", 0, 5), _role("", "base", 1, 9), _role("", "modulus", 2, 9), _role("", "cap", 4, 20),
    _role("", "level", 1, 5), _role("", "seed", 1, 30), _role("", "bucket_size", 2, 8), _role("", "pivot", 3, 20), _role("", "radix", 2, 8),
)  # fmt: skip
_VECTOR_PARAMETERS = (
    _role("", "origin", -1.0, 1.0), _role("", "wind", -1.0, 1.0), _role("", "axis", -1.0, 1.0), _role("", "up", -1.0, 1.0, "up vector"), _role("", "drift", -0.5, 0.5),
    _role("", "light", -1.0, 1.0, "light direction"), _role("", "pull", -1.0, 1.0), _role("", "center", -1.0, 1.0),
)  # fmt: skip
_MATRIX_PARAMETERS = (
    _role("", "transform", -1.0, 1.0), _role("", "basis", -1.0, 1.0), _role("", "kernel_matrix", -1.0, 1.0, "kernel matrix"), _role("", "coupling", -1.0, 1.0),
)  # fmt: skip
_OUTPUTS = ("out", "result", "results", "output", "dst", "outputs", "updated", "buffer", "target", "response")
_STRUCT_NAMES = ("Particle", "Body", "Cell", "Sample", "Node", "Agent", "Contact", "Element", "Ray", "Site")
_PARAMETER_STRUCTS = ("Params", "Settings", "Material", "SimParams", "Model", "Config")
_FUNCTIONS = (
    "blend", "response", "weigh", "falloff", "potential", "adjust", "penalty", "shape_term", "transfer", "influence",
    "mix_terms", "profile", "smooth", "activate", "measure", "relax", "project", "soften", "score", "warp_value",
)  # fmt: skip
_KERNEL_VERBS = (
    "compute", "update", "apply", "evaluate", "accumulate", "integrate", "filter", "transform", "scale", "reduce",
    "advance", "resolve", "sample", "combine", "project", "estimate", "gather", "propagate", "relax", "assemble",
)  # fmt: skip
# names that generated code must not shadow
_TAKEN = frozenset({"wp", "float", "int", "bool", "range", "min", "max", "abs", "len", "sum", "round", *keyword.kwlist})


class Names:
    """Hands out names that are free in a kernel."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices
        self._used = set(_TAKEN)

    def fresh(self, wanted: str) -> str:
        """Return the wanted name, or the first free variation of it."""
        candidate, number = wanted, 1
        while candidate in self._used:
            number += 1
            candidate = f"{wanted}{number}"
        self._used.add(candidate)
        return candidate

    def one_of(self, wanted: tuple[str, ...]) -> str:
        """Return one of several names, a free one where there is one."""
        free = [name for name in wanted if name not in self._used]
        return self.fresh(self._choices.pick(free or wanted))

    def array(self, value_type: ValueType) -> Role:
        """Return a free role for an array of a type; the name of one element may still be taken."""
        role = self._free(_array_roles(value_type))
        return role._replace(plural=self.fresh(role.plural))

    def parameter(self, value_type: ValueType) -> Role:
        """Return a free role for a parameter that is the same for all threads."""
        role = self._free(_parameter_roles(value_type))
        return role._replace(singular=self.fresh(role.singular))

    def field(self, value_type: ValueType, taken: frozenset[str]) -> Role:
        """Return a role for a struct's field."""
        roles = [role for role in _array_roles(value_type) if role.singular not in taken and "_" not in role.singular]
        return self._choices.pick(roles)

    def output(self) -> str:
        """Return a free name for an output array."""
        return self.one_of(_OUTPUTS)

    def struct(self) -> str:
        """Return a free name for a struct that there are many of."""
        return self.one_of(_STRUCT_NAMES)

    def parameter_struct(self) -> str:
        """Return a free name for a struct of parameters."""
        return self.one_of(_PARAMETER_STRUCTS)

    def function(self) -> str:
        """Return a free name for a user function."""
        return self.one_of(_FUNCTIONS)

    def kernel(self, subject: str) -> str:
        """Return a name for the kernel: a verb and what it is about."""
        return self.fresh(f"{self._choices.pick(_KERNEL_VERBS)}_{subject}")

    def _free(self, roles: tuple[Role, ...]) -> Role:
        free = [role for role in roles if (role.plural or role.singular) not in self._used]
        return self._choices.pick(free or roles)


def _array_roles(value_type: ValueType) -> tuple[Role, ...]:
    if isinstance(value_type, Vector):
        return _VECTOR_ROLES
    if isinstance(value_type, Matrix):
        return _MATRIX_ROLES
    if value_type == BOOL:
        return _FLAG_ROLES
    return _FLOAT_ROLES if value_type.kind == "float" else _INTEGER_ROLES


def _parameter_roles(value_type: ValueType) -> tuple[Role, ...]:
    if isinstance(value_type, Vector):
        return _VECTOR_PARAMETERS
    if isinstance(value_type, Matrix):
        return _MATRIX_PARAMETERS
    return _FLOAT_PARAMETERS if isinstance(value_type, Scalar) and value_type.kind == "float" else _INTEGER_PARAMETERS


def struct_plural(struct: Struct) -> str:
    """Return the name of an array of structs: Particle -> particles, Body -> bodies."""
    word = struct.name.lower()
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeiou" else f"{word}s"
