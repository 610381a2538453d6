"""What a set of kernels is made of, every kernel weighing the same, and how far two sets are apart."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

SCALE = 10**9
"""The whole of a kernel in the units of `Distribution.shares`: integers, so that sums do not depend on their order."""


@dataclass(slots=True)
class Distribution:
    """The mean over kernels of what each is made of: of `kernels` kernels the sum of their shares, in billionths.

    A long kernel counts as much as a short one, for each is divided by its own total first. Two of them add up.
    """

    kernels: int = 0
    shares: dict[str, int] = field(default_factory=dict)

    def add(self, counts: Mapping[str, int]) -> None:
        """Add one kernel by its counts; one that has none is passed over."""
        total = sum(counts.values())
        if not total:
            return
        self.kernels += 1
        shares, half = self.shares, total // 2
        for name, count in counts.items():
            shares[name] = shares.get(name, 0) + (count * SCALE + half) // total

    def __add__(self, other: "Distribution") -> "Distribution":
        names = {**self.shares, **other.shares}
        shares = {name: self.shares.get(name, 0) + other.shares.get(name, 0) for name in names}
        return Distribution(self.kernels + other.kernels, shares)

    def __sub__(self, other: "Distribution") -> "Distribution":
        left = {name: share - other.shares.get(name, 0) for name, share in self.shares.items()}
        return Distribution(self.kernels - other.kernels, {name: share for name, share in left.items() if share})

    def probabilities(self) -> dict[str, float]:
        """Return the share of each name, sorted by name; all of them sum up to 1 (there are none without kernels)."""
        total = sum(self.shares.values())
        return {name: self.shares[name] / total for name in sorted(self.shares)}


def divergence(left: Distribution, right: Distribution) -> float | None:
    """Return the Jensen-Shannon divergence in bits: 0 for equal distributions, 1 for two that have nothing in common.

    It is None where one of the two is empty. Source: J. Lin, Divergence measures based on the Shannon entropy (1991).
    """
    p, q = left.probabilities(), right.probabilities()
    if not p or not q:
        return None
    mean = {name: (p.get(name, 0.0) + q.get(name, 0.0)) / 2 for name in sorted({**p, **q})}
    return (_relative_entropy(p, mean) + _relative_entropy(q, mean)) / 2


def _relative_entropy(p: Mapping[str, float], mean: Mapping[str, float]) -> float:
    return math.fsum(share * math.log2(share / mean[name]) for name, share in p.items() if share)
