"""Near-duplicates: what is found of what there is, how large clusters are, and what it costs.

``python -m benchmarks.near_duplicates`` compares the pass with an exact comparison of all pairs of 2,000 kernels, half
of them edited copies; plants 200 copies in other words; looks at the clusters of ``--large`` kernels of the default
mix; and runs over the keys of a million. ``--save`` keeps the figures for docs/near-duplicates.md.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.near_copies import disguised
from benchmarks.near_sets import InMemory, all_pairs, texts, with_edited_copies, write_altered
from benchmarks.report import machine
from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.dataset.near.clusters import clusters
from warpsmith.dataset.near.forest import Forest
from warpsmith.dataset.near.jaccard import THRESHOLD
from warpsmith.dataset.near.keys import halves
from warpsmith.dataset.near.sketch import Sketch, sketch
from warpsmith.dataset.splits import assigned
from warpsmith.run.config import SPLITS
from warpsmith.seeds import stream

SAVED = Path(__file__).parent.parent / "docs" / "figures" / "near.json"
_STEPS = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_COPIES = 200


def main() -> None:
    """Measure, print, and keep the figures if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=2000, help="kernels that are compared with all (default: 2000)")
    parser.add_argument("--large", type=int, default=20_000, help="kernels of the large set (default: 20,000)")
    parser.add_argument("--keys", type=int, default=1_000_000, help="keys to run over, 0 for none (default: a million)")
    parser.add_argument("--save", action="store_true", help=f"keep the figures in {SAVED.name}")
    options = parser.parse_args()
    figures = measured(options.n, options.large, options.keys)
    print(table(figures))
    if options.save:
        SAVED.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def measured(count: int, large: int, keys: int) -> dict[str, Any]:
    """Return all figures."""
    written = list(texts(max(large, count)))
    begun = time.process_time()
    sketches = [sketch(text) for text in written]
    figures: dict[str, Any] = {
        "machine": machine(),
        "sketch_ms": (time.process_time() - begun) / len(sketches) * 1000,
        "recall": recall([sketch(text) for text in with_edited_copies(written[: count // 2])]),
        "planted": planted(written[:count], sketches[:count]),
        "sets": [shape_of_set(sketches[:size], THRESHOLD) for size in _sizes(large)],
        "thresholds": [shape_of_set(sketches, threshold) for threshold in _STEPS[:-1] if threshold != THRESHOLD],
    }
    if keys:
        figures["million"] = over_many(sketches, keys)
    return figures


def _sizes(large: int) -> list[int]:
    return [size for size in (2000, 5000, 20_000, 50_000, 100_000) if size < large] + [large]


def recall(sketches: Sequence[Sketch]) -> dict[str, Any]:
    """Return how many pairs there are by similarity, and how many share a band; and how the clusters differ."""
    pairs = all_pairs([each.shingles for each in sketches], _STEPS[0])
    bands = np.array([each.bands for each in sketches])
    shared = (bands[pairs.ones] == bands[pairs.others]).any(axis=1)
    exact = Forest(len(sketches))
    for one, other, similarity in zip(*pairs, strict=True):
        if similarity >= THRESHOLD:
            exact.join(int(one), int(other))
    steps = []
    for low, high in zip(_STEPS, (*_STEPS[1:], 1.01), strict=True):
        inside = (pairs.similarities >= low) & (pairs.similarities < high)
        steps.append({"from": low, "pairs": int(inside.sum()), "found": int(shared[inside].sum())})
    differing = int((clusters(InMemory(sketches)) != exact.leaders()).sum())
    return {"kernels": len(sketches), "steps": steps, "clustered_otherwise": differing}


def planted(written: Sequence[str], sketches: Sequence[Sketch]) -> dict[str, int]:
    """Return how many copies in other words are in another cluster or another split than their originals."""
    originals = range(0, len(written), max(1, len(written) // _COPIES))[:_COPIES]
    copies = [disguised(written[place], stream("planted", place)) for place in originals]
    leaders = clusters(InMemory([*sketches, *map(sketch, copies)]))
    shapes = [halves(fingerprint(text))[0] for text in (*written, *copies)]
    splits = assigned(leaders, SPLITS, np.array(shapes, dtype=np.uint64))
    theirs, ours = np.array(originals), np.arange(len(written), len(leaders))
    return {
        "copies": len(copies),
        "in_another_cluster": int((leaders[theirs] != leaders[ours]).sum()),
        "in_another_split": int((splits[theirs] != splits[ours]).sum()),
    }


def shape_of_set(sketches: Sequence[Sketch], threshold: float) -> dict[str, Any]:
    """Return how many kernels of a set are near-duplicates of others, and how large their clusters are."""
    sizes = np.bincount(clusters(InMemory(sketches), threshold))
    together = np.sort(sizes[sizes > 1])
    return {
        "kernels": len(sketches),
        "threshold": threshold,
        "together": int(together.sum()),
        "clusters": len(together),
        "largest": int(together[-1]) if len(together) else 1,
    }


def over_many(sketches: Sequence[Sketch], count: int) -> dict[str, Any]:
    """Return what the pass over so many keys takes, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        write_altered(Path(folder), sketches, count)
        command = [sys.executable, "-m", "benchmarks.near_pass", folder]
        figures: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        return figures


def table(figures: dict[str, Any]) -> str:
    """Return the figures as Markdown."""
    return "\n\n".join(
        (
            figures["machine"] + ".",
            _recall_table(figures["recall"]),
            _sets_table([*figures["sets"], *figures["thresholds"]]),
            _words(figures),
        )
    )


def saved() -> str:
    """Return the figures that were kept, as Markdown."""
    return table(json.loads(SAVED.read_text(encoding="utf-8")))


def _recall_table(figures: dict[str, Any]) -> str:
    rows = [
        f"| similarity, of {figures['kernels']:,} kernels | pairs | share a band | recall |",
        "|---|---:|---:|---:|",
    ]
    steps = figures["steps"]
    bounds = [*(f"to {step['from']:.2f}" for step in steps[1:]), "to 1"]
    near = [step for step in steps if step["from"] >= THRESHOLD]
    rows += [_recall_row(f"{step['from']:.2f} {bound}", [step]) for step, bound in zip(steps, bounds, strict=True)]
    return "\n".join([*rows, _recall_row(f"**near: {THRESHOLD:.2f} to 1**", near)])


def _recall_row(name: str, steps: Sequence[dict[str, Any]]) -> str:
    pairs, found = (sum(step[what] for step in steps) for what in ("pairs", "found"))
    return f"| {name} | {pairs:,} | {found:,} | {found / max(pairs, 1):.1%} |"


def _sets_table(sets: Sequence[dict[str, Any]]) -> str:
    rows = [
        "| kernels | threshold | with a near-duplicate | clusters of these | largest |",
        "|---:|---:|---:|---:|---:|",
    ]
    for each in sets:
        together = f"{each['together']:,} ({each['together'] / each['kernels']:.1%})"
        head = f"| {each['kernels']:,} | {each['threshold']:.2f} "
        rows.append(f"{head}| {together} | {each['clusters']:,} | {each['largest']:,} |")
    return "\n".join(rows)


def _words(figures: dict[str, Any]) -> str:
    copies = figures["planted"]
    lines = [
        f"Of {copies['copies']} copies in other words {copies['in_another_cluster']} are in another cluster than their "
        f"original and {copies['in_another_split']} in another split. A sketch takes {figures['sketch_ms']:.2f} ms.",
        f"{figures['recall']['clustered_otherwise']} of {figures['recall']['kernels']:,} kernels are in another "
        "cluster than by all pairs.",
    ]
    if "million" in figures:
        many = figures["million"]
        lines.append(
            f"The pass over {many['kernels']:,} keys, of which {many['together']:,} have a near-duplicate, takes "
            f"{many['seconds']:.0f} s and {many['mib']:.0f} MiB, {many['mib_before']:.0f} of them before it begins."
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
