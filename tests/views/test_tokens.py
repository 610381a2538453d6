"""Lengths in tokens, by a tokenizer that the tests make."""

import hashlib
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit
from tokenizers.processors import TemplateProcessing

import warpsmith
from tests.views.sets import VERIFIED, set_of, small_row
from warpsmith.errors import PrerequisiteError, UsageError
from warpsmith.views.entry import Pair
from warpsmith.views.tokens import Lengths, TokenCounter


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tokenizer that counts words, puts a token in front, cuts off after four and fills up to twenty."""
    words: Any = Tokenizer(WordLevel({"[UNK]": 0, "[BOS]": 1}, unk_token="[UNK]"))
    words.pre_tokenizer = WhitespaceSplit()
    words.post_processor = TemplateProcessing(single="[BOS] $A", special_tokens=[("[BOS]", 1)])
    words.enable_truncation(4)
    words.enable_padding(length=20)
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    words.save(str(path))
    return path


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [small_row(index, **VERIFIED) for index in range(5)]
    rows[3]["python_source"] += "# and a few words more\n"
    return set_of(tmp_path_factory.mktemp("tokens") / "set", {"train": rows})


def test_counts_all_tokens_and_no_special_ones(tokenizer: Path) -> None:
    pairs = [Pair("a b c d e f", "g"), Pair("", "h i")]
    assert TokenCounter(tokenizer).count(pairs) == [Lengths(6, 1), Lengths(0, 2)]
    assert TokenCounter(tokenizer).count([]) == []


def test_columns_of_tokens(source: Path, tokenizer: Path, tmp_path: Path) -> None:
    made = warpsmith.export(source, tmp_path, "python-to-cpp", form="prompt", tokenizer=tokenizer)
    rows = pq.read_table(tmp_path / "data" / "train-00000-of-00001.parquet").to_pylist()
    for row in rows:
        lengths = (len(row["prompt"].split()), len(row["completion"].split()))
        assert (row["prompt_tokens"], row["completion_tokens"]) == lengths
        assert row["tokens"] == sum(lengths)
    assert made.tokens is not None
    assert made.tokens.prompt == sum(row["prompt_tokens"] for row in rows)
    assert made.tokens.completion == sum(row["completion_tokens"] for row in rows)
    assert made.tokens.tokenizer == hashlib.sha256(tokenizer.read_bytes()).hexdigest()
    assert "`prompt_tokens`" in (tmp_path / "README.md").read_text()


def test_no_columns_of_tokens_without_a_tokenizer(source: Path, tmp_path: Path) -> None:
    assert warpsmith.export(source, tmp_path, "python-to-cpp").tokens is None
    assert "tokens" not in pq.read_schema(tmp_path / "data" / "train-00000-of-00001.parquet").names


def test_a_limit_of_tokens(source: Path, tokenizer: Path, tmp_path: Path) -> None:
    warpsmith.export(source, tmp_path / "all", "cuda-to-python", tokenizer=tokenizer)
    rows = pq.read_table(tmp_path / "all" / "data" / "train-00000-of-00001.parquet").to_pylist()
    counts = [row["tokens"] for row in rows]
    limit = sorted(counts)[2]
    made = warpsmith.export(source, tmp_path / "some", "cuda-to-python", tokenizer=tokenizer, max_tokens=limit)
    fitting = sum(count <= limit for count in counts)
    assert made.entries == fitting < 5
    assert made.left_out == {f"longer than {limit} tokens": 5 - fitting}


def test_a_tokenizer_that_cannot_be_read(source: Path, tmp_path: Path) -> None:
    broken = tmp_path / "tokenizer.json"
    broken.write_text("{}")
    for path, words in ((broken, "cannot be read ("), (tmp_path / "none.json", "is no file; name a tokenizer.json")):
        with pytest.raises(UsageError) as raised:
            warpsmith.export(source, tmp_path / "out", "python-to-cpp", tokenizer=path)
        assert words in str(raised.value)
        assert "\n" not in str(raised.value)


def test_without_the_extra(source: Path, tokenizer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(PrerequisiteError, match=r"pip install 'warpsmith\[tokens\]'"):
        warpsmith.export(source, tmp_path / "out", "python-to-cpp", tokenizer=tokenizer)
    assert warpsmith.export(source, tmp_path / "out", "python-to-cpp").entries == 5
