import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import run
from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.reading import all_rows
from warpsmith.run.validation import validate
from warpsmith.run.verification import verify

PROGRAM = '''import sys
from typing import Any

import numpy as np
import warp as wp


@wp.kernel
def scale(x: wp.array[float], s: float, order: wp.array[int]):
    """Scale in an order."""
    i = wp.tid()
    x[order[i]] = x[order[i]] * s


@wp.kernel
def double(x: wp.array[Any], y: wp.array[Any]):
    i = wp.tid()
    y[i] = x[i] + x[i]


@wp.kernel
def look(x: wp.array[float], mesh: wp.uint64):
    x[0] = wp.mesh_query_ray(mesh, wp.vec3(), wp.vec3(0.0, 0.0, 1.0), 1.0).t


@wp.kernel
def behind(x: wp.array[float]):
    x[wp.tid() + 4] = 1.0


def main():
    around = wp.zeros(8, dtype=float)
    wp.launch(behind, 4, [around[:4]])
    x = wp.array(np.arange(8, dtype=np.float32))
    wp.launch(scale, 8, [x, 2.0, wp.array(np.arange(8)[::-1].astype(np.int32))])
    for kind in (wp.vec2, float):
        wp.launch(double, (4,), [wp.ones(4, dtype=kind)], [wp.zeros(4, dtype=kind)])
    doubled = wp.map(lambda a, b: a * b + 1.0, x, x)
    print(doubled.numpy()[:2], sys.argv[1:])
    print("on the error stream", file=sys.stderr)
'''


def rows_of(folder: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in all_rows(folder, read_manifest(folder)):
        found.setdefault(row["kernel_name"], []).append(row)
    return found


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, "subprocess.CompletedProcess[str]"]:
    """A captured program, and how the command ended."""
    folder = tmp_path_factory.mktemp("program")
    script = folder / "program.py"
    script.write_text(f"{PROGRAM}\n\nif __name__ == '__main__':\n    main()\n    sys.exit(4)\n", encoding="utf-8")
    return folder / "set", run("capture", script, "a", "--long", "3", "-o", folder / "set")


def test_the_program_stays_what_it_is(ran: tuple[Path, "subprocess.CompletedProcess[str]"]) -> None:
    _, ended = ran
    assert ended.returncode == 4
    assert ended.stdout.endswith("[1. 5.] ['a', '--long', '3']\n")
    assert "on the error stream\n" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_every_kernel_that_was_built_is_there(ran: tuple[Path, "subprocess.CompletedProcess[str]"]) -> None:
    rows = rows_of(ran[0])
    numbers = {"scale": 1, "double": 2, "look": 1, "behind": 1, "map_kernel": 1}
    assert {name: len(found) for name, found in rows.items()} == numbers
    assert all(row["self_contained"] for found in rows.values() for row in found)
    assert rows["scale"][0]["description"] == "Scale in an order."
    assert rows["scale"][0]["provenance"]["kind"] == "capture"
    assert rows["scale"][0]["provenance"]["path"] == "program.py"


def test_launches_are_as_they_were(ran: tuple[Path, "subprocess.CompletedProcess[str]"]) -> None:
    rows = rows_of(ran[0])
    recipe = json.loads(rows["scale"][0]["launch"])
    assert recipe["dim"] == [8]
    x, s, order = recipe["arguments"]
    assert (x["shape"], x["dtype"]) == ([8], "float32")
    assert (s["value"], s["dtype"]) == (2.0, "float32")
    assert order["values"] == [7, 6, 5, 4, 3, 2, 1, 0]
    assert {json.loads(row["launch"])["arguments"][0]["dtype"] for row in rows["double"]} == {"float32", "vec2f"}
    assert rows["look"][0]["launch"] is None


def test_the_set_is_verified_like_any_other(ran: tuple[Path, "subprocess.CompletedProcess[str]"]) -> None:
    assert validate(ran[0], workers=0).findings == []
    manifest = verify(ran[0], "gradient")
    assert manifest.rejected == 0
    rows = rows_of(ran[0])
    assert rows["scale"][0]["runs"] is True
    assert rows["look"][0]["runs"] is None
    assert (rows["behind"][0]["runs"], rows["behind"][0]["compiles_cpu"]) == (None, True)
    assert rows["look"][0]["compiles_cpu"] is True


@pytest.mark.parametrize(
    ("end", "code", "said"),
    [
        ("raise ValueError('at the end')", 1, "ValueError: at the end"),
        ("import os\nos._exit(5)", 5, ""),
        ("sys.exit('a word')", 1, "a word"),
    ],
)
def test_a_program_may_end_as_it_likes(end: str, code: int, said: str, tmp_path: Path) -> None:
    script = tmp_path / "ends.py"
    script.write_text(f"{PROGRAM}\n\nmain()\n{end}\n", encoding="utf-8")
    ended = run("capture", "-o", tmp_path / "set", "--", script, "-o", "its")
    assert (ended.returncode, said in ended.stderr) == (code, True), ended.stderr
    assert ended.stdout.endswith("['-o', 'its']\n")
    assert "runpy" not in ended.stderr
    assert read_manifest(tmp_path / "set").rows == 6


def test_a_program_without_kernels_says_so(tmp_path: Path) -> None:
    script = tmp_path / "nothing.py"
    script.write_text("print('no kernels')\n", encoding="utf-8")
    ended = run("capture", script, "-o", tmp_path / "set")
    assert (ended.returncode, ended.stdout) == (1, "no kernels\n")
    assert "built no kernels" in ended.stderr


def test_a_program_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    ended = run("capture", tmp_path / "nowhere.py", "-o", tmp_path / "set")
    assert ended.returncode == 2
    assert "is no file" in ended.stderr


def test_a_block_is_captured_and_what_was_replaced_is_back(tmp_path: Path) -> None:
    script = tmp_path / "block.py"
    script.write_text(
        PROGRAM + "\n\nimport warpsmith as ws\n\nbefore = wp.launch\nwith ws.capture() as kernels:\n    main()\n"
        "print(sorted(one.source.kernel_name for one in kernels), wp.launch is before)\n",
        encoding="utf-8",
    )
    ended = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert ended.stdout.endswith("['behind', 'double', 'double', 'look', 'map_kernel', 'scale'] True\n"), ended.stderr
