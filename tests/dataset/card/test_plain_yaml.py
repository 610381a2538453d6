"""What is written as YAML comes back from a reader of YAML."""

from typing import Any

from huggingface_hub import RepoCard
from hypothesis import given
from hypothesis import strategies as st

from warpsmith.dataset.card.plain_yaml import as_yaml

names = st.from_regex("[a-z_]{2,8}", fullmatch=True).filter(lambda name: name not in {"no", "on", "off", "yes", "null"})
scalars = st.text(st.characters(min_codepoint=32, max_codepoint=126)) | st.integers() | st.sampled_from(["no", "é\n|"])
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(scalars, min_size=1, max_size=3)
        | st.lists(st.dictionaries(names, inner, min_size=1, max_size=3), min_size=1, max_size=3)
        | st.dictionaries(names, inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(names, values, min_size=1, max_size=4))
def test_values_come_back(value: dict[str, Any]) -> None:
    assert vars(RepoCard(f"---\n{as_yaml(value)}---\n", ignore_metadata_errors=True).data) == value


def test_what_is_plain_has_no_quotes() -> None:
    assert as_yaml({"license": "apache-2.0", "tags": ["code", "no", "n<1K"]}) == (
        'license: apache-2.0\ntags:\n- code\n- "no"\n- "n<1K"\n'
    )
