"""Families that play a repertoire: every idiom is written, taken by Warp and drawn."""

import re
from dataclasses import replace
from functools import cache

import pytest

from tests.synth.checker import check
from warpsmith.extract import extract_source
from warpsmith.record import KernelCode, KernelSource
from warpsmith.seeds import stream
from warpsmith.synth import SeededChoices, generate_kernel
from warpsmith.synth.complexity import LEVEL_BOUNDS
from warpsmith.synth.compose import finished, write_family
from warpsmith.synth.families import FAMILIES
from warpsmith.synth.families.bits_hashing import HASHING
from warpsmith.synth.families.bits_packing import PACKING
from warpsmith.synth.families.factorization_builtins import BUILTINS
from warpsmith.synth.families.factorization_by_hand import BY_HAND
from warpsmith.synth.families.numerics_roots import ROOTS
from warpsmith.synth.families.numerics_series import SERIES
from warpsmith.synth.families.numerics_steps import STEPS
from warpsmith.synth.families.random_draws import DRAWS
from warpsmith.synth.families.random_fields import FIELDS
from warpsmith.synth.families.random_loops import LOOPS
from warpsmith.synth.families.reductions_rows import ROWS
from warpsmith.synth.families.reductions_scans import SCANS
from warpsmith.synth.families.reductions_shared import SHARED
from warpsmith.synth.families.repertoire import Idiom, season
from warpsmith.synth.families.sdf_rays import RAYS
from warpsmith.synth.families.sdf_shapes import SHAPES
from warpsmith.synth.families.stencil_images import IMAGES
from warpsmith.synth.families.stencil_lines import LINES
from warpsmith.synth.families.stencil_planes import PLANES
from warpsmith.synth.statements import FORMS
from warpsmith.synth.writer import KernelWriter

REPERTOIRES: dict[str, tuple[Idiom, ...]] = {
    "random_noise": (*DRAWS, *LOOPS, *FIELDS),
    "bits": (*HASHING, *PACKING),
    "stencil": (*LINES, *PLANES, *IMAGES),
    "reductions": (*ROWS, *SCANS, *SHARED),
    "sdf": (*SHAPES, *RAYS),
    "factorization": (*BUILTINS, *BY_HAND),
    "numerics": (*ROOTS, *STEPS, *SERIES),
}
BUILTINS_OF = {
    "random_noise": (
        "rand_init randi randu randf randn poisson sample_cdf sample_triangle sample_unit_ring sample_unit_disk "
        "sample_unit_square sample_unit_cube sample_unit_sphere sample_unit_sphere_surface sample_unit_hemisphere "
        "sample_unit_hemisphere_surface noise pnoise curlnoise"
    ),
    "bits": "bit_count cast",
    "reductions": (
        "atomic_add atomic_sub atomic_min atomic_max atomic_and atomic_or atomic_xor atomic_cas atomic_exch "
        "lower_bound argmin argmax"
    ),
    "factorization": (
        "svd2 svd3 qr3 eig3 inverse inverse_approx determinant matrix_from_rows matrix_from_cols "
        "dense_chol dense_subs dense_solve dense_gemm"
    ),
    "numerics": "isfinite isnan isinf step nonzero div_approx erfinv erfcinv",
}


def alone(category: str, idiom: Idiom, seed: int) -> KernelSource:
    """Return a kernel with one idiom and little else."""

    def core(w: KernelWriter) -> list[str]:
        words = [idiom.write(w)]
        season(w)
        return words

    style = FAMILIES[category].style
    one, two, three, four = (float(ndim in idiom.dimensions) for ndim in (1, 2, 3, 4))
    family = replace(FAMILIES[category], core=core, style=replace(style, dimensions=(one, two, three, four)))
    w = KernelWriter(SeededChoices(stream(idiom.name, seed)), family.style, LEVEL_BOUNDS[1], FORMS)
    return finished(w, category, write_family(w, family), 1).source


@cache
def kernels(category: str) -> tuple[KernelSource, ...]:
    """Return kernels of a family at all levels."""
    return tuple(generate_kernel(category, seed) for seed in range(700))


@pytest.mark.parametrize("category", REPERTOIRES)
def test_every_idiom_is_written_well_and_warp_takes_it(category: str) -> None:
    for idiom in REPERTOIRES[category]:
        for seed in range(4):
            source = alone(category, idiom, seed)
            assert check(source.python_source, source.kernel_name) == [], source.python_source
        code = extract_source(source)
        assert isinstance(code, KernelCode), (code, source.python_source)


@pytest.mark.parametrize("category", REPERTOIRES)
def test_every_idiom_is_drawn(category: str) -> None:
    drawn = {feature for kernel in kernels(category) for feature in kernel.features}
    assert {idiom.name for idiom in REPERTOIRES[category]} - drawn == set()


@pytest.mark.parametrize("category", BUILTINS_OF)
def test_every_builtin_of_a_family_is_called(category: str) -> None:
    texts = [kernel.python_source for kernel in kernels(category)]
    called = {name for text in texts for name in re.findall(r"wp\.(\w+)\(", text)}
    assert set(BUILTINS_OF[category].split()) - called == set()


def test_names_of_idioms_are_their_own() -> None:
    names = [idiom.name for repertoire in REPERTOIRES.values() for idiom in repertoire]
    assert len(names) == len(set(names))
