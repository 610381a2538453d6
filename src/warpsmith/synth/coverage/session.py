"""What one kernel for coverage keeps in mind while it is written."""

from dataclasses import dataclass, field

from warpsmith.synth.coverage.objects import OBJECTS, SAME
from warpsmith.synth.expr import Expr, leaf, name, spelled, subscript
from warpsmith.synth.families.drawing import declare
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import ScalarArgument
from warpsmith.synth.types import INT32, UINT32, UINT64
from warpsmith.synth.writer import KernelWriter, Parameter

_STATES = ("state", "rng", "rng_state", "random_state")
_SEEDS = ("seed", "base_seed", "kernel_seed", "rng_seed")


@dataclass(slots=True)
class Session:
    """A kernel being written, and the state of its random numbers, if it has one yet."""

    w: KernelWriter
    random: str = ""
    objects: dict[str, Expr] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def state(self) -> Expr:
        """Return the state of random numbers, made when it is first asked for."""
        if not self.random:
            self.random = self._seeded()
        return leaf(name(self.random), UINT32, Interval(0.0, 4294967295.0), "the random state", roots=frozenset())

    def state_here(self) -> str:
        """Return the state that there is before a suite, for `forget_state`."""
        return self.random

    def forget_state(self, before: str) -> None:
        """Forget a state that a suite has made: it is not known outside of it."""
        self.random = before

    def object(self, of: str) -> Expr:
        """Return the id of an object of a kind, a parameter that is made when it is first asked for."""
        kind = SAME.get(of, of)
        if kind not in self.objects:
            names, made = OBJECTS[kind]
            identifier = self.w.names.one_of(names)
            self.w.add_parameter(Parameter(identifier, spelled("wp.uint64"), made(self.w.choices, identifier)))
            noun = f"the {kind.split()[0]} {identifier}"
            self.objects[kind] = leaf(name(identifier), UINT64, Interval(0.0, 1.0), noun, roots=frozenset())
        return self.objects[kind]

    def _seeded(self) -> str:
        w = self.w
        state, index = w.names.one_of(_STATES), w.threads.indices[-1]
        per_thread = w.choices.chance(0.5)
        if per_thread:
            seeds = w.names.one_of(("seeds", "sample_seeds", "stream_ids"))
            declare(
                w,
                seeds,
                INT32,
                w.threads.extents,
                Interval(0.0, 100_000.0),
                form="distinct" if w.threads.ndim == 1 else "uniform",
            )
            w.write("state = wp.rand_init(element)", state=state, element=subscript(name(seeds), w.index_nodes()))
            self.words.append(f"start {state} from {seeds}")
            return state
        seed = w.names.one_of(_SEEDS)
        value = w.choices.integer(1, 9999)
        w.add_parameter(Parameter(seed, spelled("int"), ScalarArgument(seed, "int32", value, (0, 9999))))
        w.write("state = wp.rand_init(seed, index)", state=state, seed=seed, index=index)
        self.words.append(f"start {state} from {seed} and {index}")
        return state
