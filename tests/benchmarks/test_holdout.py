"""Half of the files are learned from, the other half is measured against, and the table says both."""

import ast
from pathlib import Path

from benchmarks import holdout
from warpsmith.bridge.catalog import names
from warpsmith.discover.learning import profile_of, read
from warpsmith.manner.distribution import SCALE, Distribution


def test_files_are_learned_from_or_held_out_as_a_whole() -> None:
    reading = read("warp.examples")
    kept, held_out = holdout.halves(reading)
    assert min(len(half.kernels) for half in (kept, held_out)) > 60
    assert len(kept.kernels) + len(held_out.kernels) == len(reading.kernels)
    assert len(kept.functions) + len(held_out.functions) == len(reading.functions)
    files = [{found.path for found in half.kernels} for half in (kept, held_out)]
    assert not files[0] & files[1]


def test_packages_weigh_the_same_whatever_their_size() -> None:
    few, many = (
        holdout.Made(Distribution(kernels, {name: kernels * SCALE}), Distribution())
        for kernels, name in ((1, "a"), (9, "b"))
    )
    assert holdout.even([few, many]).edges.probabilities() == {"a": 0.5, "b": 0.5}


def test_distances_and_their_table(tmp_path: Path) -> None:
    targets = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        targets.append(str(tmp_path / name))
        for file in ("a", "b"):
            body = (
                f"    i = wp.tid()\n    v = wp.sin(x[i])\n    if v > 0.5:\n        v = v * 2.0 + {file}\n    x[i] = v\n"
            )
            kernel = f"@wp.kernel\ndef {file}(x: wp.array[float], {file}: float):\n{body}"
            (tmp_path / name / f"{file}.py").write_text(f"import warp as wp\n\n{kernel}")
    found = holdout.distances(targets, ["warp._src.optim"], 8)
    assert [one.target for one in found] == [
        "one, the half not learned from",
        "two, the half not learned from",
        "one, all",
        "two, all",
        "warp._src.optim",
    ]
    assert [one.learned_syntax for one in found[:4]] == [0, 0, 0, 0]
    assert all(0 < one.syntax < 1 for one in found)
    assert found[-1].learned_syntax > 0
    assert holdout.table(8, found).splitlines()[-1].startswith("| warp._src.optim | 55 | ")


def test_the_table_of_the_page_is_what_was_kept() -> None:
    rows = holdout.saved().splitlines()[2:]
    assert len(rows) == 2 * len(holdout.LEARNED) + len(holdout.UNSEEN)


def test_the_kernels_are_the_same_every_time() -> None:
    kept, _ = holdout.halves(read("warp.examples"))
    profile = profile_of("half", [kept], frozenset(names()))
    first, again = ([ast.dump(kernel) for kernel in holdout.written(profile, 3, 5)] for _ in range(2))
    assert first == again
    assert len({*first}) == 3
