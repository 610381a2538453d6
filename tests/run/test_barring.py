"""A job keeps away from the kernels of earlier sets and of given code, and from their near-duplicates."""

from pathlib import Path
from typing import Any

import pytest

from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.near.jaccard import THRESHOLD, similarities
from warpsmith.dataset.near.sketch import sketch
from warpsmith.dataset.reading import all_rows
from warpsmith.errors import DatasetError, UsageError
from warpsmith.run.job import run_job

SMALL: dict[str, Any] = {
    "count": 24,
    "shard_size": 8,
    "categories": "math",
    "level": 1,
    "device": "cpu",
    "verify": "none",
}


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("earlier")
    run_job(SMALL, folder, workers=0)
    return folder


def sources(folder: Path) -> list[str]:
    return [row["python_source"] for row in all_rows(folder, read_manifest(folder))]


def nearest(folder: Path, others: list[str]) -> float:
    """Return how near a kernel of a set comes to one of some texts."""
    foreign = [sketch(other).shingles for other in others]
    return max(float(similarities(sketch(one).shingles, foreign).max()) for one in sources(folder))


def test_an_earlier_set_is_not_made_again(earlier: Path, tmp_path: Path) -> None:
    manifest = run_job(SMALL | {"against": [earlier]}, tmp_path / "later", workers=0)
    assert manifest.rows == 24
    assert manifest.barred >= 24
    assert nearest(tmp_path / "later", sources(earlier)) < THRESHOLD
    run_job(SMALL | {"against": str(earlier)}, tmp_path / "again", workers=0)
    files = {path.relative_to(tmp_path / "later") for path in (tmp_path / "later").rglob("*") if path.is_file()}
    assert files == {path.relative_to(tmp_path / "again") for path in (tmp_path / "again").rglob("*") if path.is_file()}
    for file in sorted(files):
        assert (tmp_path / "later" / file).read_bytes() == (tmp_path / "again" / file).read_bytes()


def test_code_stays_out_with_what_is_near_to_it(earlier: Path, tmp_path: Path) -> None:
    benchmark = sources(earlier)[:6]
    for number, text in enumerate(benchmark):
        (tmp_path / f"kernel_{number}.py").write_text(text)
    manifest = run_job(SMALL | {"exclude": [tmp_path]}, tmp_path / "set", workers=0)
    assert manifest.barred >= 6
    assert nearest(tmp_path / "set", benchmark) < THRESHOLD
    assert manifest.configuration["exclude"][0]["kernels"] == 6


def test_a_resumed_job_keeps_away_too(earlier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_job(SMALL | {"against": earlier}, tmp_path / "undisturbed", workers=0)

    class Crash(BaseException):
        pass

    def crash(*_: object) -> None:
        raise Crash

    for place in ("build_barrier", "finish"):
        folder = tmp_path / place
        with monkeypatch.context() as patch:
            patch.setattr(f"warpsmith.run.job.{place}", crash)
            with pytest.raises(Crash):
                run_job(SMALL | {"against": earlier}, folder, workers=0)
        run_job({}, folder, workers=0, resume=True)
        assert read_manifest(folder) == read_manifest(tmp_path / "undisturbed")
        with pytest.raises(UsageError, match="begun with against"):
            run_job({"against": tmp_path / "undisturbed"}, folder, workers=0, resume=True)


def test_a_set_is_not_made_against_itself(earlier: Path) -> None:
    before = {path: path.read_bytes() for path in earlier.rglob("*") if path.is_file()}
    with pytest.raises(UsageError, match="the output itself"):
        run_job(SMALL | {"against": earlier}, earlier, workers=0, overwrite=True)
    assert before == {path: path.read_bytes() for path in earlier.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"against": "nowhere"}, DatasetError, "no such folder"),
        ({"exclude": "no_such_package"}, UsageError, "no_such_package"),
        ({"exclude": 7}, UsageError, "exclude is 7"),
        ({"against": [""]}, UsageError, "against is"),
    ],
)
def test_what_is_not_there_is_one_line(
    options: dict[str, Any], error: type[Exception], message: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=message) as raised:
        run_job(SMALL | options, tmp_path / "set", workers=0)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "set").exists()
