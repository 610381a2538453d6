"""A card says what is in the manifest and the statistics, whatever words people have put there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from huggingface_hub import DatasetCard

from tests.dataset.manifests import finished_set
from tests.dataset.records import record
from warpsmith.dataset.card import Sample, card, header, is_loadable
from warpsmith.dataset.coverage import Coverage
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.statistics import SetStatistics, Statistics
from warpsmith.record import COLUMNS

COVERAGE = Coverage(3, 348, 5, 2368, [], [])
COMMAND = "warpsmith generate -n 6 -s 7"
SAMPLE = Sample("0" * 16, "Stores 0.", "import warp as wp\n", "cpp_forward", "var_0 = var_1;")


def counted(changes: dict[str, Any] | None = None) -> SetStatistics:
    statistics = Statistics()
    for number in range(6):
        statistics.add({**record(number).row(), **(changes or {})})
    return SetStatistics(6, statistics, COVERAGE)


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    return finished_set(tmp_path / "set", "jsonl")


def test_a_card(manifest: Manifest, golden: Callable[[str, str], None]) -> None:
    golden("dataset/card.md.txt", card(manifest, counted(), COMMAND, SAMPLE))


def test_a_card_of_peoples_kernels(manifest: Manifest, golden: Callable[[str, str], None]) -> None:
    manifest = of_people(manifest)
    statistics = counted({"provenance": {"kind": "package", "license": "MIT"}, "gradient": "match"})
    golden("dataset/card-people.md.txt", card(manifest, statistics, "warpsmith extract robots", None))


def of_people(manifest: Manifest) -> Manifest:
    configuration = {"kind": "extract", "targets": ["robots"], "device": "both", "format": "jsonl"}
    return msgspec.structs.replace(manifest, configuration=configuration, rejected=2)


def test_every_column_is_there(manifest: Manifest) -> None:
    text = card(manifest, counted(), COMMAND, SAMPLE)
    assert all(f"| `{column.name}` |" in text for column in COLUMNS)


def test_words_of_people_stay_words(manifest: Manifest) -> None:
    nasty = "A | B\n\n# `C` <script>alert(1)</script> [x](y)"
    provenance = {"kind": "package", "license": nasty}
    manifest = msgspec.structs.replace(of_people(manifest), categories={nasty: 6})
    sample = Sample("0" * 16, nasty, 'TEXT = """\n```\n<script>\n````\n"""', "cpp_forward", "// ```")
    text = card(manifest, counted({"provenance": provenance}), "warpsmith extract x", sample)
    shown = r"A \| B \# \`C\` &lt;script>alert(1)&lt;/script> \[x\](y)"
    assert text.count(f"| {shown} | 6 |") == 2
    assert f"`{'0' * 16}`: {shown}\n" in text
    assert "\n`````python\nTEXT" in text
    assert "\n````cpp\n// ```\n````\n" in text


def test_a_set_of_a_million_and_one_without_licences(manifest: Manifest) -> None:
    text = header(msgspec.structs.replace(of_people(manifest), rows=1_000_000))
    data = DatasetCard(text).data
    assert (data["size_categories"], data["license"], data["license_name"]) == (["1M<n<10M"], "other", "of-each-row")


def test_people_may_edit_the_words_but_not_what_is_loaded(manifest: Manifest) -> None:
    text = card(manifest, counted(), COMMAND, SAMPLE)
    assert is_loadable(text.replace("# Warp kernels", "# My kernels").replace("- en\n", "- de\n"), manifest)
    for changed in ("dtype: int8", "path: ", "num_examples: 6"):
        assert changed in text
        assert not is_loadable(text.replace(changed, "x"), manifest)
    assert not is_loadable("", manifest)


def test_a_split_without_files_is_not_loaded(manifest: Manifest) -> None:
    empty = msgspec.structs.replace(manifest.shards[0], files=(), split="test")
    manifest = msgspec.structs.replace(manifest, shards=(*manifest.shards, empty), splits={"train": 6, "test": 0})
    data = DatasetCard(header(manifest)).data
    assert [one["split"] for one in data["configs"][0]["data_files"]] == ["train"]
