"""docs/launch.md: its examples run, and it has every kind of argument and every form."""

import re
from pathlib import Path
from typing import Any

import pytest

from warpsmith.verify.arguments import MAKERS
from warpsmith.verify.fillings import FORMS

PAGE = (Path(__file__).parent.parent.parent / "docs" / "launch.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_run(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    namespace: dict[str, Any] = {"__name__": "example"}
    exec(compile(example, "launch.md", "exec"), namespace)
    assert len(capsys.readouterr().out) > 20


def test_every_kind_and_every_form_is_described() -> None:
    kinds = set(MAKERS) - {"value"}
    assert [name for name in (*kinds, *FORMS) if f"| `{name}` |" not in PAGE] == []
