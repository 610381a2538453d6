"""What every record of a job is: its shard, its category, its level. Nothing here knows how many workers there are."""

from dataclasses import dataclass
from functools import cached_property

from warpsmith.dataset.layout import Slot
from warpsmith.run.config import JobConfig

SMALLEST_SHARD, LARGEST_SHARD = 250, 5000
_SHARDS_WANTED = 16


@dataclass(frozen=True)
class Plan:
    """A configuration, laid out over shards and records."""

    config: JobConfig

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The places of all shards, in order; all but the last are equally long."""
        count, size = self.config.count, self.config.shard_size or shard_size(self.config.count)
        starts = range(0, count, size)
        return tuple(Slot(i, len(starts), first, min(size, count - first)) for i, first in enumerate(starts))

    @cached_property
    def cycle(self) -> tuple[str, ...]:
        """The categories in the order in which they take turns."""
        return tuple(smooth_cycle(self.config.categories))

    def category(self, index: int) -> str:
        """Return the category of a record."""
        return self.cycle[index % len(self.cycle)]

    def level(self, index: int) -> int:
        """Return the level of a record: it moves on whenever all categories had their turn."""
        levels = self.config.levels
        return levels[index // len(self.cycle) % len(levels)]


def shard_size(count: int) -> int:
    """Return how many records a shard of a job of `count` records holds."""
    return min(max(count // _SHARDS_WANTED, SMALLEST_SHARD), LARGEST_SHARD)


def smooth_cycle(weights: dict[str, int]) -> list[str]:
    """Return a cycle in which every name stands as often as its weight says, spread as evenly as can be.

    This is nginx's smooth weighted round robin: everybody earns their weight, the richest is next and pays the total.
    """
    total = sum(weights.values())
    credit = dict.fromkeys(weights, 0)
    cycle = []
    for _ in range(total):
        for name, weight in weights.items():
            credit[name] += weight
        richest = max(credit, key=lambda name: credit[name])
        credit[richest] -= total
        cycle.append(richest)
    return cycle
