"""Passages: what they read is in the vocabulary, what they assign is used or left, and what they write is typed."""

import ast
import itertools
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from tests.launching import define_in, launch_defined
from warpsmith.record import KernelSource
from warpsmith.seeds import stream
from warpsmith.synth import SeededChoices, generate_kernel
from warpsmith.synth.complexity import LEVEL_BOUNDS
from warpsmith.synth.families import contacts, integration, quaternions, spatial, transforms
from warpsmith.synth.families.contact_passages import CONTACTS, JOINTS, SPRINGS
from warpsmith.synth.families.integration_passages import BODIES, POINTS, SPACES
from warpsmith.synth.families.passages import Passage, Source, perform
from warpsmith.synth.families.quaternion_passages import APPLIED, MADE, MOVING, TAKEN_APART
from warpsmith.synth.families.spatial_passages import DYNAMICS, MOVED, PARTS
from warpsmith.synth.families.spatial_passages import MADE as SPATIAL_MADE
from warpsmith.synth.families.transform_passages import APPLIED as TRANSFORMED
from warpsmith.synth.families.transform_passages import COMPOSED
from warpsmith.synth.families.transform_passages import MADE as TRANSFORM_MADE
from warpsmith.synth.statements import FORMS
from warpsmith.synth.writer import KernelWriter

FAMILIES: dict[str, tuple[tuple[Passage, ...], Mapping[str, Source]]] = {
    "quaternions": ((*MADE, *APPLIED, *TAKEN_APART, *MOVING), quaternions.VOCABULARY),
    "transforms": ((*TRANSFORM_MADE, *TRANSFORMED, *COMPOSED), transforms.VOCABULARY),
    "spatial": ((*SPATIAL_MADE, *PARTS, *MOVED, *DYNAMICS), spatial.VOCABULARY),
    "integration": ((*POINTS, *SPACES, *BODIES), integration.VOCABULARY),
    "contacts": ((*SPRINGS, *CONTACTS, *JOINTS), contacts.VOCABULARY),
}
# what stands for a type, an identity or a module in a text
_SPELLED = {
    "wp", "range", "float", "vec2", "vec3", "vec4", "mat33", "quat", "transform", "spatial_vector", "spatial_matrix",
    "IDENTITY", "TRANSFORM_IDENTITY",
}  # fmt: skip
EVERY = [
    pytest.param(passage, vocabulary, id=f"{family}-{passage.name}")
    for family, (passages, vocabulary) in FAMILIES.items()
    for passage in passages
]


def texts(passage: Passage) -> list[str]:
    """Return every text that a passage can be."""
    return ["\n".join(line for line, _ in lines if line) for lines in itertools.product(*passage.groups)]


def names(text: str, context: type[ast.expr_context]) -> set[str]:
    tree = ast.walk(ast.parse(text))
    return {node.id for node in tree if isinstance(node, ast.Name) and isinstance(node.ctx, context)}


@pytest.mark.parametrize(("passage", "vocabulary"), EVERY)
def test_a_text_reads_words_and_assigns_others(passage: Passage, vocabulary: Mapping[str, Source]) -> None:
    for text in texts(passage):
        assigned, read = names(text, ast.Store), names(text, ast.Load)
        assert not assigned & set(vocabulary), text
        assert read <= set(vocabulary) | assigned | _SPELLED, text
        assert assigned & set(passage.gives), text


@pytest.mark.parametrize(("passage", "vocabulary"), EVERY)
def test_nothing_that_is_assigned_is_lost(passage: Passage, vocabulary: Mapping[str, Source]) -> None:
    for text in texts(passage):
        counters = {ast.unparse(node.target) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.For)}
        unread = names(text, ast.Store) - names(text, ast.Load) - set(passage.gives) - counters
        assert not unread, text
        assert {result.into for result in passage.gives.values()} <= set(vocabulary) | {""}


@pytest.mark.parametrize(("passage", "vocabulary"), EVERY)
def test_words_name_what_a_text_has(passage: Passage, vocabulary: Mapping[str, Source]) -> None:
    for seed in range(6):
        style = quaternions.FAMILY.style
        w = KernelWriter(SeededChoices(stream("passage", passage.name, seed)), style, LEVEL_BOUNDS[3], FORMS)
        w.use_threads(1)
        words = perform(w, passage, vocabulary)
        assert words
        assert "{" not in words
        assert w.block.body


def of_family(family: str, count: int) -> list[KernelSource]:
    return [generate_kernel(family, seed) for seed in range(count)]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_passage_is_drawn(family: str) -> None:
    drawn = {feature for kernel in of_family(family, 500) for feature in kernel.features}
    assert {passage.name for passage in FAMILIES[family][0]} - drawn == set()


def test_states_are_changed_in_place_and_passages_become_functions() -> None:
    drawn = {feature for kernel in of_family("integration", 200) for feature in kernel.features}
    assert {"in-place", "passage-function"} <= drawn


def test_springs_between_particles_add_to_both_ends() -> None:
    paired = [kernel for kernel in of_family("contacts", 300) if "spring-pairs" in kernel.features]
    assert paired
    for kernel in paired:
        added = [
            node
            for node in ast.walk(ast.parse(kernel.python_source))
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("wp.atomic_add", "wp.atomic_sub")
        ]
        augmented = [node for node in ast.walk(ast.parse(kernel.python_source)) if isinstance(node, ast.AugAssign)]
        assert len(added) >= 2 or len(augmented) >= 2


def quaternions_of(kernel: KernelSource, *, outputs: bool) -> list[dict[str, Any]]:
    """Return the arrays of quaternions that a kernel writes, or those that it reads."""
    arguments = json.loads(kernel.launch or "")["arguments"]
    arrays = [a for a in arguments if a["kind"] == "array" and a.get("dtype") == "quatf"]
    return [a for a in arrays if (a["low"] == a["high"] == 0.0) == outputs]


def test_rotations_come_and_stay_at_unit_length() -> None:
    kernels = [kernel for kernel in of_family("quaternions", 160) if quaternions_of(kernel, outputs=True)][:12]
    assert len(kernels) == 12
    assert all(a["form"] == "unit" for kernel in kernels for a in quaternions_of(kernel, outputs=False))
    defined = [define_in("rotations", kernel) for kernel in kernels]
    defined[0].kernel.module.options["enable_backward"] = False
    for live, kernel in zip(defined, kernels, strict=True):
        after = launch_defined(live, "cpu")
        for array in quaternions_of(kernel, outputs=True):
            lengths = np.linalg.norm(after[array["name"]], axis=-1)
            assert np.allclose(lengths, 1.0, atol=1e-3), kernel.python_source
