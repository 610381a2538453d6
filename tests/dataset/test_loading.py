"""Every library reads a set with the splits, the rows and the types that it has, without the network."""

import re
from pathlib import Path
from typing import Any

import datasets
import duckdb
import mlcroissant
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from huggingface_hub import DatasetCard

from tests.dataset.manifests import finished_set
from warpsmith.dataset.card import header
from warpsmith.dataset.formats import FORMATS
from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.reading import all_rows
from warpsmith.record import arrow_schema
from warpsmith.run.job import run_job

SPLITS = {"train": 12, "validation": 6, "test": 6}
PAGE = Path(__file__).parent.parent.parent / "docs" / "loading.md"
LISTINGS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A set of 24 kernels in each format, in which nothing was checked and nothing has PTX."""
    folders = {form: tmp_path_factory.mktemp(form) / "run1" for form in FORMATS}
    options: dict[str, Any] = {"count": 24, "shard_size": 8, "level": "1-2", "verify": "none"}
    for form, folder in folders.items():
        run_job({**options, "format": form, "splits": "train=2,validation,test"}, folder, workers=0)
    return folders


@pytest.fixture(autouse=True)
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")


def rows_of(folder: Path) -> list[dict[str, Any]]:
    return list(all_rows(folder, read_manifest(folder)))


def split_of(folder: Path, split: str) -> list[dict[str, Any]]:
    sizes = read_manifest(folder).splits
    first = sum(sizes[name] for name in list(sizes)[: list(sizes).index(split)])
    return rows_of(folder)[first : first + sizes[split]]


@pytest.mark.parametrize("form", FORMATS)
def test_datasets(sets: dict[str, Path], form: str) -> None:
    loaded = datasets.load_dataset(str(sets[form]))
    assert {name: split.num_rows for name, split in loaded.items()} == SPLITS
    for name, split in loaded.items():
        assert split.features == datasets.Features.from_arrow_schema(arrow_schema())
        assert split.features.arrow_schema.types == arrow_schema().types
        assert split.to_list() == split_of(sets[form], name)


@pytest.mark.parametrize("form", FORMATS)
def test_datasets_with_verdicts(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "set"
    verdicts: dict[str, Any] = {
        "compiles_cpu": True,
        "runs": False,
        "gradient": "match",
        "gradient_error": 0.5,
        "ptx": "// ptx",
    }
    (folder / "README.md").write_text(header(finished_set(folder, form, **verdicts)))
    loaded = datasets.load_dataset(str(folder), split="train")
    assert loaded.features == datasets.Features.from_arrow_schema(arrow_schema())
    assert loaded.to_list() == rows_of(folder)


@pytest.mark.parametrize("form", FORMATS)
def test_datasets_streaming(sets: dict[str, Path], form: str) -> None:
    loaded = datasets.load_dataset(str(sets[form]), split="test", streaming=True)
    assert list(loaded) == split_of(sets[form], "test")


def test_pandas(sets: dict[str, Path]) -> None:
    loaded = pd.read_parquet(sets["parquet"] / "data", dtype_backend="pyarrow")
    assert [dtype.pyarrow_dtype for dtype in loaded.dtypes] == arrow_schema().types
    assert sorted(loaded["id"]) == sorted(row["id"] for row in rows_of(sets["parquet"]))
    one = rows_of(sets["parquet"])[0]
    (row,) = loaded[loaded["id"] == one["id"]].to_dict("records")
    assert list(row["cpp_forward_lines"]) == one["cpp_forward_lines"]
    assert row["provenance"] == one["provenance"]


def test_polars(sets: dict[str, Path]) -> None:
    for name in SPLITS:
        loaded = pl.read_parquet(sets["parquet"] / "data" / f"{name}-*.parquet")
        assert loaded.to_dicts() == split_of(sets["parquet"], name)
        assert dict(loaded.schema) == dict(pl.from_arrow(arrow_schema().empty_table()).schema)  # type: ignore[union-attr]


DUCKDB_TYPES = {
    "string": "VARCHAR",
    "int8": "TINYINT",
    "int64": "BIGINT",
    "bool": "BOOLEAN",
    "double": "DOUBLE",
    "list<item: int32>": "INTEGER[]",
    "list<item: string>": "VARCHAR[]",
}


def duckdb_type(kind: pa.DataType) -> str:
    if isinstance(kind, pa.StructType):
        parts = ", ".join(f'"{field.name}" {duckdb_type(field.type)}' for field in kind)
        return f"STRUCT({parts})"
    return DUCKDB_TYPES[str(kind)]


def test_duckdb(sets: dict[str, Path]) -> None:
    files = f"'{sets['parquet']}/data/*.parquet'"
    described = duckdb.execute(f"DESCRIBE SELECT * FROM {files}").fetchall()
    assert [name for name, *_ in described] == arrow_schema().names
    found = [re.sub(r'"?(\b[a-z]+\b)"?', r'"\1"', kind) for _, kind, *_ in described]
    assert found == [duckdb_type(kind) for kind in arrow_schema().types]
    counted = duckdb.execute(f"SELECT list_sort(list(id)), count(DISTINCT provenance.index) FROM {files}").fetchall()
    assert counted == [(sorted(row["id"] for row in rows_of(sets["parquet"])), 24)]


@pytest.mark.parametrize("form", FORMATS)
def test_mlcroissant(sets: dict[str, Path], form: str) -> None:
    described = mlcroissant.Dataset(jsonld=sets[form] / "croissant.json")
    issues = described.metadata.ctx.issues
    assert not issues.errors
    (warning,) = issues.warnings  # a date would make other bytes every day
    assert "datePublished" in warning
    records = {record["default/id"].decode(): record for record in described.records("default")}
    for split in SPLITS:
        for row in split_of(sets[form], split):
            record = records.pop(row["id"])
            assert record.pop("default/split").decode() == split
            assert plain(record) == row
    assert not records


def plain(value: Any) -> Any:
    """Return what mlcroissant reads as it was written: names without what is before them, texts as texts."""
    if isinstance(value, dict):
        return {name.rpartition("/")[2]: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.decode() if isinstance(value, bytes) else value


def test_mlcroissant_filters_by_split_and_finds_a_changed_file(sets: dict[str, Path]) -> None:
    described = mlcroissant.Dataset(jsonld=sets["parquet"] / "croissant.json")
    found = [record["default/id"].decode() for record in described.records("default", {"default/split": "test"})]
    assert found == [row["id"] for row in split_of(sets["parquet"], "test")]
    hashes = {one.id: one.sha256 for one in described.metadata.file_objects}
    manifest = read_manifest(sets["parquet"])
    assert hashes == {entry.path: entry.sha256 for entry in (*manifest.files, manifest.index)}


@pytest.mark.parametrize("form", FORMATS)
def test_the_hub_reads_the_card(sets: dict[str, Path], form: str) -> None:
    data = DatasetCard.load(sets[form] / "README.md").data
    assert (data["license"], data["language"], data["size_categories"]) == ("apache-2.0", ["en", "code"], ["n<1K"])
    (config,) = data["configs"]
    assert [one["path"] for one in config["data_files"]] == [f"data/{split}-*.{form}" for split in SPLITS]
    assert [(one["name"], one["num_examples"]) for one in data["dataset_info"]["splits"]] == list(SPLITS.items())


def test_files_say_which_schema_they_have(sets: dict[str, Path]) -> None:
    manifest = read_manifest(sets["parquet"])
    metadata = pq.read_schema(sets["parquet"] / manifest.files[0].path).metadata
    assert metadata[b"warpsmith.schema_version"] == str(manifest.schema_version).encode()
    assert f"Schema {manifest.schema_version}." in (sets["parquet"] / "README.md").read_text()


@pytest.fixture
def beside_a_set(sets: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder that has a set in `data/run1`."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "run1").symlink_to(sets["parquet"])
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("listing", LISTINGS, ids=[text.split()[1] for text in LISTINGS])
@pytest.mark.usefixtures("beside_a_set")
def test_listings_of_the_page_run(listing: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(listing, {})
    assert capsys.readouterr().out
