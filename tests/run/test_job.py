"""A job is a function of its options: whatever happens on the way, the same bytes come out, and no shape twice."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.run.tiny import refused_generator, tiny_generator
from warpsmith.dataset.formats import FORMATS
from warpsmith.dataset.manifest import Manifest, read_manifest
from warpsmith.dataset.reading import all_rows
from warpsmith.dataset.rejected import read_rejections
from warpsmith.dataset.statistics import read_statistics, recounted
from warpsmith.dataset.store import Store
from warpsmith.errors import DatasetError, GenerationError, UsageError
from warpsmith.run.events import Silent
from warpsmith.run.job import run_job
from warpsmith.run.state import WorkFolder

CROWDED: dict[str, Any] = {"count": 24, "shard_size": 6, "categories": "math", "verify": "none"}


class Crash(BaseException):
    """Stands for the end of the process."""


class Notes(Silent):
    def __init__(self) -> None:
        self.lines: list[str] = []

    def begin(self, total: int, done: int) -> None:
        self.lines.append(f"begin {done} of {total}")

    def note(self, line: str) -> None:
        self.lines.append(line)

    def end(self) -> None:
        self.lines.append("end")


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave room for 40 shapes, so that most shards must be mended."""
    monkeypatch.setattr("warpsmith.run.draw.write_ordered", tiny_generator(40))


def generate(folder: Path, resume: bool = False, reporter: Notes | None = None, **options: Any) -> Manifest:
    return run_job({**CROWDED, **options}, folder, workers=0, resume=resume, reporter=reporter)


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.usefixtures("crowded")
def test_no_shape_twice_and_exactly_n(tmp_path: Path, form: str) -> None:
    manifest = generate(tmp_path / "set", format=form)
    rows = list(all_rows(tmp_path / "set", manifest))
    assert len(rows) == 24
    assert len({row["fingerprint"] for row in rows}) == 24
    assert sorted(row["provenance"]["index"] for row in rows) == list(range(24))
    assert manifest.duplicates_replaced > 0
    assert manifest.rows == 24
    assert read_statistics(tmp_path / "set") == recounted(rows)
    assert not (tmp_path / "set" / ".warpsmith").exists()


@pytest.mark.usefixtures("crowded")
def test_same_options_same_bytes_other_seed_other_bytes(tmp_path: Path) -> None:
    generate(tmp_path / "a")
    generate(tmp_path / "b")
    generate(tmp_path / "c", seed=1)
    assert content(tmp_path / "a") == content(tmp_path / "b")
    assert content(tmp_path / "a") != content(tmp_path / "c")


@pytest.mark.usefixtures("crowded")
def test_formats_hold_the_same_rows(tmp_path: Path) -> None:
    sets = [list(all_rows(tmp_path / form, generate(tmp_path / form, format=form))) for form in FORMATS]
    assert sets[0] == sets[1] == sets[2]
    contents = [[shard.content for shard in read_manifest(tmp_path / form).shards] for form in FORMATS]
    assert contents[0] == contents[1] == contents[2]
    assert len(set(contents[0])) == len(contents[0])


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("form", ["parquet", "json"])
def test_a_crash_at_any_moment_leaves_no_trace(tmp_path: Path, form: str, after: bool) -> None:
    """Crash before, or after, each single file gets its name; resumed, the set is that of an undisturbed run."""

    def attempt(folder: Path, crash_at: int) -> bool:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("warpsmith.run.draw.write_ordered", tiny_generator(40))
            patch.setattr(Path, "replace", crashing(crash_at, after=after))
            try:
                generate(folder, format=form)
            except Crash:
                generate(folder, format=form, resume=True)
                return True
        return False

    assert not attempt(tmp_path / "undisturbed", 0)
    expected = content(tmp_path / "undisturbed")
    crash_at = 1
    while attempt(tmp_path / str(crash_at), crash_at):
        assert content(tmp_path / str(crash_at)) == expected, f"crash at move {crash_at}"
        crash_at += 1 if form == "parquet" else 7
    assert crash_at > 15


def crashing(crash_at: int, *, after: bool) -> Callable[[Path, Path], Path]:
    """Return a `Path.replace` that crashes once."""
    move, count = Path.replace, 0

    def replace(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == crash_at and not after:
            raise Crash
        moved = move(self, target)
        if count == crash_at:
            raise Crash
        return moved

    return replace


@pytest.mark.usefixtures("crowded")
def test_damaged_shards_of_a_finished_set_are_named_and_made_again(tmp_path: Path) -> None:
    manifest = generate(tmp_path)
    expected = content(tmp_path)
    truncated, missing, changed = (tmp_path / manifest.files[number].path for number in (0, 1, 3))
    truncated.write_bytes(truncated.read_bytes()[:100])
    missing.unlink()
    changed.write_bytes(changed.read_bytes().replace(b"PAR1", b"RAP1"))
    notes = Notes()
    generate(tmp_path, resume=True, reporter=notes)
    assert content(tmp_path) == expected
    for path in (truncated, missing, changed):
        assert any(path.name in line and "damaged" in line for line in notes.lines)


@pytest.mark.usefixtures("crowded")
def test_a_finished_set_is_complete(tmp_path: Path) -> None:
    generate(tmp_path)
    notes = Notes()
    generate(tmp_path, resume=True, reporter=notes)
    assert any("complete" in line for line in notes.lines)


def begun(folder: Path) -> None:
    """Leave a job with every shard drawn and some mended, but no manifest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warpsmith.run.job.finish", crash)
        with pytest.raises(Crash):
            generate(folder)


def crash(*_: Any) -> None:
    raise Crash


@pytest.mark.parametrize("name", ["00002-0.rows", "00000-0.keys", "00003-0.tally", "00003-1.rows", "00002-1.keys"])
@pytest.mark.usefixtures("crowded")
def test_damaged_shards_of_a_job_under_way_are_named_and_made_again(tmp_path: Path, name: str) -> None:
    generate(tmp_path / "undisturbed")
    begun(tmp_path / "set")
    path = tmp_path / "set" / ".warpsmith" / "shards" / name
    path.write_bytes(b"nonsense")
    notes = Notes()
    generate(tmp_path / "set", resume=True, reporter=notes)
    assert any(path.name in line and "damaged" in line for line in notes.lines)
    assert content(tmp_path / "set") == content(tmp_path / "undisturbed")


@pytest.mark.parametrize("note", ["00000-0", "00002-0", "00002-1", "00003-1"])
@pytest.mark.usefixtures("crowded")
def test_notes_that_cannot_be_read_cost_only_time(tmp_path: Path, note: str) -> None:
    generate(tmp_path / "undisturbed")
    begun(tmp_path / "set")
    path = tmp_path / "set" / ".warpsmith" / "shards" / f"{note}.json"
    path.write_bytes(path.read_bytes()[:40])
    generate(tmp_path / "set", resume=True)
    assert content(tmp_path / "set") == content(tmp_path / "undisturbed")


@pytest.mark.usefixtures("crowded")
def test_resume_takes_what_is_left_out_from_what_was_begun(tmp_path: Path) -> None:
    generate(tmp_path / "undisturbed")
    begun(tmp_path / "set")
    run_job({}, tmp_path / "set", workers=0, resume=True)
    assert content(tmp_path / "set") == content(tmp_path / "undisturbed")


@pytest.mark.usefixtures("crowded")
def test_resume_with_other_options_is_refused(tmp_path: Path) -> None:
    begun(tmp_path)
    with pytest.raises(UsageError, match="begun with count = 24, not 25"):
        generate(tmp_path, resume=True, count=25)


@pytest.mark.usefixtures("crowded")
def test_resume_with_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(tmp_path)
    job = tmp_path / ".warpsmith" / "job.json"
    job.write_text(job.read_text().replace('"warp": "1.', '"warp": "0.'))
    with pytest.raises(UsageError, match=r"begun with warp 0\."):
        generate(tmp_path, resume=True)


def test_resume_into_an_empty_folder_begins(tmp_path: Path) -> None:
    assert run_job({"count": 2, "verify": "none"}, tmp_path, workers=0, resume=True).rows == 2


def test_too_few_shapes_end_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warpsmith.run.draw.write_ordered", tiny_generator(20))
    with pytest.raises(GenerationError, match="category 'math' at level 4: 1000 draws gave no new shape"):
        generate(tmp_path)


def test_what_warp_refuses_is_kept_beside_the_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warpsmith.run.draw.write_ordered", refused_generator)
    manifest = generate(tmp_path / "a")
    generate(tmp_path / "b")
    rejections = read_rejections(tmp_path / "a")
    assert len(rejections) == manifest.rejected > 0
    assert all(rejection.stage == "generates" and "no_such_builtin" in rejection.message for rejection in rejections)
    assert len(list(all_rows(tmp_path / "a", manifest))) == 24
    assert content(tmp_path / "a") == content(tmp_path / "b")


@pytest.mark.usefixtures("crowded")
def test_a_full_disk_is_one_line_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generate(tmp_path / "undisturbed")
    written = Path.write_bytes

    def write_bytes(self: Path, data: bytes) -> int:
        if "00002-0" in self.name:
            raise OSError(28, "No space left on device")
        return written(self, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", write_bytes)
        with pytest.raises(DatasetError, match="No space left on device; what is complete stays valid"):
            generate(tmp_path / "set")
    survivors, damaged = WorkFolder(Store(tmp_path / "set")).survivors(4)
    assert ([list(notes) for notes in survivors], damaged) == ([[0], [0], [], []], [])
    generate(tmp_path / "set", resume=True)
    assert content(tmp_path / "set") == content(tmp_path / "undisturbed")
