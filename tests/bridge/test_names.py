"""Names are stable, never taken twice, and everything has its old name back afterwards."""

import re
from typing import Any

import warp as wp

from tests import kernels
from warpsmith import bridge
from warpsmith.bridge.inside import codegen

HASHED = re.compile(r"\w+_[0-9a-f]{8}\b")


def generate(text: str, name: str) -> str:
    definition = bridge.define(text, name)
    with bridge.build(definition.kernel) as built:
        code = built.generate("cpu").text() + built.generate("cuda").text()
    bridge.release(definition)
    return code


def test_no_hashes() -> None:
    for kernel in kernels.all_kernels():
        with bridge.build(kernel) as built:
            for target in ("cpu", "cuda"):
                assert not HASHED.search(built.generate(target).text()), kernel.key


OVERLOADS = """import warp as wp


@wp.struct
class Pair:
    left: float


Left = Pair


@wp.struct
class Pair:
    left: float
    right: float


@wp.func
def pick(value: float):
    return value


@wp.func
def pick(value: int):
    return float(value)


@wp.func
def sin(value: float):
    return value


@wp.func
def adj_pick(value: float):
    return value


@wp.kernel
def pick_all(lefts: wp.array[Left], pairs: wp.array[Pair], out: wp.array[float]):
    i = wp.tid()
    out[i] = pick(lefts[i].left) + pick(i) + pairs[i].right + sin(1.0) + adj_pick(2.0)
"""


def test_equal_names_get_numbers() -> None:
    code = generate(OVERLOADS, "pick_all")
    for name in ("struct Pair\n", "struct Pair_1\n", " pick(", " pick_1(", " sin_1(", " adj_pick_1("):
        assert name in code, name


def test_names_do_not_depend_on_what_came_before() -> None:
    first = generate(OVERLOADS, "pick_all")
    generate(OVERLOADS.replace("pick", "choose"), "choose_all")
    assert generate(OVERLOADS, "pick_all") == first


def test_replay_goes_by_the_name_of_its_function() -> None:
    text = """import warp as wp


@wp.func
def bump(counts: wp.array[int], i: int):
    return wp.atomic_add(counts, i, 1)


@wp.func
def bump(counts: wp.array[int], i: int, by: int):
    return wp.atomic_add(counts, i, by)


@wp.func_replay(bump)
def replay_bump(counts: wp.array[int], i: int, by: int):
    return by


@wp.kernel
def count(counts: wp.array[int], out: wp.array[int]):
    i = wp.tid()
    out[i] = bump(counts, i, 2) + bump(counts, i)
"""
    code = generate(text, "count")
    called = set(re.findall(r"= (replay_\w+)\(", code))
    defined = set(re.findall(r"wp::int32 (replay_\w+)\(", code))
    assert called == defined == {"replay_bump"}


def test_a_live_kernel_stays_as_it_was() -> None:
    for kernel in kernels.all_kernels():
        state = dict(vars(kernel)), dict(vars(kernel.adj)), dict(vars(kernel.module))
        structs = [arg.type.dtype for arg in kernel.adj.args if hasattr(arg.type, "dtype")]
        names = [struct.native_name for struct in structs if isinstance(struct, codegen.Struct)]
        with bridge.build(kernel, include_backward=False) as built:
            built.generate("cuda")
        assert (dict(vars(kernel)), dict(vars(kernel.adj)), dict(vars(kernel.module))) == state
        assert [struct.native_name for struct in structs if isinstance(struct, codegen.Struct)] == names


DOUBLE = """import warp as wp


@wp.kernel
def double(values: wp.array[float]):
    i = wp.tid()
    values[i] = 2.0 * values[i]
"""


def test_a_kernel_can_be_launched_after_it_was_extracted() -> None:
    definition = bridge.define(DOUBLE, "double")
    with bridge.build(definition.kernel) as built:
        built.generate("cpu")
    values: Any = wp.array([1.0, 2.0], dtype=float, device="cpu")
    wp.launch(definition.kernel, dim=2, inputs=[values], device="cpu")
    assert values.numpy().tolist() == [2.0, 4.0]
    bridge.release(definition)
