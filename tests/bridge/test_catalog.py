"""The catalog says of Warp's builtins what Warp does with them."""

import ast
import itertools
import pickle
from collections.abc import Iterator

import pytest

from tests.bridge.calls import refusal, resolved_overloads
from warpsmith.bridge.catalog import (
    FAULTS,
    FAULTY,
    KERNEL,
    LEFT_OUT,
    LEFT_OUT_OVERLOADS,
    Signature,
    declarations,
    instances,
    instances_of,
    names,
    parse,
    parts,
    signatures,
    specimen,
    spelling,
    type_name,
)
from warpsmith.bridge.catalog.asking import ask
from warpsmith.bridge.catalog.conditions import CONDITIONS, conditions_of
from warpsmith.bridge.catalog.generic import is_refused_later, rows, rows_of
from warpsmith.bridge.catalog.registry import overloads_of
from warpsmith.bridge.catalog.warptypes import from_name, is_generic
from warpsmith.bridge.compiling import compile_cpu
from warpsmith.errors import ExtractionError
from warpsmith.extract import extract_source
from warpsmith.record import KernelCode, KernelSource

SAMPLED = 37
"""Every so manieth overload is built in the daily suite."""


def all_signatures() -> tuple[Signature, ...]:
    return (*signatures(), *instances())


def test_every_builtin_is_there_or_left_out_for_a_reason() -> None:
    there = {signature.name for signature in all_signatures()}
    assert there.isdisjoint(LEFT_OUT)
    assert there | set(LEFT_OUT) == set(names())
    assert len(LEFT_OUT) <= 7


def test_every_concrete_overload_is_there() -> None:
    concrete = {
        (name, tuple(map(type_name, overload.input_types.values())))
        for name in names()
        for overload in overloads_of(name)
        if name not in LEFT_OUT and not overload.variadic and not any(map(is_generic, overload.input_types.values()))
    }
    assert {(signature.name, signature.arguments) for signature in signatures()} == concrete
    assert len(concrete) > 2350


def test_every_generic_overload_has_instances_unless_others_come_before_it_or_it_is_refused() -> None:
    there = {(signature.name, signature.place) for signature in instances()}
    for name, place in generic_overloads():
        if name in LEFT_OUT or (name, place) in there:
            continue
        overload = overloads_of(name)[place]
        if f"{name}({', '.join(overload.input_types)})" in LEFT_OUT_OVERLOADS:
            continue
        tried = [row for row in (*rows_of(overload), *rows(name)) if not is_refused_later(name, row)]
        taken = {signature.place for row in tried if (signature := ask(name, row)) is not None}
        assert taken
        assert place not in taken, f"{name} {place}"


def generic_overloads() -> Iterator[tuple[str, int]]:
    for name in names():
        for place, overload in enumerate(overloads_of(name)):
            if overload.variadic or any(map(is_generic, overload.input_types.values())):
                yield name, place


def test_left_out_overloads_are_of_the_registry() -> None:
    generic = {f"{name}({', '.join(overloads_of(name)[place].input_types)})" for name, place in generic_overloads()}
    assert set(LEFT_OUT_OVERLOADS) <= generic


def test_keys_are_unlike_and_values_are_plain() -> None:
    every = all_signatures()
    assert len({signature.key for signature in every}) == len(every)
    assert len(set(every)) == len(every)
    assert pickle.loads(pickle.dumps(every[:100])) == every[:100]


def test_asking_leaves_no_trace() -> None:
    assert instances_of("smooth_normalize") == tuple(fresh_instances("smooth_normalize"))
    before = overloads_of("norm_l1")
    (first, *_) = instances_of("norm_l1")
    assert refusal(first) is None
    assert overloads_of("norm_l1") == before


def fresh_instances(name: str) -> Iterator[Signature]:
    return iter(instances_of.__wrapped__(name))


def test_names_of_types_mean_the_types() -> None:
    every = {name for signature in all_signatures() for name in (*signature.arguments, signature.result) if name}
    for name in sorted(every):
        what = parse(name)
        if what.kind == "tuple":
            assert f"({', '.join(parts(name))})" == name
        elif what.kind == "function":
            assert f"{what.element}({', '.join(parts(name))})" == name
        elif what.kind != "literal":
            assert type_name(from_name(name)) == name


@pytest.mark.parametrize(
    ("name", "written", "declared"),
    [
        ("float32", "wp.float32", ()),
        ("vec3f", "wp.vec3f", ()),
        ("array2d[spatial_vectord]", "wp.array2d[wp.spatial_vectord]", ()),
        ("array1d[vec5f]", "wp.array[vec5f]", ("vec5f = wp.types.vector(length=5, dtype=wp.float32)",)),
        ("mat23f", "mat23f", ("mat23f = wp.types.matrix(shape=(2, 3), dtype=wp.float32)",)),
        ("quatbf", "quatbf", ("quatbf = wp.types.quaternion(dtype=wp.bfloat16)",)),
        ("indexedarray2d[int32]", "wp.indexedarray(dtype=wp.int32, ndim=2)", ()),
        ("Texture2D", "wp.Texture2D", ()),
    ],
)
def test_types_are_written(name: str, written: str, declared: tuple[str, ...]) -> None:
    assert spelling(name) == written
    assert declarations(name) == declared


def test_what_cannot_be_annotated_is_refused() -> None:
    with pytest.raises(ValueError, match=r"type 'tile\[float32,8\]' cannot be written"):
        spelling("tile[float32,8]")


def test_conditions_are_about_parameters_that_there_are() -> None:
    for said_of, said in CONDITIONS.items():
        matching = [name for pattern in said_of.split() for name in names() if matches(pattern, name)]
        known = {
            parameter for name in matching for overload in overloads_of(name) for parameter in overload.input_types
        }
        assert matching, said_of
        assert set(said) <= known, said_of


def matches(pattern: str, name: str) -> bool:
    beginning, star, ending = pattern.partition("*")
    return name.startswith(beginning) and name.endswith(ending) if star else name == pattern


def test_conditions_reach_their_builtins() -> None:
    (domain,) = conditions_of("acos")["x"]
    assert (domain.requirement, domain.low, domain.high) == ("within", -1, 1)
    assert [condition.of for condition in conditions_of("mesh_query_point_sign_winding_number")["id"]] == [
        "mesh with solid angles"
    ]
    assert [condition.of for condition in conditions_of("volume_sample_index")["voxel_data"]] == ["voxels"]
    assert conditions_of("add") == {}


def test_conditions_compare_with_what_there_is() -> None:
    for signature in all_signatures():
        for _, condition in signature.conditions:
            if condition.requirement in ("at least", "equal", "different") and condition.of not in signature.parameters:
                assert condition.of in signature.arguments


def test_templates_are_python_and_name_every_argument() -> None:
    for signature in all_signatures():
        text = signature.template.format_map({parameter: f"_{parameter}" for parameter in signature.parameters})
        ast.parse(f"x[{text}]" if signature.form == "index" else text)
        named = [parameter for parameter in signature.parameters if f"{{{parameter}}}" in signature.template]
        left = {parameter for parameter in signature.parameters if parameter not in named}
        assert left <= {"dtype", "length", "shape"}


def test_supplies_fit_the_arguments() -> None:
    for signature in all_signatures():
        assert tuple(supply.type for supply in signature.supplies) == signature.arguments
        for parameter, supply in zip(signature.parameters, signature.supplies, strict=True):
            handles = [c for c in signature.conditions_of(parameter) if c.requirement == "handle"]
            assert (supply.way == "handle") == bool(handles), signature.key


@pytest.mark.parametrize("signature", [*itertools.islice(signatures(), 0, None, SAMPLED)], ids=lambda s: s.key)
def test_overload_builds_as_its_signature_says(signature: Signature) -> None:
    check(signature)


@pytest.mark.parametrize("name", ["tile_map", "volume_sample", "view", "matrix", "tile_stack_pop", "untile", "where"])
def test_instances_build_as_their_signatures_say(name: str) -> None:
    for signature in instances_of(name):
        check(signature)


def test_faults_are_of_the_catalog() -> None:
    assert set(FAULTS) <= {signature.key for signature in signatures()}
    assert set(FAULTY) <= {signature.name for signature in signatures()}


@pytest.mark.slow
@pytest.mark.parametrize(
    "signature", [s for s in signatures() if s.key in FAULTS or s.name in FAULTY], ids=lambda s: s.key
)
def test_faults_are_still_there(signature: Signature) -> None:
    extracted = extract_source(KernelSource(specimen(signature), KERNEL, "", "", 1))
    assert isinstance(extracted, KernelCode)
    assert extracted.cpu is not None
    with pytest.raises(ExtractionError):
        compile_cpu(f"{extracted.cpu.preamble}\n{extracted.cpu.text}")


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in names() if name not in LEFT_OUT])
def test_every_overload_builds_as_its_signature_says(name: str) -> None:
    for signature in all_signatures():
        if signature.name == name:
            check(signature)


def check(signature: Signature) -> None:
    """Build the specimen of an overload for both targets, and see that Warp takes this overload for the call."""
    with resolved_overloads() as resolved:
        assert refusal(signature) is None, specimen(signature)
    expected = overloads_of(signature.name)[signature.place]
    assert any(overload is expected or is_made_of(overload, expected) for overload in resolved), specimen(signature)


def is_made_of(overload: object, generic: object) -> bool:
    """Whether a builtin written in Python was built for this call."""
    return overload not in overloads_of(generic.key) and getattr(overload, "key", None) == generic.key  # type: ignore[attr-defined]
