"""Idioms of threads that stand for pairs: springs between particles, contacts in lists; forces are added atomically."""

from typing import NamedTuple

from warpsmith.synth import inputs
from warpsmith.synth.families.passages import Result as Left
from warpsmith.synth.families.passages import kind, leave, roles, spellings
from warpsmith.synth.families.repertoire import Idiom
from warpsmith.synth.idiom import Filling
from warpsmith.synth.interval import Interval, symmetric
from warpsmith.synth.names import Role
from warpsmith.synth.types import INT32, ValueType
from warpsmith.synth.updates import output_array
from warpsmith.synth.writer import KernelWriter

_COUNTS = (16, 24, 32, 48)
_REST = roles(("rest_lengths", "rest", "rest length", 0.5, 2.0), ("spring_rest", "l0", "rest length", 0.5, 2.0))
_STIFF = roles(("stiffness", "ke", "stiffness", 0.5, 4.0), ("spring_ke", "k_s", "stiffness", 0.5, 4.0))
_REACH = roles(("radii", "radius", "radius", 0.5, 2.0), ("thresholds", "reach", "reach", 0.5, 2.0))
_POSITIONS = ("x", "positions", "particle_q", "pos", "q")
_VELOCITIES = ("v", "velocities", "particle_qd", "vel")
_FORCES = ("f", "forces", "particle_f", "deltas", "accum_f")


class _Pair(NamedTuple):
    """The names of the indices of a thread's two particles, how many there are, and the type of their positions."""

    first: str
    second: str
    particles: int
    space: ValueType


def _pair(w: KernelWriter) -> _Pair:
    """Write how a thread finds the two particles of its pair."""
    particles = w.choices.pick(_COUNTS)
    first, second = w.names.one_of(("i", "i0", "a", "p0")), w.names.one_of(("j", "i1", "b", "p1"))
    pair = _Pair(first, second, particles, kind("vec3", w.precision))
    thread, threads, bounds = w.threads.indices[0], w.threads.extents[0], Interval(0.0, float(particles - 1))
    pattern = w.choices.integer(0, 2)
    if pattern == 2:
        tables = [w.names.one_of(wanted) for wanted in (("first", "heads", "body_a"), ("second", "tails", "body_b"))]
        for table in tables:
            inputs.declare(w, table, INT32, (threads,), bounds)
        w.write("a = left[t]\nb = right[t]", a=first, b=second, left=tables[0], right=tables[1], t=thread)
        return pair
    table = w.names.one_of(("spring_indices", "pairs", "edges", "contact_pairs"))
    inputs.declare(w, table, INT32, (threads, 2) if pattern else (2 * threads,), bounds)
    text = "a = table[t, 0]\nb = table[t, 1]" if pattern else "a = table[t * 2 + 0]\nb = table[t * 2 + 1]"
    w.write(text, a=first, b=second, table=table, t=thread)
    return pair


def _ends(w: KernelWriter, pair: _Pair, wanted: tuple[str, ...], reach: float) -> str:
    """Add an array with a vector for each particle; return its name."""
    array = w.names.one_of(wanted)
    inputs.declare(w, array, pair.space, (pair.particles,), symmetric(reach))
    return array


def _number(w: KernelWriter, choice: tuple[Role, ...]) -> Filling:
    """Return a number of the pair: an element of an array or a parameter."""
    role = w.names.role(choice)
    made = inputs.array if w.choices.chance(0.6) else inputs.parameter
    return w.block.read(made(w, w.precision, role=role)).node


_SPRINGS = (
    "force = dir * (ke * (dist - rest))",
    "force = dir * (ke * (dist - rest) + kd * wp.dot(dir, vel[a] - vel[b]))",
    "force = dir * (ke * wp.max(dist - rest, 0.0))",
    "rate = wp.dot(dir, vel[a] - vel[b])\nforce = dir * (ke * (dist - rest) + kd * rate)",
    "force = dir * (0.5 * (dist - rest))",
)
_ADDED = (
    "wp.atomic_sub(out, a, force)\nwp.atomic_add(out, b, force)",
    "wp.atomic_add(out, b, force)\nwp.atomic_add(out, a, -force)",
    "wp.atomic_sub(out, a, force * share)\nwp.atomic_add(out, b, force * (1.0 - share))",
    "out[a] -= force\nout[b] += force",
    "if dist < reach:\n    wp.atomic_sub(out, a, force)\n    wp.atomic_add(out, b, force)",
)


def _springs(w: KernelWriter) -> str:
    """Write a force between the two particles of a pair, added to both."""
    pair = _pair(w)
    law, added = w.choices.pick(_SPRINGS), w.choices.pick(_ADDED)
    holes: dict[str, Filling] = {**spellings(w.precision), "a": pair.first, "b": pair.second}
    holes["pos"] = _ends(w, pair, _POSITIONS, 2.0)
    if "vel" in law:
        holes["vel"] = _ends(w, pair, _VELOCITIES, 2.0)
    numbers = {"rest": _REST, "ke": _STIFF, "kd": roles(("damping", "kd", "damping", 0.05, 0.8))}
    numbers |= {"reach": _REACH, "share": roles(("shares", "share", "share", 0.2, 0.8))}
    used = f"{law}\n{added}"
    holes |= {key: _number(w, choice) for key, choice in numbers.items() if key in used}
    holes["dist"], holes["dir"] = w.names.one_of(("dist", "l", "length")), w.names.one_of(("dir", "n", "unit"))
    holes["d"], holes["force"] = w.names.one_of(("d", "xij", "delta")), w.names.one_of(("force", "fs", "impulse"))
    holes["rate"] = w.names.one_of(("rate", "dldt", "vrel"))
    # two ends may be one particle
    w.write("d = pos[a] - pos[b]\ndist = wp.length(d) + 0.01\ndir = d / dist", **holes)
    w.write(law, **holes)
    holes["out"] = output_array(w, pair.space, (pair.particles,))
    w.write(added, **holes)
    w.stored = True
    w.features.add("atomic_add")
    return _finish(w, pair, holes)


def _finish(w: KernelWriter, pair: _Pair, holes: dict[str, Filling]) -> str:
    """Leave the distance, or what the force is worth, for the rest of the kernel."""
    left = w.names.one_of(("energy", "err", "work", "measure"))
    text = w.choices.pick(("left = dist * dist", "left = wp.dot(force, d)", "left = wp.length(force) + dist", ""))
    if text:
        w.write(text, left=left, **holes)
        leave(w, left, w.precision, Left("float", 200.0))
    else:
        leave(w, str(holes["dist"]), w.precision, Left("float", 7.0, 0.0))
    return (
        f"take the pair {pair.first} and {pair.second}, push or pull the two along the line between them "
        f"and add the force to both in {holes['out']}"
    )


PAIRS = (Idiom("spring-pairs", 18, _springs, 1.5, (1,)),)
