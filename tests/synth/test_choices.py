"""Decisions from a seeded stream."""

from collections import Counter

from warpsmith.seeds import stream
from warpsmith.synth.choices import SeededChoices


def test_equal_keys_give_equal_decisions() -> None:
    one, two = (SeededChoices(stream(1, 2, 3)) for _ in range(2))
    assert [one.integer(0, 9) for _ in range(50)] == [two.integer(0, 9) for _ in range(50)]


def test_neighbouring_keys_give_unrelated_decisions() -> None:
    firsts = {SeededChoices(stream(0, index)).integer(0, 10**9) for index in range(200)}
    assert len(firsts) == 200


def test_weights_are_heeded() -> None:
    choices = SeededChoices(stream("weights"))
    counts = Counter(choices.weighted(("a", "b", "c"), (6.0, 3.0, 0.0)) for _ in range(3000))
    assert counts["c"] == 0
    assert 1.7 < counts["a"] / counts["b"] < 2.3


def test_integers_reach_both_ends() -> None:
    choices = SeededChoices(stream("ends"))
    assert {choices.integer(-1, 1) for _ in range(100)} == {-1, 0, 1}


def test_the_stream_is_the_same_everywhere() -> None:
    # fixed numbers: a change here changes every data set
    choices = SeededChoices(stream(0, 0, 0, 0))
    assert [choices.integer(0, 999) for _ in range(5)] == [368, 283, 675, 577, 53]
