"""The overloads that a kernel calls are told by Warp itself, and go by the names of the catalog."""

from warpsmith.bridge import accelerated, build, define, release
from warpsmith.bridge.catalog import KERNEL, signatures, specimen
from warpsmith.bridge.overloads import concrete_overloads
from warpsmith.extract import extract_source
from warpsmith.record import KernelCode, KernelSource

TEXT = """import warp as wp

@wp.func
def twice(x: float):
    return x + x

@wp.struct
class Cell:
    place: wp.vec3

@wp.kernel
def caller(x: wp.array(dtype=wp.vec3), y: wp.array2d[float], cell: Cell, cells: wp.array[Cell]):
    i, j = wp.tid()
    v = wp.vec3(1.0, y[i, j], 2.0)
    w = wp.dot(v, x[i]) + twice(wp.clamp(y[i, j], high=2.0, low=0.0))
    t = wp.tile_load(y, shape=(4, 4))
    u = wp.tile_map(wp.sin, t)
    cell.place[2] += 2.0
    cells[i] = cell
    y[i, j] = w * wp.norm_l1(v)
"""

CALLED = (
    "clamp(float32,float32,float32)",
    "tid()->(int32, int32)",
    "vector(float32,float32,float32,=3,=wp.float32)",
    "dot(vec3f,vec3f)",
    "add(float32,float32)",
    "mul(float32,float32)",
    "norm_l1(vec3f)",
    "tile_load(array2d[float32],(int32, int32))",
    "tile_map(Function,tile[float32,4,4])",
    "address(array1d[vec3f],int32)",
    "array_store(array1d[Struct],int32,Struct)",
)


def code_of(text: str, name: str) -> KernelCode:
    code = extract_source(KernelSource(text, name, "", "", 1), ("cpu",))
    assert isinstance(code, KernelCode), code.message
    return code


def test_names_are_the_keys_of_the_catalog() -> None:
    assert sorted(concrete_overloads().values()) == sorted(s.key for s in signatures() if s.origin == "concrete")


def test_calls_operators_and_indices_are_named() -> None:
    overloads = code_of(TEXT, "caller").overloads
    assert set(CALLED) - set(overloads) == set()
    assert list(overloads) == sorted(overloads)


def test_a_builtin_that_is_written_in_python_is_one() -> None:
    assert "norm_l1" in code_of(TEXT, "caller").builtins


def test_the_first_build_and_those_that_remember_it_give_the_same_names() -> None:
    definition = define(TEXT, "caller")
    found = []
    with accelerated():
        for _ in range(3):
            with build(definition.kernel) as built:
                found.append(built.overloads())
    release(definition)
    assert found[0] == found[1] == found[2] == code_of(TEXT, "caller").overloads


def test_a_kernel_calls_the_overload_that_it_was_written_for() -> None:
    concrete = [signature for signature in signatures() if signature.origin == "concrete"]
    for signature in concrete[::20]:
        assert signature.key in code_of(specimen(signature), KERNEL).overloads
