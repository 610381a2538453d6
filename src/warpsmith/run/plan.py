"""What every record of a job is: its shard, and what is ordered. Nothing here knows how many workers there are."""

from dataclasses import dataclass
from functools import cached_property

from warpsmith.dataset.layout import Slot
from warpsmith.run.config import JobConfig
from warpsmith.synth import CATEGORIES, LEVELS, Order
from warpsmith.synth.grammar.manner import Manner
from warpsmith.synth.profiles import BALANCED, COVERAGE, MIX, REALISTIC

SMALLEST_SHARD, LARGEST_SHARD = 250, 5000
_SHARDS_WANTED = 16
# the default mix: mostly as people write, with all categories and all of the language among it
MIXTURE = {REALISTIC: 8, BALANCED: 1, COVERAGE: 1}


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

    def order(self, index: int) -> Order:
        """Return what is ordered as a record.

        Categories take turns, and the level moves on whenever all categories had theirs, where they are given and for
        balanced kernels; else both are as the profile has them.
        """
        if self.config.profile != MIX:
            return self._order(self._profile, index)
        turn, place = divmod(index, len(self._mix))
        profile = self._mix[place]
        return self._order(profile, turn * MIXTURE[profile] + self._mix[:place].count(profile))

    @cached_property
    def _profile(self) -> str | Manner:
        profile = self.config.profile
        return profile if isinstance(profile, str) else Manner(profile)

    def _order(self, profile: str | Manner, number: int) -> Order:
        even = profile == BALANCED
        cycle = self._cycle if even or self.config.categories is not None else (None,)
        levels = self.config.levels or (LEVELS if even else (None,))
        turn, place = divmod(number, len(cycle))
        return Order(profile, cycle[place], levels[turn % len(levels)], number)

    @cached_property
    def _mix(self) -> tuple[str, ...]:
        return tuple(smooth_cycle(MIXTURE))

    @cached_property
    def _cycle(self) -> tuple[str, ...]:
        return tuple(smooth_cycle(self.config.categories or dict.fromkeys(CATEGORIES, 1)))


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
