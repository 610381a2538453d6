"""Whole exports: who enters, what the files are, what becomes of the folder."""

import errno
import fcntl
import itertools
import json
import os
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import warpsmith
from tests.cli.commands import content
from tests.views.claims import TASKS, VERDICTS, carries
from tests.views.sets import VERIFIED, real_rows, set_of, small_row
from warpsmith.dataset.manifest import read_manifest
from warpsmith.errors import DatasetError, UsageError, WarpsmithError
from warpsmith.views import exporting, writing
from warpsmith.views.forms import FORMS
from warpsmith.views.table import VIEWS

COMBINATIONS = [dict(zip(VERDICTS, values, strict=True)) for values in itertools.product(*VERDICTS.values())]


@pytest.fixture(scope="module")
def combined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set with a record for every combination of verdicts."""
    rows = [small_row(index, **verdicts) for index, verdicts in enumerate(COMBINATIONS)]
    return set_of(tmp_path_factory.mktemp("combined") / "set", {"train": rows[:150], "test": rows[150:]})


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set of verified records in two splits."""
    rows = [small_row(index, cluster=f"{index:032x}", **VERIFIED) for index in range(12)]
    return set_of(tmp_path_factory.mktemp("small") / "set", {"train": rows[:9], "test": rows[9:]})


def option_of(view: str, variant: str) -> dict[str, Any]:
    choice = VIEWS[view].choice
    return {choice: variant} if choice else {}


def rows_in(folder: Path) -> list[dict[str, Any]]:
    return [row for path in sorted((folder / "data").glob("*.parquet")) for row in pq.read_table(path).to_pylist()]


@pytest.mark.parametrize("unverified", [False, True])
@pytest.mark.parametrize(("view", "variant"), TASKS)
def test_no_record_enters_whose_verdicts_do_not_carry_the_view(
    combined: Path, tmp_path: Path, view: str, variant: str, unverified: bool
) -> None:
    made = warpsmith.export(combined, tmp_path, view, unverified=unverified, **option_of(view, variant))
    expected = [
        small_row(index)["id"]
        for index, verdicts in enumerate(COMBINATIONS)
        if carries(verdicts, view, variant, unverified=unverified)
    ]
    assert {row["id"] for row in rows_in(tmp_path)} == set(expected)
    assert made.entries == len(expected) > 0
    assert sum(made.left_out.values()) == len(COMBINATIONS) - len(expected)
    assert any(reason.endswith("not checked") for reason in made.left_out) != unverified


def test_rows_keep_what_one_filters_by(small: Path, tmp_path: Path) -> None:
    warpsmith.export(small, tmp_path, "forward-to-backward", form="prompt")
    rows = rows_in(tmp_path)
    records = {small_row(index)["id"]: index for index in range(12)}
    assert len(rows) == 12
    for row in rows:
        source = small_row(records[row["id"]], cluster=f"{records[row['id']]:032x}", **VERIFIED)
        for column in ("kernel_name", "category", "level", "cluster", *VERIFIED):
            assert row[column] == source[column]
        assert (row["view"], row["variant"], row["license"]) == ("forward-to-backward", "cpp", None)
        assert row["prompt_characters"] == len(row["prompt"]) - 2
        assert row["completion_characters"] == len(row["completion"])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["parquet", "jsonl"])
def test_every_kind_of_file_has_the_same_rows(small: Path, tmp_path: Path, form: str, kind: str) -> None:
    warpsmith.export(small, tmp_path / "one", "python-to-cpp", form=form)
    warpsmith.export(small, tmp_path / "two", "python-to-cpp", form=form, format=kind)
    files = sorted((tmp_path / "two" / "data").iterdir())
    assert [file.name for file in files] == [f"{split}-00000-of-00001.{kind}" for split in ("test", "train")]
    if kind == "jsonl":
        lines = [json.loads(line) for file in files for line in file.read_text().splitlines()]
        assert lines == rows_in(tmp_path / "one")


@pytest.mark.parametrize("form", ["parquet", "jsonl", "json"])
def test_sets_of_every_format(tmp_path: Path, form: str) -> None:
    source = set_of(tmp_path / "set", {"train": real_rows()}, form)
    made = warpsmith.export(source, tmp_path / "out", "cuda-to-python")
    assert (made.entries, made.left_out) == (4, {})


def test_the_same_bytes_every_time(small: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        warpsmith.export(small, tmp_path / name, "python-to-cuda")
    assert content(tmp_path / "a") == content(tmp_path / "b")
    summary = (tmp_path / "a" / "export.json").read_text()
    assert str(tmp_path) not in summary
    assert str(small) not in summary


def test_files_of_a_fixed_number_of_rows(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "ROWS_IN_FILE", 4)
    monkeypatch.setattr(writing, "_ROW_GROUP", 3)
    made = warpsmith.export(small, tmp_path, "python-to-cpp")
    assert [(entry.path, entry.rows) for entry in made.files] == [
        ("data/train-00000-of-00003.parquet", 4),
        ("data/train-00001-of-00003.parquet", 4),
        ("data/train-00002-of-00003.parquet", 1),
        ("data/test-00000-of-00001.parquet", 3),
    ]
    assert all(entry.is_intact(tmp_path) for entry in made.files)
    assert len(content(tmp_path)) == 6


def test_splits_and_limit(small: Path, tmp_path: Path) -> None:
    made = warpsmith.export(small, tmp_path / "a", "python-to-cpp", limit=2)
    assert (made.splits, made.left_out) == ({"train": 2, "test": 2}, {"behind the limit": 8})
    made = warpsmith.export(small, tmp_path / "b", "python-to-cpp", splits=["test"], limit=3)
    assert (made.splits, made.left_out) == ({"test": 3}, {})
    with pytest.raises(UsageError, match="split 'dev' is not in the set; use train, test"):
        warpsmith.export(small, tmp_path / "c", "python-to-cpp", splits=["dev"])


def test_limits_of_length(tmp_path: Path) -> None:
    source = set_of(tmp_path / "set", {"train": real_rows()})
    warpsmith.export(source, tmp_path / "all", "python-to-cpp", form="text")
    lengths = sorted(len(row["text"]) for row in rows_in(tmp_path / "all"))
    made = warpsmith.export(source, tmp_path / "some", "python-to-cpp", form="text", max_characters=lengths[1])
    assert sorted(len(row["text"]) for row in rows_in(tmp_path / "some")) == lengths[:2]
    assert made.left_out == {f"longer than {lengths[1]} characters": 2}
    with pytest.raises(DatasetError, match=r"longer than 1 characters \(4\); raise the limit"):
        warpsmith.export(source, tmp_path / "none", "python-to-cpp", max_characters=1)


def test_an_unverified_set_says_what_to_do(tmp_path: Path) -> None:
    source = set_of(tmp_path / "set", {"train": [small_row(index) for index in range(3)]})
    with pytest.raises(DatasetError) as raised:
        warpsmith.export(source, tmp_path / "out", "forward-to-backward")
    assert str(raised.value) == (
        f"{source}: no record enters the view forward-to-backward: compiles_cpu not checked (3); "
        f"run `warpsmith verify {source}`, or add `--unverified`"
    )
    assert not (tmp_path / "out").exists()
    assert warpsmith.export(source, tmp_path / "out", "forward-to-backward", unverified=True).entries == 3
    assert "`--unverified`" in (tmp_path / "out" / "README.md").read_text()


def test_a_foreign_folder_is_refused(small: Path, tmp_path: Path) -> None:
    def refused(output: Path, **options: Any) -> str:
        before = content(tmp_path)
        with pytest.raises(UsageError) as raised:
            warpsmith.export(small, output, "python-to-cpp", **options)
        assert content(tmp_path) == before
        return str(raised.value)

    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").touch()
    assert "is not empty; add `--overwrite`" in refused(tmp_path / "notes")
    assert "holds 'mine.txt', which is not of an export" in refused(tmp_path / "notes", overwrite=True)
    set_of(tmp_path / "set", {"train": [small_row(1)]})
    assert "which is not of an export" in refused(tmp_path / "set", overwrite=True)
    (tmp_path / "alike" / "data").mkdir(parents=True)
    (tmp_path / "alike" / "data" / "train-00000-of-00001.parquet").touch()
    assert "holds 'data/train-00000-of-00001.parquet'" in refused(tmp_path / "alike", overwrite=True)
    assert "is a file; name a folder" in refused(tmp_path / "notes" / "mine.txt")
    assert "lies in the data set" in refused(small / "views")
    assert "lies in the data set" in refused(small, overwrite=True)


def test_what_somebody_put_into_an_export_stays(small: Path, tmp_path: Path) -> None:
    warpsmith.export(small, tmp_path, "python-to-cpp")
    (tmp_path / "data" / "notes.part").touch()
    before = content(tmp_path)
    with pytest.raises(UsageError, match=r"holds 'data/notes\.part', which is not of an export"):
        warpsmith.export(small, tmp_path, "python-to-cuda", overwrite=True)
    assert content(tmp_path) == before


def test_a_folder_that_another_run_holds_is_let_alone(small: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / ".train-00000.parquet.part").touch()
    descriptor = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with pytest.raises(UsageError, match="is being written into by another run"):
        warpsmith.export(small, tmp_path, "python-to-cpp")
    os.close(descriptor)
    assert [path.name for path in (tmp_path / "data").iterdir()] == [".train-00000.parquet.part"]


def test_overwrite_replaces_an_export(small: Path, tmp_path: Path) -> None:
    warpsmith.export(small, tmp_path / "once", "python-to-cpp", splits=["test"])
    warpsmith.export(small, tmp_path / "twice", "python-to-cuda", format="jsonl")
    with pytest.raises(UsageError, match="is not empty"):
        warpsmith.export(small, tmp_path / "twice", "python-to-cpp", splits=["test"])
    warpsmith.export(small, tmp_path / "twice", "python-to-cpp", splits=["test"], overwrite=True)
    assert content(tmp_path / "once") == content(tmp_path / "twice")


def test_an_export_that_fails_leaves_what_was_there(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise WarpsmithError("stop")

    warpsmith.export(small, tmp_path / "out", "python-to-cpp")
    before = content(tmp_path / "out")
    monkeypatch.setattr(exporting, "_settle", fail)
    for name in ("out", "new/folder"):
        with pytest.raises(WarpsmithError, match="stop"):
            warpsmith.export(small, tmp_path / name, "python-to-cuda", overwrite=True)
    assert content(tmp_path / "out") == before
    assert not (tmp_path / "new").exists()


def test_a_full_disk_is_one_line(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writing.SplitFiles, "append", full)
    with pytest.raises(DatasetError) as raised:
        warpsmith.export(small, tmp_path / "out", "python-to-cpp")
    assert str(raised.value).endswith("cannot be written: No space left on device; make room or name another folder")
    assert not (tmp_path / "out").exists()


def test_what_a_kill_leaves_is_no_hindrance(small: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / ".train-00000.parquet.part").write_bytes(b"PAR1")
    warpsmith.export(small, tmp_path, "python-to-cpp")
    assert sorted(content(tmp_path)) == [
        "README.md",
        "data/test-00000-of-00001.parquet",
        "data/train-00000-of-00001.parquet",
        "export.json",
    ]


def test_a_set_of_another_schema_is_refused(small: Path, tmp_path: Path) -> None:
    source = set_of(tmp_path / "set", {"train": [small_row(1)]})
    manifest = json.loads((source / "manifest.json").read_text())
    (source / "manifest.json").write_text(json.dumps({**manifest, "schema_version": 2}))
    with pytest.raises(DatasetError, match="its records have schema 2, and this version of warpsmith reads"):
        warpsmith.export(source, tmp_path / "out", "python-to-cpp")
    assert read_manifest(small).schema_version != 2


def test_only_the_columns_that_are_needed_are_read(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = warpsmith.views.options.make_options("python-to-cpp")
    row = next(exporting.rows_of(small, read_manifest(small), "train", options))
    assert "cuda" not in row
    assert {"python_source", "cpp_forward", "compiles_cpu", "id"} <= set(row)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["parquet", "jsonl"])
def test_datasets_loads_an_export(small: Path, tmp_path: Path, form: str, kind: str) -> None:
    import datasets

    warpsmith.export(small, tmp_path / "out", "description-to-python", form=form, format=kind)
    loaded = datasets.load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))
    assert {split: len(rows) for split, rows in loaded.items()} == {"train": 9, "test": 3}
    pair = FORMS[form].pair(loaded["test"][0])
    assert pair.completion == small_row(9)["python_source"].strip("\n")


@pytest.mark.parametrize("kind", ["parquet", "jsonl"])
def test_datasets_loads_columns_that_begin_with_nulls(tmp_path: Path, kind: str) -> None:
    import datasets

    person = {"provenance": {**small_row(3)["provenance"], "license": "MIT"}}
    rows = [small_row(1), small_row(2, **VERIFIED), small_row(3, **VERIFIED, **person)]
    source = set_of(tmp_path / "set", {"train": rows[:1], "test": rows[1:]})
    warpsmith.export(source, tmp_path / "out", "cpp-to-cuda", format=kind, unverified=True)
    loaded = datasets.load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))
    assert loaded["train"]["gradient"][:] == [None]
    assert loaded["test"]["license"][:] == [None, "MIT"]
    assert loaded["test"]["gradient_error"][:] == [1e-6, 1e-6]


@pytest.mark.parametrize("form", FORMS)
def test_the_card_says_what_the_columns_are(small: Path, tmp_path: Path, form: str) -> None:
    import datasets
    from huggingface_hub import metadata_load

    warpsmith.export(small, tmp_path, "cpp-to-cuda", form=form)
    header = metadata_load(tmp_path / "README.md")
    assert header is not None
    schema = pq.read_schema(tmp_path / "data" / "train-00000-of-00001.parquet")
    assert header["dataset_info"]["features"] == datasets.Features.from_arrow_schema(schema)._to_yaml_list()
    assert [one["split"] for one in header["configs"][0]["data_files"]] == ["train", "test"]
