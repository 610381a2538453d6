"""Numbers that are put together two by two: which belong together, named by the smallest of them."""

from array import array

import numpy as np
from numpy.typing import NDArray


class Forest:
    """Groups of the numbers below `count`, each alone at first; 8 bytes a number."""

    def __init__(self, count: int) -> None:
        self._above = array("q", range(count))

    def leader(self, number: int) -> int:
        """Return the smallest number of a number's group."""
        above = self._above
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    def join(self, one: int, other: int) -> None:
        """Put the groups of two numbers together."""
        one, other = self.leader(one), self.leader(other)
        self._above[max(one, other)] = min(one, other)

    def leaders(self) -> NDArray[np.int64]:
        """Return the leader of every number."""
        above = np.array(self._above, dtype=np.int64)
        while not np.array_equal(above, higher := above[above]):
            above = higher
        return above
