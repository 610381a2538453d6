"""Whatever is changed in a set, a validation finds it and says where."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.dataset.manifests import write_manifest
from warpsmith.dataset.atomic import sha256_of
from warpsmith.dataset.formats import FORMATS, FileEntry
from warpsmith.dataset.manifest import read_manifest
from warpsmith.errors import DatasetError
from warpsmith.run.job import run_job
from warpsmith.run.validation import sample, validate

Row = dict[str, Any]


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One finished set of 8 kernels in 2 shards for each format."""
    folders = {form: tmp_path_factory.mktemp(form) for form in FORMATS}
    for form, folder in folders.items():
        run_job({"count": 8, "shard_size": 4, "format": form, "level": 1, "verify": "none"}, folder, workers=0)
    return folders


@pytest.fixture
def folder(sets: dict[str, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(sets["parquet"], tmp_path / "set"))


def found(folder: Path) -> set[tuple[str, str]]:
    return {(finding.where, finding.check) for finding in validate(folder, workers=0).findings}


@pytest.mark.parametrize("form", FORMATS)
def test_a_sound_set_passes(sets: dict[str, Path], form: str) -> None:
    validation = validate(sets[form], workers=0)
    assert (validation.rows, validation.findings) == (8, [])


def test_workers_find_the_same(folder: Path) -> None:
    (folder / "data" / "train-00001-of-00002.parquet").write_bytes(b"nonsense")
    assert validate(folder, workers=2).findings == validate(folder, workers=0).findings != []


def test_a_sample_is_compiled(sets: dict[str, Path]) -> None:
    assert validate(sets["jsonl"], workers=0, compile_count=2)[2:] == (2, [])


@pytest.mark.parametrize(("rows", "wanted"), [(10, 0), (10, 4), (10, 10), (10, 99)])
def test_samples_are_fixed(rows: int, wanted: int) -> None:
    chosen = sample(rows, wanted)
    assert len(set(chosen)) == min(rows, wanted)
    assert set(chosen) <= set(range(rows))
    assert chosen == sample(rows, wanted)


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"no manifest\.json"):
        validate(tmp_path, workers=0)


def test_truncated_missing_and_foreign_files_are_named(folder: Path) -> None:
    first, second = (folder / "data" / f"train-0000{number}-of-00002.parquet" for number in (0, 1))
    first.write_bytes(first.read_bytes()[:-9])
    second.rename(folder / "data" / "other.parquet")
    assert found(folder) >= {
        ("data/train-00000-of-00002.parquet", "digest"),
        ("data/train-00000-of-00002.parquet", "read"),
        ("data/train-00001-of-00002.parquet", "file"),
        ("data/other.parquet", "file"),
        ("manifest.json", "counts"),
    }


def test_one_flipped_bit_is_found(folder: Path) -> None:
    path = folder / "data" / "train-00001-of-00002.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert ("data/train-00001-of-00002.parquet", "digest") in found(folder)


def changed_set(folder: Path, change: Callable[[list[Row]], None]) -> Path:
    """Change rows of the second shard and make the manifest agree with the new bytes."""
    manifest = read_manifest(folder)
    shard = manifest.shards[1]
    path = folder / shard.files[0].path
    rows = list(FORMATS["jsonl"].rows(path))
    change(rows)
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    files = (FileEntry(shard.files[0].path, len(rows), path.stat().st_size, sha256_of(path)),)
    shards = (manifest.shards[0], msgspec.structs.replace(shard, files=files), *manifest.shards[2:])
    write_manifest(folder, msgspec.structs.replace(manifest, shards=shards))
    return folder


def set_column(name: str, value: Any) -> Callable[[list[Row]], None]:
    return lambda rows: rows[2].update({name: value(rows[2][name]) if callable(value) else value})


def twice(rows: list[Row]) -> None:
    rows[1] = dict(rows[0])


def one_less(rows: list[Row]) -> None:
    del rows[3]


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (set_column("cpp", lambda text: text.replace("var_0", "var_1")), "compare"),
        (set_column("cuda_backward", None), "compare"),
        (set_column("cpp_forward_lines", lambda lines: lines[1:]), "compare"),
        (set_column("builtins", ["sin"]), "compare"),
        (set_column("id", "0" * 16), "compare"),
        (set_column("fingerprint", "0" * 32), "compare"),
        (set_column("python_source", lambda text: text + "x = 1\n"), "compare"),
        (set_column("python_source", "raise SystemExit(3)"), "defines"),
        (set_column("python_source", lambda text: text.replace("wp.tid()", "wp.nope()")), "generates"),
        (set_column("kernel_name", "nope"), "defines"),
        (set_column("level", 9), "schema"),
        (set_column("level", "one"), "schema"),
        (set_column("category", None), "schema"),
        (set_column("extra", 1), "schema"),
        (set_column("cpp", None), "device"),
        (twice, "unique"),
        (set_column("category", "other"), "counts"),
        (one_less, "counts"),
    ],
)
def test_a_changed_row_is_found(
    sets: dict[str, Path], tmp_path: Path, change: Callable[[list[Row]], None], check: str
) -> None:
    folder = changed_set(Path(shutil.copytree(sets["jsonl"], tmp_path / "set")), change)
    assert check in {finding.check for finding in validate(folder, workers=0).findings}


def test_other_columns_of_a_parquet_file_are_found(folder: Path) -> None:
    import pyarrow.parquet as pq

    path = folder / "data" / "train-00000-of-00002.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["ptx"]), path)
    assert ("data/train-00000-of-00002.parquet", "schema") in found(folder)


def test_wrong_statistics_are_found(folder: Path) -> None:
    path = folder / "stats.json"
    path.write_text(path.read_text().replace('"kernels": 8', '"kernels": 9'))
    assert found(folder) == {("stats.json", "counts")}


def test_a_card_that_does_not_load_is_found_and_words_are_free(folder: Path) -> None:
    path = folder / "README.md"
    path.write_text(path.read_text() + "\nMy own words.\n")
    assert found(folder) == set()
    path.write_text(path.read_text().replace("dtype: int8", "dtype: int32"))
    assert found(folder) == {("README.md", "header")}
    path.unlink()
    assert found(folder) == {("README.md", "header")}


def test_a_changed_croissant_file_is_found(folder: Path) -> None:
    path = folder / "croissant.json"
    path.write_text(path.read_text().replace("sc:Text", "sc:URL"))
    assert found(folder) == {("croissant.json", "content")}


def test_a_set_of_another_warp_is_said_not_to_be_compared(folder: Path) -> None:
    manifest = read_manifest(folder)
    write_manifest(folder, msgspec.structs.replace(manifest, versions={**manifest.versions, "warp": "1.18.0"}))
    assert found(folder) == {("manifest.json", "version")}
