"""The forms keep a pair so that it comes back."""

import json

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.views.sets import real_rows
from warpsmith.views.entry import Pair, pair_of
from warpsmith.views.forms import FORMS, SEPARATOR
from warpsmith.views.options import FORM_NAMES, make_options
from warpsmith.views.table import VIEWS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def test_the_options_know_every_form() -> None:
    assert tuple(FORMS) == FORM_NAMES
    assert make_options("python-to-cpp").form in FORMS


@pytest.mark.parametrize("form", FORMS)
@given(prompt=TEXTS, completion=TEXTS)
def test_prompt_and_completion_come_back(form: str, prompt: str, completion: str) -> None:
    pair = Pair(prompt, completion)
    columns = FORMS[form].columns(pair)
    schema = pa.schema(FORMS[form].fields)
    (through_arrow,) = pa.RecordBatch.from_pylist([columns], schema=schema).to_pylist()
    assert FORMS[form].pair(through_arrow) == pair
    assert FORMS[form].pair(json.loads(json.dumps(columns))) == pair


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("form", FORMS)
def test_every_view_in_every_form(view: str, form: str) -> None:
    task = next(iter(VIEWS[view].tasks.values()))
    for row in real_rows():
        pair = pair_of(task, row, task.comments, unverified=False)
        assert isinstance(pair, Pair)
        assert FORMS[form].pair(FORMS[form].columns(pair)) == pair


def test_the_text_is_the_prompt_followed_by_the_completion() -> None:
    pair = Pair("ask", "answer")
    of_text, of_prompt = FORMS["text"].columns(pair), FORMS["prompt"].columns(pair)
    assert of_text["text"] == of_prompt["prompt"] + of_prompt["completion"] == f"ask{SEPARATOR}answer"
    assert of_text["text"][of_text["completion_start"] :] == "answer"


def test_chat_has_a_user_and_an_assistant() -> None:
    messages = FORMS["chat"].columns(Pair("ask", "answer"))["messages"]
    assert messages == [{"role": "user", "content": "ask"}, {"role": "assistant", "content": "answer"}]
