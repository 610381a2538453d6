"""What is written down of a shard that is complete, and what is counted in it."""

from collections.abc import Mapping, Sequence

import msgspec

from warpsmith.dataset.formats import FileEntry
from warpsmith.dataset.statistics import Statistics
from warpsmith.record import Rejection


class ShardNote(msgspec.Struct, frozen=True, kw_only=True):
    """One round of a shard, which is complete: its files, and how often each of its records was drawn.

    `rows` are the rows that the round has drawn, none where it has drawn all. `attempts` says how many draws were
    thrown away before a row's, and leaves out the rows that were made of the first. `rejected`, `avoided` and `barred`
    count some of these draws by what was wrong with them.
    """

    files: tuple[FileEntry, ...]
    rows: tuple[int, ...] = ()
    attempts: dict[int, int] = {}
    preambles: dict[str, str] = {}
    rejected: int = 0
    avoided: int = 0
    barred: int = 0


Rounds = Sequence[ShardNote]
"""The notes of a shard, from round 0, which has drawn all of it, to the last, which has replaced some rows."""


class RoundTally(msgspec.Struct):
    """What a round of a shard has counted, and what was rejected on the way."""

    statistics: Statistics
    rejections: list[Rejection]


def last_rounds(rounds: Rounds) -> dict[int, int]:
    """Return for each row that was replaced the round that it is of in the end."""
    return {row: turn for turn, note in enumerate(rounds) for row in note.rows}


def last_attempts(rounds: Rounds) -> dict[int, int]:
    """Return the attempts of all rows in the end; those that were made of the first draw are left out."""
    attempts: dict[int, int] = {}
    for note in rounds:
        attempts |= note.attempts
    return dict(sorted(attempts.items()))


def same_preambles(of_shards: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the preambles that all shards share; raises ValueError naming the column where they differ."""
    preambles: dict[str, str] = {}
    for one in of_shards:
        for column, text in one.items():
            if preambles.setdefault(column, text) != text:
                raise ValueError(column)
    return preambles
