"""Weighted counts, and the shares that are made of them. Sums do not depend on the order of what was counted."""

from collections import Counter, defaultdict
from collections.abc import Callable

from warpsmith.manner.profile import Weights

# weights are summed up as integers in this unit: a float's sum depends on the order
_UNIT = 10**15
# rarer shares than this say more about one kernel than about a manner
_RARE = 2e-4
Keep = Callable[[str], bool]


class Tally:
    """Weighted counts: table -> row -> item -> weight; and in how many kernels an item of a table stands."""

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self._kernels: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, table: str, row: str, item: str, weight: float = 1.0) -> None:
        """Count an item."""
        self._tables[table][row][item] += round(weight * _UNIT)

    def seen(self, table: str, items: set[str]) -> None:
        """Note that these items of a table stand in a kernel."""
        self._kernels[table].update(items)

    def kernels(self, table: str, item: str) -> int:
        """Return in how many kernels an item of a table stands."""
        return self._kernels[table][item]

    def rows(self, table: str, keep: Keep | None = None, most: int | None = None) -> dict[str, Weights]:
        """Return a table as shares by row, sorted; of each row the `most` frequent items that are to be kept."""
        shares = ((row, self.row(table, row, keep, most)) for row in sorted(self._tables[table]))
        return {row: weights for row, weights in shares if weights}

    def row(self, table: str, row: str = "", keep: Keep | None = None, most: int | None = None) -> Weights:
        """Return one row of a table as shares of what is kept of it, sorted, without what is rare."""
        kept = ((item, weight) for item, weight in self._tables[table][row].items() if keep is None or keep(item))
        items = dict(sorted(kept, key=lambda pair: (-pair[1], pair[0]))[:most])
        total = sum(items.values())
        return {item: _rounded(weight / total) for item, weight in sorted(items.items()) if weight >= _RARE * total}

    def out_of(self, table: str, row: str, total: float) -> Weights:
        """Return the weights of a row out of a total, sorted."""
        return {item: _rounded(weight / _UNIT / total) for item, weight in sorted(self._tables[table][row].items())}

    def weight(self, table: str, row: str, item: str) -> float:
        """Return the weight of an item."""
        return self._tables[table][row][item] / _UNIT


def _rounded(share: float) -> float:
    """Return a share with the four digits that a profile has of it."""
    return float(f"{share:.4g}")
