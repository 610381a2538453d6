"""The command in a card, typed again, is the configuration in the manifest."""

import shlex
from typing import Any

import msgspec
import pytest

from tests.dataset.manifests import finished_set
from warpsmith.cli.generate import _options, generate
from warpsmith.dataset.manifest import Manifest
from warpsmith.run.command import commands_of
from warpsmith.run.config import Barred, JobConfig, make_config
from warpsmith.run.people import people_config
from warpsmith.synth.profiles import shipped


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    return finished_set(tmp_path_factory.mktemp("by-hand") / "set")


def command(manifest: Manifest, config: Any, **changes: Any) -> str:
    return commands_of(msgspec.structs.replace(manifest, configuration=msgspec.to_builtins(config), **changes))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "-n 1000 -s 0"),
        ({"count": 7, "seed": 3, "verify": "run", "mismatch": "reject"}, "-n 7 -s 3 --verify run --mismatch reject"),
        ({"categories": "math=2,loop", "level": "2-4"}, "-n 1000 -s 0 -c math=2,loop --level 2-4"),
        ({"level": "1,3"}, "-n 1000 -s 0 --level 1,3"),
        ({"level": "3"}, "-n 1000 -s 0 --level 3"),
        ({"profile": "coverage", "ptx": True}, "-n 1000 -s 0 --profile coverage --ptx"),
        ({"profile": "mix", "level": "1"}, "-n 1000 -s 0 --profile mix --level 1"),
        ({"differentiable": True}, "-n 1000 -s 0 --differentiable"),
        ({"differentiable": True, "categories": "math"}, "-n 1000 -s 0 -c math --differentiable"),
        ({"splits": "train=9,test", "shard_size": 50}, "-n 1000 -s 0 --splits train=9,test --shard-size 50"),
        ({"splits": "test,validation,train=18"}, "-n 1000 -s 0 --splits test,validation,train=18"),
        ({"device": "cuda", "format": "jsonl"}, "-n 1000 -s 0 -d cuda --format jsonl"),
    ],
)
def test_a_command_typed_again_is_the_configuration(by_hand: Manifest, options: dict[str, Any], words: str) -> None:
    config = make_config(options)
    line = command(by_hand, config)
    assert line == f"warpsmith generate {words}"
    given = generate.make_context("generate", shlex.split(line)[2:]).params
    given = {name: value for name, value in given.items() if name not in {"config", "resume", "overwrite"}}
    again = make_config(_options(None, given))
    assert again == config
    assert list(again.splits) == list(config.splits)


def test_what_is_not_in_the_manifest_is_named(by_hand: Manifest) -> None:
    config = JobConfig(profile=shipped("realistic"), against=(Barred("old set", 3, "x"),))
    assert command(by_hand, config) == "warpsmith generate -n 1000 -s 0 --profile profile.json --against 'old set'"


def test_a_set_that_lost_records_when_it_was_verified_takes_two_commands(by_hand: Manifest) -> None:
    before = {"verify": "none", "mismatch": "keep"}
    config = JobConfig(count=6, mismatch="reject")
    assert command(by_hand, config, before_verify=before).splitlines() == [
        "warpsmith generate -n 6 -s 0 --verify none",
        "warpsmith verify --depth gradient --mismatch reject",
    ]


def test_a_configuration_of_another_version_is_no_reason_to_fail(by_hand: Manifest) -> None:
    assert command(by_hand, {"count": 6, "colour": "blue"}).startswith("# of another version of warpsmith")


def test_commands_for_peoples_kernels(by_hand: Manifest) -> None:
    extract = people_config("extract", ("my package", "a.py"), "cpu", "jsonl", "MIT,Apache-2.0")
    assert command(by_hand, extract) == (
        "warpsmith extract 'my package' a.py -d cpu --format jsonl --license-allow MIT,Apache-2.0"
    )
    assert command(by_hand, people_config("corpus", ("newton",), "both", "parquet")) == "warpsmith corpus"
    seen = msgspec.structs.replace(people_config("capture", ("train.py",), "both", "parquet"), verify="run")
    assert command(by_hand, seen) == "warpsmith capture train.py\nwarpsmith verify --depth run"
