import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import run
from tests.discover.people import BROKEN, write_broken, write_package
from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.reading import all_rows
from warpsmith.dataset.rejected import read_rejections
from warpsmith.extract import extract_source
from warpsmith.record import KernelCode, KernelSource
from warpsmith.run.events import Silent
from warpsmith.run.extraction import Extraction, extract
from warpsmith.run.modules import Patience
from warpsmith.run.people import PeopleConfig
from warpsmith.run.validation import validate


class Heard(Silent):
    """Keeps the notes."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, line: str) -> None:
        self.notes.append(line)


def extracted(targets: list[Path | str], folder: Path, **options: Any) -> tuple[Extraction, list[str]]:
    heard = Heard()
    config = PeopleConfig(targets=tuple(map(str, targets)), **options)
    return extract(config, folder, workers=1, patience=Patience(3.0, 60.0), reporter=heard), heard.notes


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set made of the small package."""
    folder = tmp_path_factory.mktemp("small")
    extracted([write_package(folder)], folder / "set")
    return folder / "set"


def rows_of(folder: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in all_rows(folder, read_manifest(folder)):
        found.setdefault(row["kernel_name"], []).append(row)
    return found


def test_every_kernel_is_there_and_cut_loose(small: Path) -> None:
    rows = rows_of(small)
    numbers = {name: len(found) for name, found in rows.items()}
    assert numbers == {"fall": 1, "turn": 1, "double": 2, "made": 2, "own": 1, "twice_named": 1}
    assert all(row["self_contained"] for found in rows.values() for row in found)


def test_its_card_says_whose_the_kernels_are(small: Path) -> None:
    card = (small / "README.md").read_text()
    assert f"\nwarpsmith extract {small.parent / 'small'}\n" in card
    assert "\nlicense: other\n" in card
    assert "written by people and found in their files" in card


def test_a_text_has_what_it_needs_and_nothing_else(small: Path) -> None:
    text = rows_of(small)["fall"][0]["python_source"]
    for part in (
        "GRAVITY = wp.vec3(0.0, -9.81",
        "class Kind(enum.IntEnum):",
        "Kinds of bodies.",
        "# where it is",
        "# mass times gravity",
    ):
        assert part in text
    assert "EPSILON = 1e-06" in text
    assert "# an acceleration" in text
    for part in ("THREADS", "def scale", "import math", "def turn", "small"):
        assert part not in text


def test_decorators_options_and_docstrings_are_kept(small: Path) -> None:
    rows = rows_of(small)
    turn = rows["turn"][0]
    assert "@wp.kernel(enable_backward=False, launch_bounds=THREADS)" in turn["python_source"]
    assert "It says more than one thing." in turn["python_source"]
    assert turn["cpp_backward"] is None
    assert '@wp.kernel(module="unique")' in rows["own"][0]["python_source"]
    assert "@wp.func_grad(root)" in rows["own"][0]["python_source"]


def test_descriptions_are_what_authors_say(small: Path) -> None:
    rows = rows_of(small)
    assert rows["fall"][0]["description"] == "Pulls every body down."
    assert rows["turn"][0]["description"] == "Turn by a table."
    assert rows["own"][0]["description"] == ""


def test_overloads_and_factories_have_a_record_each(small: Path) -> None:
    rows = rows_of(small)
    assert sorted(row["python_source"].splitlines()[-1] for row in rows["double"]) == [
        "wp.overload(double, [wp.array[float], wp.array[float]])",
        "wp.overload(double, [wp.array[wp.vec3], wp.array[wp.vec3]])",
    ] or sorted(row["python_source"].splitlines()[-1] for row in rows["double"]) == [
        "wp.overload(double, [wp.array[wp.float32], wp.array[wp.float32]])",
        "wp.overload(double, [wp.array[wp.vec3], wp.array[wp.vec3]])",
    ]
    assert {("count = 2" in row["python_source"], "count = 3" in row["python_source"]) for row in rows["made"]} == {
        (True, False),
        (False, True),
    }


def test_what_nobody_gives_types_is_rejected(small: Path) -> None:
    (rejection,) = read_rejections(small)
    assert (rejection.source.kernel_name, rejection.stage) == ("undecided", "generates")
    assert "generic" in rejection.reason


def test_a_text_gives_the_code_beside_it(small: Path) -> None:
    for found in rows_of(small).values():
        for row in found:
            code = extract_source(KernelSource(row["python_source"], row["kernel_name"], "", "", 1))
            assert isinstance(code, KernelCode)
            assert code.cpu
            assert code.cpu.text == row["cpp"]


def test_the_set_is_like_any_other(small: Path) -> None:
    assert validate(small, workers=0, compile_count=3).findings == []
    for command in ("stats", "show"):
        shown = run(command, str(small), *(["0"] if command == "show" else []))
        assert shown.returncode == 0, shown.stderr
    provenance = rows_of(small)["fall"][0]["provenance"]
    assert provenance["kind"] == "file"
    assert provenance["line"] == 16
    assert provenance["path"].endswith("small/kernels.py")


def test_workers_do_not_matter(small: Path, tmp_path: Path) -> None:
    config = PeopleConfig(targets=(str(small.parent / "small"),))
    extract(config, tmp_path / "two", workers=2)
    contents = [[shard.content for shard in read_manifest(folder).shards] for folder in (small, tmp_path / "two")]
    assert contents[0] == contents[1]


def test_garbage_is_passed_over_in_one_line_each(tmp_path: Path) -> None:
    extraction, notes = extracted(list(write_broken(tmp_path)), tmp_path / "set")
    said = {Path(note.partition(": ")[0]).name: note.partition(": ")[2] for note in notes}
    assert {name: said[name] for name in BROKEN} == {name: reason for name, (_, reason) in BROKEN.items()}
    assert "null bytes" in said["binary.py"]
    assert set(said) == {*BROKEN, "binary.py", "data.bin"}
    assert all("\n" not in note for note in notes)
    assert extraction.manifest.rows == 1


def test_nothing_at_all_ends_with_1_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.py").write_text("", encoding="utf-8")
    ended = run("extract", str(tmp_path / "empty.py"), "-o", str(tmp_path / "set"), "--workers", "1")
    assert ended.returncode == 1
    assert "nothing came out" in ended.stderr
    assert not any((tmp_path / "set").iterdir())


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("nowhere.py", "no Python file, folder, module or package"),
        ("nowhere.py:kernel", "there is no file 'nowhere.py'"),
        ("", "target is empty"),
    ],
)
def test_what_is_not_there_is_bad_input(target: str, said: str, tmp_path: Path) -> None:
    ended = run("extract", target, "-o", str(tmp_path / "set"))
    assert ended.returncode == 2
    assert said in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_generate_does_not_resume_what_it_did_not_begin(small: Path) -> None:
    ended = run("generate", "--resume", "-o", str(small))
    assert ended.returncode == 2
    assert "made by `warpsmith extract`" in ended.stderr


def test_one_kernel_of_a_file(tmp_path: Path) -> None:
    package = write_package(tmp_path)
    extraction, _ = extracted([f"{package / 'kernels.py'}:fall"], tmp_path / "set")
    assert list(rows_of(tmp_path / "set")) == ["fall"]
    assert extraction.manifest.rows == 1


def test_licences_that_are_not_allowed_are_rejected(tmp_path: Path) -> None:
    file = tmp_path / "chatty.py"
    write_broken(tmp_path)
    extraction, _ = extracted(
        [file, "warp.examples.core.example_dem"], tmp_path / "set", license_allow=("Apache-2.0", "MIT")
    )
    assert extraction.manifest.rows > 0
    (rejection,) = [one for one in read_rejections(tmp_path / "set") if one.source.kernel_name == "chatty"]
    assert (rejection.stage, rejection.reason) == ("license", "its licence is not known")
    row = next(all_rows(tmp_path / "set", extraction.manifest))
    assert (row["provenance"]["package"], row["provenance"]["license"]) == ("warp-lang", "Apache-2.0")
    assert row["provenance"]["path"] == "warp/examples/core/example_dem.py"
    assert json.loads((tmp_path / "set" / "manifest.json").read_text())["configuration"]["kind"] == "extract"
