"""`validate`, `stats` and `show` on a small set."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli.commands import run
from warpsmith.cli import main
from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.reading import find_row
from warpsmith.run.job import run_job


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    run_job({"count": 24, "shard_size": 12, "level": "1-2", "verify": "none"}, folder, workers=0)
    return folder


def call(*arguments: str | Path, width: int = 100) -> Result:
    return CliRunner().invoke(main, [str(word) for word in arguments], env={"COLUMNS": str(width), "TERM": "dumb"})


def test_validate_a_sound_set(small: Path) -> None:
    result = run("validate", small, "--compile", "1", "--workers", "2")
    assert result.returncode == 0, result.stdout
    assert "24 executed, generated again and compared" in " ".join(result.stdout.split())


def test_validate_names_a_truncated_file(small: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(small, tmp_path / "set"))
    path = folder / "data" / "train-00001-of-00002.parquet"
    path.write_bytes(path.read_bytes()[:5000])
    result = run("validate", folder, "--workers", "1")
    assert result.returncode == 1
    assert "data/train-00001-of-00002.parquet" in result.stdout
    assert "SHA-256" in result.stdout
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(("option", "line"), [("--compile", "compile is -1"), ("--workers", "workers is -1")])
def test_validate_refuses_bad_numbers(small: Path, option: str, line: str) -> None:
    result = call("validate", small, option, "-1")
    assert result.exit_code == 2
    assert line in result.output


def test_stats_has_every_section(small: Path) -> None:
    result = call("stats", small)
    assert result.exit_code == 0
    words = " ".join(result.output.split())
    for section in (
        "kernels 24",
        "distinct shapes 24 of 24 (100.0%)",
        "builtins called",
        "overloads called",
        "runs of two statements",
        "the kernel alone 24",
        "builtins that no kernel calls: ",
        "overloads that no kernel calls",
        "0 start>Assign 24",
        "nested_loop",
        "CPU beside CUDA",
        "tid 24",
        "expansion",
    ):
        assert section in words


def test_stats_writes_only_what_it_is_told(small: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    assert call("stats", small, "--json", tmp_path / "numbers.json").exit_code == 0
    assert (tmp_path / "numbers.json").read_bytes() == (small / "stats.json").read_bytes()
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before


def test_stats_counts_anew(small: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(small, tmp_path / "set"))
    (folder / "stats.json").unlink()
    assert "--recount" in call("stats", folder).output
    assert call("stats", folder, "--recount", "--json", "-").output == (small / "stats.json").read_text()
    assert json.loads(call("stats", small, "--json", "-").output)["distinct_shapes"] == 24


def test_stats_against_other_kernels(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "kernels.py"
    path.write_text("import warp\n@warp.kernel\ndef f(x: warp.array[float]):\n    x[0] = warp.sin(x[1])\n")
    plain = ("--against", str(path), "--against", "warp.examples.core")
    result = call("stats", small, *plain, width=200)
    assert result.exit_code == 0
    assert "compared with kernels lines, median" in " ".join(result.output.split())
    assert [line.split()[0] for line in result.output.splitlines() if "kernels.py" in line or ".core" in line] == [
        str(path),
        "warp.examples.core",
    ]
    recounted = call("stats", small, *plain, "--recount", "--json", "-").output
    assert recounted == call("stats", small, *plain, "--json", "-").output
    file, examples = json.loads(recounted)["against"]
    assert (file["kernels"], file["lines_p90"]) == (1, 2)
    assert 0 < examples["syntax_divergence"] < file["syntax_divergence"] < 1


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("no.such_package", "no Python file, folder, module or package"),
        ("json", "no Warp kernels"),
        ("", "target is empty; name a file"),
        ("a" * 300, "File name too long; name another file"),
    ],
)
def test_stats_against_what_is_not_there(small: Path, target: str, words: str) -> None:
    result = run("stats", small, "--against", target)
    assert result.returncode == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_show_one_below_the_other_and_side_by_side(small: Path) -> None:
    row = find_row(small, read_manifest(small), "7")
    narrow, wide = call("show", small, "7", width=90).output, call("show", small, row["id"][:8], width=220).output
    for output in (narrow, wide):
        assert row["id"] in output
        assert row["kernel_name"] in output
    assert narrow.index("Python") < narrow.index("cpp_forward")
    assert any("Python" in line and "cpp_forward" in line for line in wide.splitlines())


def test_show_numbers_lines_by_their_python(small: Path) -> None:
    row = find_row(small, read_manifest(small), "0")
    shown = call("show", small, width=300).output
    for text, number in zip(row["cpp_forward"].splitlines(), row["cpp_forward_lines"], strict=True):
        if number and "var_" in text:
            assert f"{number} {text}" in shown


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--backward",), "cpu_kernel_backward"),
        (("--target", "cuda"), "cuda_kernel_forward"),
        (("--target", "cuda", "--backward"), "cuda_kernel_backward"),
        (("--whole",), 'extern "C"'),
    ],
)
def test_show_other_parts(small: Path, options: tuple[str, ...], words: str) -> None:
    assert words in call("show", small, "3", *options, width=250).output


def test_show_what_is_not_there(small: Path, tmp_path: Path) -> None:
    assert "from 0 to 23" in call("show", small, "99").output
    run_job({"count": 1, "device": "cpu", "verify": "none"}, tmp_path, workers=0)
    result = call("show", tmp_path, "0", "--target", "cuda")
    assert result.exit_code == 2
    assert "no cuda_forward" in result.output


def test_stats_against_names_in_full(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "[b]"
    folder.mkdir()
    (folder / "a.py").write_text("import warp\n@warp.kernel\ndef f(x: warp.array[float]):\n    x[0] = 1.0\n")
    (folder / "broken.py").write_text("import warp\n(")
    result = call("stats", small, "--against", "warp.examples", "--against", folder, width=80)
    assert result.exit_code == 0
    assert "warp.examples " in result.output
    assert str(folder) in "".join(line[2:34].strip() for line in result.output.splitlines())


def test_stats_that_cannot_be_written(small: Path, tmp_path: Path) -> None:
    result = call("stats", small, "--json", tmp_path)
    assert (result.exit_code, "Is a directory; name another file" in result.output) == (2, True)


def test_show_a_number_without_end(small: Path) -> None:
    result = call("show", small, "1" * 5000)
    assert (result.exit_code, "use a number from 0 to 23" in result.output) == (2, True)
