"""What of a set is compared with people's kernels."""

from warpsmith.dataset.statistics import Statistics
from warpsmith.manner.distribution import Distribution, divergence
from warpsmith.plots.figures.people import comparable_calls, learned_calls
from warpsmith.synth.profiles import REALISTIC, shipped


def test_calls_that_a_profile_does_not_count_as_calls_are_left_out() -> None:
    shares = dict.fromkeys(("sin", "tid", "atomic_add", "vec3", "float32", "tile_load", "transform_point"), 1)
    calls = comparable_calls(Statistics(builtin_calls=Distribution(1, shares)))
    assert set(calls.shares) == {"sin", "tile_load", "transform_point"}


def test_people_are_as_far_from_a_set_as_their_calls_say() -> None:
    learned = learned_calls(shipped(REALISTIC))
    assert not {"tid", "vec3", "atomic_add"} & set(learned.shares)
    assert divergence(learned, comparable_calls(Statistics(builtin_calls=learned))) == 0.0
    assert divergence(learned, Distribution(1, {"no_such_builtin": 1})) == 1.0
