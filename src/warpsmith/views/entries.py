"""The entries of a split, one record after the other, and a tally of those that do not enter."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from warpsmith.views.entry import LeftOut, Pair, pair_of
from warpsmith.views.forms import SEPARATOR
from warpsmith.views.options import ExportOptions
from warpsmith.views.tokens import Lengths, TokenCounter
from warpsmith.views.view import Row

BEHIND_LIMIT = "behind the limit"
TOO_LONG = "longer than"
"""How the reason begins where an entry is over a limit."""
_AT_A_TIME = 100


class Entry(NamedTuple):
    """A training example and the record that it is of."""

    row: Row
    pair: Pair
    lengths: Lengths | None


@dataclass
class Tally:
    """Counts what entered, by split, and what did not, by reason."""

    entered: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    seen: int = 0


@dataclass
class Sieve:
    """Makes entries of rows, split by split, and keeps the tally."""

    options: ExportOptions
    counter: TokenCounter | None
    advance: Callable[[int], None]
    tally: Tally = field(default_factory=Tally)

    def entries(self, rows: Iterable[Row], split: str) -> Iterator[Entry]:
        """Yield the entries that the view makes of the rows of a split, in order, no more than the limit says."""
        tally = self.tally
        for row, found, lengths in self._judged(rows):
            if tally.entered[split] == self.options.limit:
                return
            tally.seen += 1
            if tally.seen % _AT_A_TIME == 0:
                self.advance(tally.seen)
            outcome = _within(found, lengths, self.options)
            if isinstance(outcome, LeftOut):
                tally.left_out[outcome.reason] += 1
                continue
            tally.entered[split] += 1
            yield Entry(row, outcome, lengths)

    def _judged(self, rows: Iterable[Row]) -> Iterator[tuple[Row, Pair | LeftOut, Lengths | None]]:
        """Yield rows with what the view makes of them; tokens are counted by the hundred."""
        options, remaining = self.options, iter(rows)
        while batch := list(islice(remaining, _AT_A_TIME)):
            found = [pair_of(options.task, row, options.comments, unverified=options.unverified) for row in batch]
            pairs = [outcome for outcome in found if isinstance(outcome, Pair)]
            lengths = iter(self.counter.count(pairs) if self.counter else [None] * len(pairs))
            for row, outcome in zip(batch, found, strict=True):
                yield row, outcome, next(lengths) if isinstance(outcome, Pair) else None


def _within(found: Pair | LeftOut, lengths: Lengths | None, options: ExportOptions) -> Pair | LeftOut:
    """Return a pair if it is within the limits of length."""
    if isinstance(found, LeftOut):
        return found
    characters = len(found.prompt) + len(SEPARATOR) + len(found.completion)
    if options.max_characters is not None and characters > options.max_characters:
        return LeftOut(f"{TOO_LONG} {options.max_characters} characters")
    if options.max_tokens is not None and lengths and lengths.together > options.max_tokens:
        return LeftOut(f"{TOO_LONG} {options.max_tokens} tokens")
    return found
