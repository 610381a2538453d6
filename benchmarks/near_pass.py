"""The pass over the keys of a set in a process of its own: ``python -m benchmarks.near_pass FOLDER`` prints figures."""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from warpsmith.dataset.near.clashes import clashes
from warpsmith.dataset.near.clusters import clusters
from warpsmith.dataset.near.keys import Keys
from warpsmith.dataset.near.shingles import Hashes, Shingles

SHARD = 5000


class KeysInFiles:
    """The keys of a set in the files of its shards, all but the last of them `SHARD` long."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.shards = [Keys.open(path) for path in paths]
        self.count = sum(map(len, self.shards))

    def band(self, number: int) -> Hashes:
        """Return one band of every record."""
        return np.concatenate([keys.band(number) for keys in self.shards])

    def shingles(self, number: int) -> Shingles:
        """Return the shingles of one record."""
        shard, row = divmod(number, SHARD)
        return self.shards[shard].shingles(row)


def main() -> None:
    """Find the clusters and clashes of the keys in a folder."""
    before = _mib()
    keys = KeysInFiles(sorted(Path(sys.argv[1]).glob("*.arrow")))
    begun = time.perf_counter()
    leaders = clusters(keys)
    clashing = len(clashes([shard.fingerprints for shard in keys.shards]))
    seconds = time.perf_counter() - begun
    sizes = np.bincount(leaders)
    together = int(sizes[sizes > 1].sum())
    figures = {"kernels": keys.count, "together": together, "clashing": clashing, "seconds": seconds}
    print(json.dumps({**figures, "mib_before": before, "mib": _mib()}))


def _mib() -> float:
    """Return the most memory that this process had; what `getrusage` says may be that of the process it came from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]) / 1024


if __name__ == "__main__":
    main()
