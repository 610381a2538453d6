"""What workers tell through shared memory: records done and time spent."""

from warpsmith.run.counters import SharedCounters


def test_records_and_times_are_summed_over_the_shards() -> None:
    counters = SharedCounters(3)
    counters.reach(0, 4)
    counters.reach(2, 7)
    counters.reach(2, 8)
    counters.charge(0, {"compiles_cpu": 0.25, "gradient": 0.5})
    counters.charge(2, {"compiles_cpu": 0.125})
    assert counters.done == 12
    assert counters.costs == {"compiles_cpu": 0.375, "gradient": 0.5}


def test_nothing_was_done_at_first() -> None:
    assert (SharedCounters(2).done, SharedCounters(2).costs) == (0, {})
