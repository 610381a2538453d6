"""What is learned are shares by hand-counted kernels, in any order the same bytes, and close to what was written by."""

import ast

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tests.manner.written import sample
from warpsmith.manner.distribution import SCALE, Distribution, divergence
from warpsmith.manner.learning import Sample, learn
from warpsmith.manner.profile import Profile, Weights, encode_profile
from warpsmith.seeds import stream
from warpsmith.synth import SeededChoices
from warpsmith.synth.grammar.draft import write_in_manner
from warpsmith.synth.grammar.manner import Manner
from warpsmith.synth.profiles import shipped

SCALE_KERNEL = """
def scale(x: wp.array[float], s: float):
    i = wp.tid()
    x[i] = s * x[i]
"""
SUM_KERNEL = '''
def sum_up(x: wp.array2d(dtype=wp.vec3), total: wp.array[float], n: int):
    """Sum up."""
    i, j = wp.tid()
    # only the inner ones
    if i == 0 or j >= n - 1:
        return
    a = -0.5
    for k in range(2, n):
        a += wp.length(x[k, j])  # of one
    wp.atomic_add(total, 0, wp.max(a, 2.0))
'''
TEXTS = (
    SCALE_KERNEL,
    SUM_KERNEL,
    "def copy(a: wp.array[int], b: wp.array[int]):\n    t = wp.tid()\n    b[t] = a[t]\n",
    "def clear(a: wp.array3d[wp.quat]):\n    i, j, k = wp.tid()\n    a[i, j, k] = wp.quat(0.0, 0.0, 0.0, 1.0)\n",
    "def grow(a: wp.array[float], rate: float):\n    while a[0] < 100.0:\n        a[0] *= 1.0 + rate\n",
    "def odd():\n    with x:\n        pass\n    del y\n",
)
kernels = st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from([1.0, 0.5, 1 / 3, 1 / 170])), min_size=1)


def learned(*texts: str, builtins: frozenset[str] | None = None) -> Profile:
    return learn("some", (), map(sample, texts), (), builtins)


def test_a_kernel_by_hand() -> None:
    profile = learned(SCALE_KERNEL)
    assert (profile.kernels, profile.lines, profile.grids) == (1, {"3": 1.0}, {"1": 1.0})
    assert profile.statements == {"short/kernel": {"store": 0.5, "threads": 0.5}}
    assert profile.bodies == {"short/kernel": {"2": 1.0}}
    assert profile.expressions["store"] == {"binary": 1.0}
    assert profile.expressions["binary-right"] == {"element": 1.0}
    assert profile.types == {
        "": {"element": 0.5, "parameter": 0.5},
        "element": {"float": 1.0},
        "parameter": {"float": 1.0},
    }
    assert profile.names["output:float"] == {"x": 1.0}
    assert profile.names["thread:1:0"] == {"i": 1.0}
    assert profile.comments == {"short": {"alone": 0.0, "behind": 0.0, "commented": 0.0}}
    assert profile.groups == {}


def test_another_kernel_by_hand() -> None:
    profile = learned(SUM_KERNEL)
    assert profile.lines == {"8": 1.0}
    assert profile.statements["medium/kernel"] == dict.fromkeys(
        ["assign", "atomic", "for", "guard-return", "threads"], 0.2
    )
    assert profile.operators["compare"] == {"Eq": 0.5, "GtE": 0.5}
    assert profile.operators["atomic"] == {"atomic_add": 1.0}
    assert profile.arities["range"] == {"2": 1.0}
    assert profile.ranks == {"2": {"1": 0.5, "2": 0.5}}
    assert profile.literals["float"] == {"0.5": 0.5, "2.0": 0.5}
    assert profile.literals["float-sign"] == {"negative": 0.5, "positive": 0.5}
    assert profile.spellings["docstring"] == profile.spellings["docstring/medium"] == {"present": 1.0}
    assert profile.comments == {"medium": {"alone": 0.125, "behind": 0.125, "commented": 1.0}}
    assert profile.calls == {"length": 0.5, "max": 0.5}
    assert profile.groups == {"atomic": 1.0}


def test_each_kernel_counts_by_its_weight_and_not_by_its_length() -> None:
    samples = [sample(SCALE_KERNEL, 3.0), sample(SUM_KERNEL, 1.0)]
    profile = learn("some", (), samples)
    assert profile.lines == {"3": 0.75, "8": 0.25}
    assert profile.grids == {"1": 0.75, "2": 0.25}
    assert profile.groups == {"atomic": 0.25}


@given(kernels, st.randoms(use_true_random=False))
def test_order_does_not_matter_to_the_byte(found: list[tuple[str, float]], random: st.DataObject) -> None:
    samples = [sample(text, weight) for text, weight in found]
    shuffled = sorted(samples, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert encode_profile(learn("a", (), samples, samples)) == encode_profile(learn("a", (), shuffled, shuffled))


@given(kernels)
def test_rows_are_shares(found: list[tuple[str, float]]) -> None:
    profile = learn("a", (), [sample(text, weight) for text, weight in found])
    for where, weights in profile.rows():
        if weights and where != "groups":
            assert abs(sum(weights.values()) - 1.0) < 0.01, where
        assert all(0 < weight <= 1 for weight in weights.values())
    assert msgspec.json.decode(encode_profile(profile), type=Profile) == profile


def numbered(count: int) -> list[str]:
    """Return kernels that each have a name and a number of their own, and share others."""
    return [
        f"def kernel_{chr(97 + i)}x(shared: wp.array[int], own_{i}: int):\n    q_{i} = {1000 + i} + shared[7]\n"
        for i in range(count)
    ]


def test_what_one_kernel_alone_has_is_left_out() -> None:
    profile = learned(*numbered(20))
    assert {name for names in profile.names.values() for name in names} == {"kernel", "shared"}
    assert profile.literals == {"int": {"7": 1.0}, "int-sign": {"positive": 1.0}}


def test_of_few_kernels_all_is_kept() -> None:
    profile = learned(*numbered(19))
    assert len(profile.names["parameter:int"]) == len(profile.names["variable:binary"]) == 19
    assert len(profile.literals["int"]) == 20


def test_of_each_role_the_most_frequent_names_are_kept() -> None:
    names = [f"n{k}" for k in range(100)]
    often = [*names, *names, *names[:60], *names[:60]]
    body = "    pass\n"
    texts = [f"def f({name}: int):\n{body}" for name in often]
    assert sorted(learned(*texts).names["parameter:int"]) == sorted([*names[:60], *sorted(names[60:])[:20]])


def test_what_is_not_warps_is_left_out() -> None:
    text = (
        "def f(x: wp.array[wp.secret]):\n    wp.atomic_secret(x, 0)\n    wp.atomic_add(x, 0, 1)\n"
        "    a = wp.sin(wp.secret(1.0)) + sin(2.0) + helper(a)\n    len = for_ = 1\n"
    )
    profile = learned(text, builtins=frozenset({"sin", "atomic_add"}))
    assert profile.calls == {"sin": 1.0}
    assert profile.operators["atomic"] == {"atomic_add": 1.0}
    assert profile.names["function"] == {"helper": 1.0}
    assert b"secret" not in encode_profile(profile)


def test_what_is_a_type_anywhere_is_no_function_and_no_constant() -> None:
    using = "def f(x: wp.array[int]):\n    a = state(number(1.0)) + helper(SIX)\n"
    naming = "def g(s: state, x: wp.array[SIX]):\n    pass\n"
    naming_too = sample("def h(x: number):\n    return SEVEN(x)\n")
    profile = learn("some", (), [sample(using), sample(naming)], [naming_too])
    assert profile.names["function"] == {"helper": 1.0}
    assert "constant" not in profile.names


def test_private_structs_and_types_are_no_functions() -> None:
    text = "def f(x: wp.array[int]):\n    s = SecretState()\n    s.mass = vec6(dtype(1.0), wptype(2.0))[0] + near(1)\n"
    profile = learned(text)
    assert profile.names["function"] == {"near": 1.0}
    assert profile.names["field"] == {"mass": 1.0}
    assert "Secret" not in encode_profile(profile).decode()


# rows that the generator draws by and does not bend to what is valid
FOLLOWED = ("grids", "types.", "operators.binary", "operators.compare", "statements.medium/kernel",
            "statements.long/kernel", "expressions.assign", "expressions.binary-left", "expressions.binary-right",
            "expressions.element-index", "spellings.docstring", "spellings.element", "groups")  # fmt: skip


def relearned(profile: Profile, count: int) -> Profile:
    """Return the profile of kernels that are written by a profile."""
    manner = Manner(profile)
    samples = []
    for index in range(count):
        draft = write_in_manner(SeededChoices(stream("round trip", index)), manner, None, None)
        functions = (node for node in ast.walk(draft.tree) if isinstance(node, ast.FunctionDef))
        samples.append(Sample(next(node for node in functions if node.name == draft.source.kernel_name), ("wp",)))
    return learn("again", (), samples)


def apart(one: Weights, another: Weights) -> float:
    """Return the divergence of two rows in bits."""
    left, right = (
        Distribution(1, {item: round(w * SCALE) for item, w in weights.items()}) for weights in (one, another)
    )
    return divergence(left, right) or 0.0


def test_kernels_of_a_profile_give_back_the_profile() -> None:
    profile = shipped("realistic")
    rows, again = dict(profile.rows()), dict(relearned(profile, 200).rows())
    distances = {row: apart(rows[row], again[row]) for row in FOLLOWED}
    assert {row: bits for row, bits in distances.items() if bits > 0.12} == {}


def test_kernels_of_another_profile_give_back_the_other() -> None:
    other = msgspec.structs.replace(
        shipped("realistic"),
        grids={"3": 1.0},
        operators={**shipped("realistic").operators, "binary": {"Sub": 1.0}},
        names={"counter": {"zz": 1.0}, "kernel": {"walrus": 1.0}},
        groups={},
    )
    again = relearned(other, 40)
    assert again.grids == {"3": 1.0}
    assert again.names["kernel"] == {"walrus": 1.0}
    assert {name[:2] for name in again.names["counter"]} == {"zz"}
    assert again.operators["binary"]["Sub"] > 0.5
