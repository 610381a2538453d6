"""Every figure, for sets of every kind."""

import re
import xml.etree.ElementTree as ET

import pytest

from tests.plots.sets import AGAINST, empty, normal, of_people, single, subject_of
from warpsmith.dataset.statistics import Statistics
from warpsmith.plots import FIGURES, Figure, Subject, rendered
from warpsmith.plots.bars import LONGEST, shown

NAMES = [figure.name for figure in FIGURES]
ODD = ("<b>&\"'$x$_{1}]]>", "</svg><script>1</script>", "a\nb\x00c", "名前 $\\frac", "_hidden")


def called(name: str) -> Figure:
    return next(figure for figure in FIGURES if figure.name == name)


def texts(content: bytes | None) -> str:
    assert content is not None
    return "\n".join(ET.fromstring(content).itertext())


def drawn(subject: Subject) -> dict[str, str]:
    made = {figure.name: rendered(figure, subject) for figure in FIGURES}
    return {name: texts(content) for name, content in made.items() if content is not None}


@pytest.fixture(scope="module")
def of_normal() -> dict[str, str]:
    return drawn(normal())


def test_names_and_words_of_figures_are_unique_and_short() -> None:
    assert len(set(NAMES)) == len(FIGURES) == len({figure.title for figure in FIGURES})
    for figure in FIGURES:
        assert re.fullmatch(r"[a-z]+", figure.name)
        assert figure.shows.endswith(".")
        assert "." not in figure.shows[:-1]


def test_a_normal_set_has_every_figure(of_normal: dict[str, str]) -> None:
    assert list(of_normal) == NAMES


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("categories", ("category_00", "category_39", "level 1", "level 5", "61")),
        ("levels", ("level 3", "%)")),
        ("splits", ("split validation", "3 (5.0%)", "distinct shapes", "clusters", "60 (100.0%)")),
        ("verdicts", ("59 of 60", "40 match, 9 differ", "nondifferentiable", "not checked", "share of 60 kernels")),
        ("coverage", ("Vector Math", "called by a kernel", "not called", "of 2")),
        ("builtins", ("sin", "50.0%", "tid", "100.0%")),
        ("features", ("form-59", "form-12", "share of kernels")),
        ("lengths", ("the kernel alone", "C++ forward", "CUDA backward", "30")),
        ("expansion", ("C++, all of it", "characters for each")),
        ("targets", ("backward (adjoint)", "in both", "for CUDA only")),
        ("people", ("this set", "warp.examples, mujoco_warp", "bits apart", "sin")),
        ("against", ("warp.examples", "folder/kernels.py", "this set", "syntax")),
    ],
)
def test_figures_say_what_they_show(of_normal: dict[str, str], name: str, words: tuple[str, ...]) -> None:
    assert [word for word in words if word not in of_normal[name]] == []


def test_forms_that_are_rarer_than_the_listed_ones_are_left_out(of_normal: dict[str, str]) -> None:
    assert "form-12\n" in of_normal["features"]
    assert "form-11\n" not in of_normal["features"]


def test_a_set_of_one_kernel() -> None:
    made = drawn(single())
    assert set(made) == set(NAMES) - {"against"}
    assert "1 (100.0%)" in made["levels"]


def test_an_empty_set_has_no_figures() -> None:
    assert drawn(empty()) == {}


def test_a_set_that_people_wrote() -> None:
    made = drawn(of_people())
    assert "features" not in made
    assert "my_package" in made["categories"]
    assert "its text alone defines it" in made["verdicts"]
    assert "10 of 12" in made["verdicts"]
    assert "compiles" not in made["verdicts"]


def test_stages_that_were_not_reached_are_shown_as_not_checked() -> None:
    statistics = Statistics(kernels=5, verdicts={"compiles_cpu": {"true": 5}})
    said = texts(rendered(called("verdicts"), subject_of(statistics)))
    assert said.count("not checked") == 6  # in four rows, what its colour means, and the description


def test_code_for_one_target_alone_is_not_compared() -> None:
    subject = single()
    subject.statistics.comparison = Statistics().comparison
    assert rendered(called("targets"), subject) is None


def test_small_categories_are_added_up() -> None:
    statistics = Statistics(kernels=1000, table={f"c{number:03}": {1: 200 - number} for number in range(100)})
    said = texts(rendered(called("categories"), subject_of(statistics)))
    assert "c079" in said
    assert "c080" not in said
    assert "20 smaller ones" in said
    assert f"{sum(200 - number for number in range(80, 100)):,}" in said


def test_categories_have_the_names_that_they_have() -> None:
    statistics = Statistics(kernels=5, table={name: {1: 1} for name in ODD})
    content = rendered(called("categories"), subject_of(statistics))
    said = texts(content).splitlines()
    assert [shown(name) for name in ODD if shown(name) not in said] == []
    assert content is not None
    assert not [node for node in ET.fromstring(content).iter() if "script" in node.tag]


def test_names_are_shown_on_one_line_and_not_too_long() -> None:
    assert shown("a\nb\x00c") == "a b c"
    assert shown("x" * LONGEST) == "x" * LONGEST
    assert shown("x" * 99) == "x" * (LONGEST - 1) + "…"


def test_what_has_no_calls_to_compare_has_no_distance_in_calls() -> None:
    subject = single()
    only = Subject(subject.manifest, subject.whole, AGAINST[1:])
    assert "kernels.py" in texts(rendered(called("against"), only))
    bare = Statistics(kernels=1, kernel_lines={3: 1})
    assert "bits apart" not in texts(rendered(called("people"), subject_of(bare)))
