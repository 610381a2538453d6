"""From a record to a prompt and a completion."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.views.claims import CLAIMED, TASKS, VERDICTS, carries
from tests.views.sets import real_rows, small_row
from warpsmith.views.entry import LeftOut, Pair, pair_of
from warpsmith.views.forms import SEPARATOR
from warpsmith.views.table import VIEWS
from warpsmith.views.view import Comments, Task

ROWS = real_rows()
PYTHON_ANSWERS = ("cuda-to-python", "cpp-to-python")


def made(view: str, variant: str, row: dict[str, Any], comments: Comments | None = None) -> Pair:
    task = VIEWS[view].tasks[variant]
    pair = pair_of(task, row, comments or task.comments, unverified=False)
    assert isinstance(pair, Pair), pair
    return pair


def test_every_task_has_its_claims_written_down() -> None:
    assert set(TASKS) == set(CLAIMED)


@pytest.mark.parametrize(("view", "variant"), TASKS)
def test_as_it_is_written(view: str, variant: str, golden: Callable[[str, str], None]) -> None:
    """The first variant of a view with three records, the others with the one that has a struct and a function."""
    rows = ROWS[:3] if variant == next(iter(VIEWS[view].tasks)) else ROWS[1:2]
    pairs = [made(view, variant, row) for row in rows]
    pages = [
        f"=== prompt {row['id']}\n{prompt}\n=== completion\n{completion}\n"
        for row, (prompt, completion) in zip(rows, pairs, strict=True)
    ]
    golden(f"views/{'-'.join(filter(None, (view, variant)))}.txt", "\n".join(pages))


@given(
    task=st.sampled_from(TASKS),
    verdicts=st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VERDICTS.items()}),
    unverified=st.booleans(),
    index=st.integers(0, 99),
)
def test_an_entry_exists_if_and_only_if_the_verdicts_carry_it(
    task: tuple[str, str], verdicts: dict[str, Any], unverified: bool, index: int
) -> None:
    row = small_row(index, **verdicts)
    view, variant = task
    found = pair_of(VIEWS[view].tasks[variant], row, "keep", unverified=unverified)
    assert isinstance(found, Pair) == carries(row, view, variant, unverified=unverified)


@pytest.mark.parametrize(("view", "variant"), TASKS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["category"])
def test_the_completion_stands_in_the_record_to_the_letter(view: str, variant: str, row: dict[str, Any]) -> None:
    texts = {row[column].strip("\n") for column in VIEWS[view].tasks[variant].answer.columns}
    assert made(view, variant, row, "keep").completion in texts


@pytest.mark.parametrize("view", PYTHON_ANSWERS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["category"])
def test_code_does_not_give_away_the_python_that_is_asked_for(view: str, row: dict[str, Any]) -> None:
    prompt = made(view, "", row).prompt
    assert "<L " not in prompt
    assert f"{row['kernel_name']}.py:" not in prompt
    inside = (line.strip() for line in row["python_source"].splitlines() if " = " in line and line.startswith("    "))
    assert not [line for line in inside if f"// {line}" in prompt]
    assert "<L " in made(view, "", row, "keep").prompt


def test_comments_that_people_wrote_in_native_code_stay() -> None:
    row = dict(ROWS[3])
    for column in ("cuda", "cuda_forward"):
        row[column] = row[column].replace("return 3.0", "// a person's <note>\n    return 3.0")
    assert "// a person's <note>" in made("cuda-to-python", "", row).prompt


@pytest.mark.parametrize("code", ["cpp", "cuda"])
def test_the_adjoint_comes_with_all_that_the_forward_function_refers_to(code: str) -> None:
    prompt, completion = made("forward-to-backward", code, ROWS[1])
    assert f"_{'cpu' if code == 'cpp' else 'cuda'}_kernel_backward" in completion
    assert "_kernel_backward" not in prompt
    for part in ("struct Config\n", " flex_scatter_vert(\n", " adj_flex_scatter_vert(\n", "_kernel_forward(\n"):
        assert part in prompt
    assert ("struct wp_args_kernel" in prompt) == (code == "cpp")


def test_what_is_raised_to_python_is_shown_without_its_adjoint() -> None:
    prompt = made("cuda-to-python", "", ROWS[1]).prompt
    assert "kernel_cuda_kernel_forward(" in prompt
    assert "kernel_cuda_kernel_backward(" not in prompt
    assert "adj_flex_scatter_vert(" in prompt  # a function's adjoint may be one that a person wrote


def test_the_wording_is_a_matter_of_the_id() -> None:
    task = VIEWS["python-to-cpp"].tasks["forward"]
    first = [made("python-to-cpp", "forward", {**ROWS[0], "id": f"{number:016x}"}).prompt for number in range(6)]
    assert first[:3] == first[3:]
    assert len(set(first)) == len(task.wordings) == 3


@pytest.mark.parametrize(("view", "variant"), TASKS)
def test_a_prompt_names_the_kernel_and_has_no_holes(view: str, variant: str) -> None:
    for number in range(3):
        prompt = made(view, variant, {**ROWS[1], "id": f"{number:016x}"}).prompt
        instruction = prompt.partition("\n\n")[0]
        assert "`kernel`" in instruction
        assert "{" not in instruction
        assert prompt == prompt.strip()


def test_a_fence_is_longer_than_those_in_the_text() -> None:
    row = {**ROWS[0], "python_source": ROWS[0]["python_source"] + "\n# ```` as in Markdown\n"}
    assert "\n`````python\nimport warp" in made("python-to-cpp", "forward", row).prompt


@pytest.mark.parametrize(
    ("view", "columns", "reason"),
    [
        ("python-to-cuda", {"cuda_forward": None}, "no cuda_forward"),
        ("cuda-to-python", {"cuda": None, "cuda_forward": None}, "no cuda_forward"),
        ("forward-to-backward", {"cpp_backward": None}, "no cpp_backward"),
        ("description-to-python", {"description": ""}, "no description that tells every step"),
        (
            "description-to-python",
            {"description": "For each, do. Then name 2 values."},
            "no description that tells every step",
        ),
        ("description-to-python", {"python_source": "def ("}, "no text that can be parsed"),
        ("forward-to-backward", {"gradient": "mismatch"}, "gradient is mismatch"),
        ("forward-to-backward", {"gradient": None}, "gradient not checked"),
        ("python-to-cpp", {"compiles_cpu": False}, "compiles_cpu is false"),
        ("python-to-cpp", {"self_contained": False}, "self_contained is false"),
    ],
)
def test_why_a_record_does_not_enter(view: str, columns: dict[str, Any], reason: str) -> None:
    task: Task = next(iter(VIEWS[view].tasks.values()))
    assert pair_of(task, {**ROWS[1], **columns}, "keep", unverified=False) == LeftOut(reason)


def test_a_set_for_one_target_has_the_views_of_that_target() -> None:
    row = {**ROWS[1], **dict.fromkeys(("cuda", "cuda_forward", "cuda_backward", "compiles_cuda"))}
    assert made("forward-to-backward", "cpp", row)
    found = pair_of(VIEWS["cpp-to-cuda"].tasks["forward"], row, "keep", unverified=True)
    assert found == LeftOut("no cuda_forward")


def test_nothing_stands_between_a_prompt_and_its_completion_but_the_separator() -> None:
    pair = made("python-to-cpp", "forward", ROWS[0])
    assert SEPARATOR.strip() == ""
    assert pair.completion == pair.completion.strip("\n")
