"""What an export may be asked for."""

from pathlib import Path
from typing import Any

import pytest

from warpsmith.errors import UsageError
from warpsmith.views.options import make_options
from warpsmith.views.table import VIEWS, view_named


@pytest.mark.parametrize("name", VIEWS)
def test_views_by_every_spelling(name: str) -> None:
    for spelling in (name, name.replace("-to-", "→"), name.replace("-to-", "->"), name.replace("-to-", " → ").upper()):
        assert view_named(spelling) is VIEWS[name]


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"view": "python-to-rust"}, "view is 'python-to-rust'; use python-to-cpp, "),
        ({"form": "csv"}, "form is 'csv'; use chat, prompt, text"),
        ({"format": "json"}, "format is 'json'; use parquet, jsonl"),
        ({"comments": "no"}, "comments is 'no'; use keep, strip"),
        ({"part": "middle"}, "part is 'middle'; use forward, backward, whole"),
        ({"target": "cuda"}, "target is 'cuda', and the view python-to-cpp has no choice of it"),
        ({"view": "forward-to-backward", "part": "whole"}, "part is 'whole', and the view forward-to-backward has no"),
        ({"view": "forward-to-backward", "target": "ptx"}, "target is 'ptx'; use cpp, cuda"),
        ({"view": "cuda-to-python", "part": "forward"}, "part is 'forward', and the view cuda-to-python has no choice"),
        ({"limit": 0}, "limit is 0; use a number from 1 up"),
        ({"max_characters": -1}, "max_characters is -1; use a number from 1 up"),
        ({"max_tokens": 10}, "max_tokens is 10 and there is no tokenizer; add `--tokenizer FILE`"),
    ],
)
def test_what_cannot_be(options: dict[str, Any], line: str) -> None:
    with pytest.raises(UsageError) as raised:
        make_options(**{"view": "python-to-cpp", **options})
    assert line in str(raised.value)
    assert "\n" not in str(raised.value)


def test_defaults_follow_the_view() -> None:
    assert make_options("python→cpp").variant == "forward"
    assert make_options("python→cpp").comments == "keep"
    assert make_options("cuda→python").comments == "strip"
    assert make_options("cuda→python", comments="keep").comments == "keep"
    assert make_options("forward→backward").variant == "cpp"
    assert make_options("forward→backward", target="cuda").task is VIEWS["forward-to-backward"].tasks["cuda"]


def test_the_configuration_names_no_path() -> None:
    options = make_options("python-to-cpp", tokenizer=Path("/somewhere/tokenizer.json"), max_tokens=5)
    assert "somewhere" not in str(options.configuration())
