"""The verdicts on gradients: right ones, wrong ones, and what cannot be judged."""

import pytest

from tests.verify.judged import judged
from tests.verify.upstream import CASES, Case
from warpsmith.verify.verifier import Judgement


@pytest.fixture(scope="module")
def judgements() -> dict[str, Judgement]:
    return dict(zip([case.name for case in CASES], judged([case.row for case in CASES]), strict=True))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_verdicts(case: Case, judgements: dict[str, Judgement]) -> None:
    judgement = judgements[case.name]
    assert judgement.failed is None
    assert judgement.verdict.gradient == case.gradient, judgement
