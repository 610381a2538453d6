"""How fast people's kernels become records, round trip included: ``python -m benchmarks.extracting [PACKAGE…]``."""

import sys
import tempfile
import time
from pathlib import Path

from warpsmith.dataset.reading import all_rows
from warpsmith.run.extraction import extract
from warpsmith.run.people import PeopleConfig

DEMANDED = 12.0
"""Kernels a second and core, both targets and the round trip, where kernels generate 40 KB of C++ each."""


def main(packages: list[str]) -> None:
    for package in packages or ["mujoco_warp"]:
        with tempfile.TemporaryDirectory() as folder:
            begun = time.perf_counter()
            extraction = extract(PeopleConfig(targets=(package,)), Path(folder), workers=1)
            seconds = time.perf_counter() - begun
            rows = list(all_rows(Path(folder), extraction.manifest))
        size = sum(len(row["cpp"] or "") for row in rows) / len(rows) / 1000.0
        loose = sum(row["self_contained"] for row in rows) / len(rows)
        print(
            f"{package}: {len(rows):,} kernels in {seconds:.1f} s with one worker, {len(rows) / seconds:.1f} a second "
            f"(demanded {DEMANDED:g}), {size:.0f} KB of C++ each, {loose:.1%} cut loose"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
