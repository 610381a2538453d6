"""The tree that comes with a kernel is the tree of its text."""

import ast

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.synth.strategies import DrawnChoices
from warpsmith.seeds import stream
from warpsmith.synth import CATEGORIES, SeededChoices, write_draft


@settings(max_examples=40)
@given(st.data())
def test_drawn_trees_are_what_their_text_parses_to(data: st.DataObject) -> None:
    draft = write_draft(DrawnChoices(data.draw), data.draw(st.sampled_from(CATEGORIES)), data.draw(st.integers(1, 3)))
    assert ast.dump(draft.tree) == ast.dump(ast.parse(draft.source.python_source))


def test_seeded_trees_are_what_their_text_parses_to() -> None:
    for index in range(600):
        category, level = CATEGORIES[index % len(CATEGORIES)], index // len(CATEGORIES) % 5 + 1
        draft = write_draft(SeededChoices(stream("tree", index)), category, level)
        assert ast.dump(draft.tree) == ast.dump(ast.parse(draft.source.python_source))
