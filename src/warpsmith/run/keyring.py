"""The keys of all records of a set in the making, read where they lie: one file for each round of each shard."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

import numpy as np

from warpsmith.dataset.near.keys import Keys
from warpsmith.dataset.near.shingles import Hashes, Shingles
from warpsmith.dataset.store import Store
from warpsmith.run.drawn import KEYS
from warpsmith.run.notes import Rounds
from warpsmith.run.state import file_named


class Keyring:
    """Keys by the number of a record, as `warpsmith.dataset.near` asks for them.

    Files are read where they are looked at; what is put together for the whole set is one column at a time.
    """

    def __init__(self, store: Store, shards: Sequence[Rounds]) -> None:
        self._shards = [_ShardKeys(store, rounds) for rounds in shards]
        self._ends = list(accumulate(shard.count for shard in self._shards))
        self.count = self._ends[-1]

    @property
    def fingerprints(self) -> list[Hashes]:
        """The fingerprints of the records of each shard, of shape (rows, 2): the higher and the lower half of each."""
        return [shard.column(lambda keys: keys.fingerprints) for shard in self._shards]

    def band(self, number: int) -> Hashes:
        """Return a band of the sketches of all records, of shape (count,)."""
        return np.concatenate([shard.column(lambda keys: keys.band(number)) for shard in self._shards])

    def shingles(self, number: int) -> Shingles:
        """Return the shingles of a record, sorted."""
        shard = bisect_right(self._ends, number)
        first = self._ends[shard - 1] if shard else 0
        return self._shards[shard].shingles(number - first)


class _ShardKeys:
    """The keys of one shard: those of round 0, and those of the rows that later rounds replaced."""

    def __init__(self, store: Store, rounds: Rounds) -> None:
        self._rounds = [Keys.open(store.fetch(file_named(note.files, KEYS))) for note in rounds]
        self._rows = [np.array(note.rows, np.int64) for note in rounds]
        self._latest = {row: (turn, place) for turn, note in enumerate(rounds) for place, row in enumerate(note.rows)}
        self.count = len(self._rounds[0])

    def column(self, of: Callable[[Keys], Hashes]) -> Hashes:
        """Return a column; where nothing was replaced it stays where it lies."""
        if len(self._rounds) == 1:
            return of(self._rounds[0])
        values = np.array(of(self._rounds[0]))
        for keys, rows in zip(self._rounds[1:], self._rows[1:], strict=True):
            values[rows] = of(keys)
        return values

    def shingles(self, row: int) -> Shingles:
        turn, place = self._latest.get(row, (0, row))
        return self._rounds[turn].shingles(place)
