"""What is said of many statements: one by one up to a length, the rest in one phrase."""

from warpsmith.synth.describe import summed

STEPS = [
    "let a be b",
    "write a to out",
    "write b to out",
    "if a exceeds 1, add 1 to a",
    "start s at 0; for each k below 3, x",
]


def test_few_words_stay_as_they_are() -> None:
    assert summed(STEPS, 1000) == STEPS
    assert summed([], 10) == []


def test_the_rest_is_summed_up() -> None:
    assert summed(STEPS, 12) == ["let a be b", "then store 2 values, branch once and loop once"]


def test_the_first_statement_is_told_however_long_it_is() -> None:
    assert summed(["let a be b", "let b be c", "stop if b"], 1) == [
        "let a be b",
        "then name a value and stop on a condition",
    ]


def test_a_short_last_statement_is_told() -> None:
    assert summed(["let a be b", "write a to out"], 1) == ["let a be b", "write a to out"]
    long = f"write {'a plus ' * 30}b to out"
    assert summed(["let a be b", long], 1) == ["let a be b", "then store a value"]
