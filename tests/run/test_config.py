"""Options become one configuration, or one line that says what is wrong."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warpsmith.errors import UsageError
from warpsmith.run.config import (
    JobConfig,
    make_config,
    parse_categories,
    parse_levels,
    parse_profile,
    parse_splits,
    read_config_file,
)
from warpsmith.synth import CATEGORIES, SYNONYMS
from warpsmith.synth.profiles import shipped


def test_nothing_given_is_the_default() -> None:
    assert make_config({}) == JobConfig()
    assert (JobConfig().profile, JobConfig().categories, JobConfig().levels) == ("mix", None, None)
    assert JobConfig().targets == ("cpu", "cuda")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("math", {"math": 1}),
        ("loop,math=2", {"math": 2, "loop": 1}),
        (("math=2", "loop,atomic"), {"math": 2, "loop": 1, "atomic": 1}),
        ("math=4,loop=6", {"math": 2, "loop": 3}),
        ("math=0.5,loop=1.5", {"math": 1, "loop": 3}),
        ("math=1,loop=0", {"math": 1}),
        ({"math": 0.1, "loop": 0.2}, {"math": 1, "loop": 2}),
        ("reduction, branch", {"control_flow": 1, "atomic": 1}),
    ],
)
def test_categories(written: Any, meant: dict[str, int]) -> None:
    assert parse_categories(written) == meant
    assert list(parse_categories(written)) == [name for name in CATEGORIES if name in meant]


@given(st.dictionaries(st.sampled_from(CATEGORIES), st.integers(1, 50), min_size=1), st.integers(1, 20))
def test_only_the_ratio_of_weights_counts(weights: dict[str, int], factor: int) -> None:
    larger = {name: weight * factor for name, weight in reversed(weights.items())}
    assert parse_categories(larger) == parse_categories(weights)
    assert make_config({"categories": weights}) == make_config({"categories": larger})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("train", {"train": 1}),
        ("train=90,validation=5,test=5", {"train": 18, "validation": 1, "test": 1}),
        (("test=1", "train=0.5"), {"test": 2, "train": 1}),
        ({"train": 0.8, "held_out": 0.2}, {"train": 4, "held_out": 1}),
        ("train=1,test=0", {"train": 1}),
    ],
)
def test_splits(written: Any, meant: dict[str, int]) -> None:
    assert parse_splits(written) == meant
    assert list(parse_splits(written)) == list(meant)
    assert parse_splits(meant) == meant


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "splits are empty"),
        ("train=0", "splits are empty"),
        ("train,train", "split 'train' is given twice"),
        ("train=-1", "split 'train' has the weight '-1'"),
        ("train=many", "split 'train' has the weight 'many'"),
        ("../train", "split '../train' is no name"),
        ("all", "split 'all' is no name"),
        (7, "splits is 7"),
    ],
)
def test_splits_that_cannot_be_are_refused(written: Any, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        parse_splits(written)


@pytest.mark.parametrize("synonym", SYNONYMS)
def test_synonyms_are_accepted(synonym: str) -> None:
    assert parse_categories(synonym) == {SYNONYMS[synonym]: 1}


@pytest.mark.parametrize(
    ("written", "meant"), [(3, (3,)), ("3", (3,)), ("2-4", (2, 3, 4)), ("1,3-4", (1, 3, 4)), ([5, "1-2"], (1, 2, 5))]
)
def test_levels(written: Any, meant: tuple[int, ...]) -> None:
    assert parse_levels(written) == meant
    assert make_config({"level": written}).levels == meant


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"count": 0}, "count is 0"),
        ({"count": "many"}, "count is 'many'"),
        ({"count": True}, "count is True"),
        ({"seed": -1}, "seed is -1"),
        ({"device": "gpu"}, "device is 'gpu'; use both, cpu, cuda"),
        ({"format": "csv"}, "format is 'csv'; use parquet, jsonl, json"),
        ({"shard_size": 0}, "shard_size is 0"),
        ({"level": "0"}, "level '0'"),
        ({"level": "4-2"}, "level '4-2'"),
        ({"level": 1.5}, "level '1.5'"),
        ({"level": "six"}, "level 'six'"),
        ({"categories": "maths"}, "'math'"),
        ({"categories": "math,trig"}, "twice"),
        ({"categories": "math=-1"}, "'-1'"),
        ({"categories": "math=x"}, "'x'"),
        ({"categories": "math=1/0"}, "'1/0'"),
        ({"categories": "math=nan"}, "'nan'"),
        ({"categories": "math=0"}, "empty"),
        ({"categories": ""}, "empty"),
        ({"categories": 7}, "categories is 7"),
        ({"categories": "math=1000001,loop=1000000"}, "rounder"),
        ({"level": "1" * 5000}, "level '111"),
        ({"profile": ""}, "profile is empty; name one of mix, realistic"),
        (
            {"profile": "none.json"},
            "cannot be read: No such file or directory; name a file of `warpsmith profile learn`",
        ),
        ({"profile": "/"}, "cannot be read: Is a directory; name a file of `warpsmith profile learn`"),
        ({"profile": "a" * 300}, "cannot be read: File name too long; name a file"),
        ({"profile": "a\0.json"}, "cannot be read: embedded null byte; name a file"),
    ],
)
def test_what_cannot_be_is_one_line(options: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as error:
        make_config(options)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_has_the_options_by_their_names(tmp_path: Path) -> None:
    path = tmp_path / "job.toml"
    path.write_text('count = 5\nlevel = "2-3"\n[categories]\nmath = 2\nloop = 1\n')
    config = make_config(read_config_file(path, ["count", "level", "categories"]))
    assert (config.count, config.levels, config.categories) == (5, (2, 3), {"math": 2, "loop": 1})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"cuont = 5", "unknown key 'cuont'; did you mean 'count'"),
        (b"count = = 5", "not valid TOML"),
        (b"\xff\xfe", "not UTF-8"),
        (b"count = " + b"1" * 5000, "not valid TOML"),
        (b"count = " + b"[" * 5000, "not valid TOML"),
    ],
)
def test_a_bad_file_is_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "job.toml"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        read_config_file(path, ["count", "seed"])


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml"):
        read_config_file(tmp_path / "none.toml", ["count"])


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"calls": {"sinn": 1.0}}, "calls: 'sinn' is no builtin of this version of Warp; did you mean 'sin'?"),
        ({"operators": {"atomic": {"atomic_ad": 1.0}}}, "operators.atomic: 'atomic_ad' is no builtin"),
    ],
)
def test_a_profile_calls_what_warp_has(table: dict[str, Any], said: str) -> None:
    profile = msgspec.to_builtins(shipped("realistic"))
    assert parse_profile(profile) == shipped("realistic")
    with pytest.raises(UsageError, match="profile 'of the configuration' cannot be used: ") as error:
        parse_profile({**profile, **table})
    assert said in str(error.value)
