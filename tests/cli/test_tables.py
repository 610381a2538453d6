"""Words of the tables that commands end with."""

from warpsmith.cli.draw.tables import cost


def test_the_cost_of_a_stage_is_that_of_one_kernel() -> None:
    assert cost({"compiles_cpu": 6.4, "runs": 0.5}, 100) == {"a kernel took": "compiles_cpu 64 ms, runs 5 ms"}


def test_where_nothing_was_verified_nothing_is_said() -> None:
    assert cost({}, 100) == {}
    assert cost({"runs": 0.5}, 0) == {}
