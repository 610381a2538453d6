"""The end of a job: what was rejected, the counts, the card, and at the very last the manifest."""

from collections.abc import Sequence
from functools import reduce
from operator import add
from pathlib import Path

import msgspec

from warpsmith.dataset.atomic import write_atomically
from warpsmith.dataset.card import card
from warpsmith.dataset.layout import CARD, STATISTICS
from warpsmith.dataset.manifest import Manifest, ShardEntry
from warpsmith.dataset.rejected import write_rejections
from warpsmith.dataset.statistics import Statistics, of_set
from warpsmith.errors import GenerationError
from warpsmith.run.plan import Plan
from warpsmith.run.state import Job, ShardState


def finish(folder: Path, job: Job, plan: Plan, states: Sequence[ShardState]) -> Manifest:
    """Write everything that stands beside the shards, the manifest last, and return it."""
    for slot, state in zip(plan.slots, states, strict=True):
        write_rejections(folder, slot.stem, state.rejections)
    statistics = reduce(add, (state.summary.statistics for state in states), Statistics())
    shapes = len({shape for state in states for shape in state.summary.fingerprints})
    rejected = sum(len(state.rejections) for state in states)
    avoided = sum(state.avoided for state in states)
    discarded = sum(draws for state in states for draws in state.attempts.values())
    manifest = Manifest(
        configuration=msgspec.structs.asdict(job.configuration),
        versions=job.versions,
        rows=statistics.kernels,
        categories=statistics.categories,
        levels=statistics.levels,
        rejected=rejected,
        duplicates_replaced=discarded - rejected - avoided,
        avoided=avoided,
        preambles=_preambles(states),
        shards=tuple(ShardEntry(s.summary.files, s.summary.content, s.attempts) for s in states),
    )
    write_atomically(folder / STATISTICS, of_set(shapes, statistics).encode())
    write_atomically(folder / CARD, card(manifest).encode())
    manifest.write(folder)
    return manifest


def _preambles(states: Sequence[ShardState]) -> dict[str, str]:
    preambles: dict[str, str] = {}
    for state in states:
        for column, text in state.preambles.items():
            if preambles.setdefault(column, text) != text:
                raise GenerationError(f"the {column} preamble differs between shards; report this as a bug")
    return preambles
