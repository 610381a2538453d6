"""`profile learn` writes what `generate --profile` reads, and says in one line what it cannot do."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli.commands import run
from warpsmith.cli import main
from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.reading import all_rows
from warpsmith.errors import UsageError
from warpsmith.manner.profile import read_profile

KERNELS = """
import warp as wp
raise RuntimeError("read, not imported")

@wp.func
def twice(x: float):
    return 2.0 * x

@wp.kernel
def walrus_step(tusks: wp.array[float], weight: float, out: wp.array[float]):
    widx = wp.tid()
    tusk = tusks[widx]
    if tusk < weight:
        tusk = wp.min(tusk, weight)
    out[widx] = twice(tusk) + weight

@wp.kernel
def walrus_sum(tusks: wp.array[float], out: wp.array[float], n: int):
    widx = wp.tid()
    total = float(0.0)
    for flipper in range(n):
        total += tusks[widx] * wp.sin(tusks[flipper])
    out[widx] = total
"""


@pytest.fixture
def kernels(tmp_path: Path) -> Path:
    path = tmp_path / "kernels.py"
    path.write_text(KERNELS)
    (tmp_path / "broken.py").write_text("import warp\ndef f(:\n")
    return path


def invoke(*arguments: str | Path) -> Result:
    return CliRunner(env={"COLUMNS": "120"}).invoke(main, ["profile", *map(str, arguments)], standalone_mode=False)


def test_learn_says_what_it_read(kernels: Path, tmp_path: Path) -> None:
    output = tmp_path / "walrus.json"
    result = invoke("learn", tmp_path, "-o", output)
    assert result.exception is None
    words = " ".join(result.output.split())
    assert f"{tmp_path.name} - 2 1 1" in words
    assert "broken.py" in words
    assert "kernels 2" in words
    assert "lines 6 in the middle, nine in ten up to 6" in words
    assert "builtins, of plain calls min (" in words
    profile = read_profile(output)
    assert (profile.name, profile.kernels) == ("walrus", 2)
    assert profile.names["counter"] == {"flipper": 1.0}
    assert invoke("learn", kernels, "-o", output, "--name", "other").exception is None
    assert read_profile(output).name == "other"


def test_show_says_what_a_profile_says(kernels: Path, tmp_path: Path) -> None:
    output = tmp_path / "walrus.json"
    invoke("learn", kernels, "-o", output)
    words = " ".join(invoke("show", output).output.split())
    assert "learned from kernels.py (2 kernels)" in words
    assert "dimensions of grids 1 (100.0%)" in words
    assert "element float (100.0%)" in words
    assert "sin" in words


def test_the_shipped_profile_is_shown_by_its_name() -> None:
    words = " ".join(invoke("show", "realistic").output.split())
    assert "learned from warp.examples 1.19.0 (170 kernels), mujoco_warp 4.0.0 (457 kernels)" in words
    assert "long/kernel assign " in words
    assert "mesh_queries" in words


def test_kernels_are_written_in_the_manner_that_was_learned(kernels: Path, tmp_path: Path) -> None:
    profile, folder = tmp_path / "walrus.json", tmp_path / "set"
    invoke("learn", kernels, "-o", profile)
    made = run(
        "generate",
        "-n",
        "12",
        "-o",
        folder,
        "--profile",
        profile,
        "--workers",
        "1",
        "--format",
        "jsonl",
        "--verify",
        "none",
    )
    assert made.returncode == 0, made.stderr
    sources = [row["python_source"] for row in all_rows(folder, read_manifest(folder))]
    assert len(sources) == 12
    assert all("widx = wp.tid()" in source for source in sources)
    assert any("for flipper in range(" in source for source in sources)


def test_help_without_a_command() -> None:
    result = invoke()
    assert result.exception is None
    assert "learn  Learn a profile from kernels that people wrote." in result.output


BAD = {
    "no target": (("learn", "-o", "p.json"), "Missing argument"),
    "no output": (("learn", "kernels.py"), "Missing option '-o'"),
    "no such target": (("learn", "no_such", "-o", "p.json"), "'no_such' is no Python file, folder, module or package"),
    "no kernels": (("learn", "none.py", "-o", "p.json"), "target 'none.py' has no Warp kernels in it"),
    "bad syntax": (
        ("learn", "broken.py", "-o", "p.json"),
        "'broken.py' cannot be read: line 2: invalid syntax; mend it",
    ),
    "empty target": (("learn", "", "-o", "p.json"), "target is empty; name a file"),
    "long target": (("learn", "a" * 300, "-o", "p.json"), "cannot be read: File name too long; name another file"),
    "long output": (("learn", "kernels.py", "-o", "a" * 300), "cannot be written: File name too long; name another"),
    "shipped name": (("learn", "kernels.py", "-o", "p.json", "--name", "mix"), "name 'mix' is that of a profile that"),
    "shipped file": (("learn", "kernels.py", "-o", "realistic.json"), "name 'realistic' is that of a profile that"),
    "empty name": (("learn", "kernels.py", "-o", "p.json", "--name", ""), "name '' is no word"),
    "long name": (("learn", "kernels.py", "-o", "p.json", "--name", "a" * 65), "' is no word; give one of up to 64"),
    "no folder": (("learn", "kernels.py", "-o", "a/p.json"), "there is no folder 'a'; make it first"),
    "no profile there": (("learn", "kernels.py", "-o", "set.json"), "'set.json' is there and is no profile"),
    "a folder there": (("learn", "kernels.py", "-o", "."), "'.' is there and is no profile"),
    "no name": (("learn", "kernels.py", "-o", "a b.json"), "name 'a b' is no word"),
    "not shown": (("show", "balanced"), "profile 'balanced' is a rule, not learned"),
    "unknown": (("show", "realistik"), "did you mean 'realistic'?"),
    "no file": (("show", "none.json"), "'none.json' cannot be read"),
    "another file": (("show", "set.json"), "profile 'set.json' cannot be used: Object missing required field"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_is_said_in_one_line(
    kernels: Path, what: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(kernels.parent)
    Path("none.py").write_text("import warp as wp\n")
    Path("set.json").write_text(json.dumps({"kernels": 3}))
    arguments, line = BAD[what]
    with pytest.raises(SystemExit) as ended:
        main(["profile", *arguments])
    streams = capsys.readouterr()
    assert (ended.value.code, streams.out, streams.err.count("\n")) == (2, "", 1)
    assert line in streams.err
    assert not Path("p.json").exists()
    assert json.loads(Path("set.json").read_text()) == {"kernels": 3}


@pytest.mark.parametrize("command", ["learn", "show"])
def test_help_explains_every_option(command: str) -> None:
    result = invoke(command, "--help")
    assert result.exception is None
    assert "Usage: " in result.output


def test_a_file_that_is_named_twice_counts_once(kernels: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "once.json", tmp_path / "twice.json"
    invoke("learn", kernels, "-o", once, "--name", "x")
    result = invoke("learn", kernels, kernels.parent / "." / kernels.name, "-o", twice, "--name", "x")
    assert "kernels.py: 2 kernels stand in files that were read for an earlier target" in result.output
    assert once.read_bytes() == twice.read_bytes()


def test_a_profile_of_another_format_is_written_over(kernels: Path, tmp_path: Path) -> None:
    output = tmp_path / "old.json"
    invoke("learn", kernels, "-o", output)
    content = json.loads(output.read_text())
    output.write_text(json.dumps({**content, "format": 0, "gone": {}}))
    assert "learn it anew" in str(invoke("show", output).exception)
    assert invoke("learn", kernels, "-o", output).exception is None
    assert json.loads(output.read_text()) == content


def test_the_shipped_profile_keeps_its_name_in_its_file() -> None:
    from warpsmith.cli.profile import _checked_name
    from warpsmith.synth import profiles

    shipped = Path(profiles.__file__).with_name("realistic.json")
    assert _checked_name("realistic", shipped) == "realistic"
    with pytest.raises(UsageError, match="name 'mix' is that of"):
        _checked_name("mix", shipped)


def test_names_are_shown_as_they_are(kernels: Path, tmp_path: Path) -> None:
    output, named = tmp_path / "p.json", tmp_path / "[b]:x:.py"
    named.write_text(kernels.read_text())
    assert "[b]:x:.py" in invoke("learn", named, "-o", output).output
    content = json.loads(output.read_text())
    output.write_text(json.dumps({**content, "name": "[/foo]"}))
    shown = invoke("show", output)
    assert shown.exception is None
    assert "[/foo]" in shown.output
    assert "learned from         [b]:x:.py" in shown.output
