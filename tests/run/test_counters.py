"""What workers tell, through shared memory or by messages: records done and time spent."""

import pickle

import pytest

from warpsmith.run.counters import Counters, SharedCounters, Tally


@pytest.mark.parametrize("counters", [SharedCounters(3), Tally()], ids=["shared", "tally"])
def test_records_and_times_are_summed_over_the_shards(counters: Counters) -> None:
    counters.reach(0, 4)
    counters.reach(2, 7)
    counters.reach(2, 8)
    counters.charge(0, {"compiles_cpu": 0.25, "gradient": 0.5})
    counters.charge(2, {"compiles_cpu": 0.125})
    assert counters.done == 12
    assert counters.costs == {"compiles_cpu": 0.375, "gradient": 0.5}


def test_nothing_was_done_at_first() -> None:
    assert (SharedCounters(2).done, SharedCounters(2).costs) == (0, {})


def test_a_tally_is_sent_in_parts_and_never_goes_back() -> None:
    worker, driver = Tally(), Tally()
    worker.reach(1, 4)
    worker.charge(1, {"runs": 0.5})
    late = worker.taken()
    assert (worker.done, worker.costs) == (0, {})
    worker.reach(1, 9)
    worker.charge(1, {"runs": 0.25})
    driver.add(pickle.loads(pickle.dumps(worker.taken())))
    driver.add(late)
    assert (driver.done, driver.costs) == (9, {"runs": 0.75})
