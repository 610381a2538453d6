"""How far the kernels of a learned profile are from code that it was not learned from.

``python -m benchmarks.holdout`` learns a profile from every other file of `LEARNED`, writes kernels with it (without
Warp, no two of the same shape), and prints how far these are from the other halves, from the whole packages, and from
`UNSEEN`; beside it how far the kernels are that it was learned from. ``--save`` keeps the figures for docs/profiles.md.
"""

import argparse
import ast
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import count, islice
from pathlib import Path

from warpsmith.bridge.catalog import names
from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.discover.learning import Reading, profile_of, read
from warpsmith.manner.distribution import Distribution, divergence
from warpsmith.manner.measures import measure
from warpsmith.manner.profile import Profile
from warpsmith.seeds import stream
from warpsmith.synth import SeededChoices
from warpsmith.synth.grammar.draft import write_in_manner
from warpsmith.synth.grammar.manner import Manner

LEARNED = ("warp.examples", "mujoco_warp")
UNSEEN = ("warp._src.fem", "warp._src.optim", "warp.tests")
SAVED = Path(__file__).parent.parent / "docs" / "figures" / "holdout.json"
_ALIASES = ("wp",)


@dataclass(frozen=True, slots=True)
class Made:
    """What some kernels are made of."""

    edges: Distribution
    calls: Distribution


@dataclass(frozen=True, slots=True)
class Distance:
    """Divergences in bits from the kernels of a target: of what was written, and of what was learned from."""

    target: str
    kernels: int
    syntax: float
    calls: float
    learned_syntax: float
    learned_calls: float


def main() -> None:
    """Measure, print, and keep the figures if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=2000, help="how many kernels to write (default: 2000)")
    parser.add_argument("-s", "--seed", type=int, default=0, help="other kernels (default: 0)")
    parser.add_argument("--save", action="store_true", help=f"keep the figures in {SAVED.name}")
    options = parser.parse_args()
    found = distances(LEARNED, UNSEEN, options.n, options.seed)
    print(table(options.n, found))
    if options.save:
        content = {"kernels": options.n, "distances": [asdict(distance) for distance in found]}
        SAVED.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def distances(learned: Sequence[str], unseen: Sequence[str], kernels: int, seed: int = 0) -> list[Distance]:
    """Learn from half of some packages and return how far kernels of that profile are from each target."""
    readings = [read(target) for target in learned]
    kept, held_out = zip(*map(halves, readings), strict=True)
    base = even([made_of(reading) for reading in kept])
    profile = profile_of("half", kept, frozenset(names()))
    ours = of_functions((function, _ALIASES) for function in written(profile, kernels, seed))
    targets = [
        *((f"{reading.name}, the half not learned from", reading) for reading in held_out),
        *((f"{reading.name}, all", reading) for reading in readings),
        *((target, read(target)) for target in unseen),
    ]
    return [_distance(name, reading, ours, base) for name, reading in targets]


def halves(reading: Reading) -> tuple[Reading, Reading]:
    """Return a reading of every other file, and of the rest."""
    files = list(dict.fromkeys(found.path for found in reading.kernels))
    held_out = frozenset(files[1::2])
    return _part(reading, held_out, False), _part(reading, held_out, True)


def _part(reading: Reading, held_out: frozenset[Path], inside: bool) -> Reading:
    kernels, functions = (
        tuple(found for found in definitions if (found.path in held_out) == inside)
        for definitions in (reading.kernels, reading.functions)
    )
    return replace(reading, kernels=kernels, functions=functions)


def written(profile: Profile, kernels: int, seed: int) -> Iterator[ast.FunctionDef]:
    """Yield kernels in the manner of a profile, no two of the same shape."""
    return islice(_distinct(Manner(profile), seed), kernels)


def _distinct(manner: Manner, seed: int) -> Iterator[ast.FunctionDef]:
    known: set[str] = set()
    for index in count():
        draft = write_in_manner(SeededChoices(stream("holdout", seed, index)), manner, None, None)
        shape = fingerprint(draft.tree)
        if shape not in known:
            known.add(shape)
            name = draft.source.kernel_name
            functions = (node for node in ast.walk(draft.tree) if isinstance(node, ast.FunctionDef))
            yield next(node for node in functions if node.name == name)


def made_of(reading: Reading) -> Made:
    """Return what the kernels of a reading are made of."""
    return of_functions((found.node, found.aliases) for found in reading.kernels)


def of_functions(kernels: Iterable[tuple[ast.FunctionDef, tuple[str, ...]]]) -> Made:
    """Return what kernels are made of, each with the names under which it knows Warp."""
    made = Made(Distribution(), Distribution())
    for function, aliases in kernels:
        measures = measure(function, aliases)
        made.edges.add(measures.syntax_edges)
        made.calls.add(measures.builtin_calls)
    return made


def even(parts: Sequence[Made]) -> Made:
    """Return the mean of several, each of which weighs the same."""
    return Made(_mean([part.edges for part in parts]), _mean([part.calls for part in parts]))


def _mean(parts: Sequence[Distribution]) -> Distribution:
    mean = Distribution()
    for part in parts:
        mean += Distribution(1, {name: share // part.kernels for name, share in part.shares.items()})
    return mean


def _distance(target: str, reading: Reading, ours: Made, base: Made) -> Distance:
    other = made_of(reading)
    apart = (
        divergence(one, another) or 0.0
        for made in (ours, base)
        for one, another in ((made.edges, other.edges), (made.calls, other.calls))
    )
    return Distance(target, len(reading.kernels), *(round(bits, 4) for bits in apart))


def table(kernels: int, found: Sequence[Distance]) -> str:
    """Return the distances as Markdown."""
    rows = [
        f"| Apart from | Kernels | {kernels:,} written: syntax | calls | the half learned from: syntax | calls |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for one in found:
        bits = (one.syntax, one.calls, one.learned_syntax, one.learned_calls)
        rows.append(f"| {one.target} | {one.kernels:,} | " + " | ".join(f"{value:.3f}" for value in bits) + " |")
    return "\n".join(rows)


def saved() -> str:
    """Return the table of the figures that were kept."""
    content = json.loads(SAVED.read_text(encoding="utf-8"))
    return table(content["kernels"], [Distance(**distance) for distance in content["distances"]])


if __name__ == "__main__":
    main()
