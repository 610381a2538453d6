"""Sets to draw: made by hand, so that nothing is generated."""

from collections import Counter
from collections.abc import Mapping

from tests.dataset.manifests import VERSIONS
from tests.dataset.records import record
from warpsmith.dataset.against import Against
from warpsmith.dataset.formats.base import FileEntry
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.statistics import Comparison, Statistics, of_set
from warpsmith.manner.distribution import SCALE, Distribution
from warpsmith.plots import Subject

VERIFIED = {
    "compiles_cpu": {"true": 60},
    "compiles_cuda": {"true": 59, "false": 1},
    "runs": {"true": 58},
    "finite": {"true": 57, "false": 1},
    "gradient": {"match": 40, "mismatch": 9, "nondifferentiable": 8},
}
AGAINST = (
    Against("warp.examples", 170, 0, 5, 16, 0.068, 0.2),
    Against("a/very/long/path/to/some/folder/kernels.py", 3, 1, 3, 5, 0.4, None),
)


def subject_of(statistics: Statistics, splits: Mapping[str, int] | None = None) -> Subject:
    kernels = statistics.kernels
    manifest = Manifest(
        configuration={"format": "parquet", "device": "both"},
        versions=VERSIONS,
        rows=kernels,
        splits=dict(splits or {"train": kernels}),
        clusters=kernels,
        categories=statistics.categories,
        levels=statistics.levels,
        rejected=0,
        duplicates_replaced=0,
        preambles={},
        index=FileEntry("index.parquet", kernels, 1, "0" * 64),
        shards=(),
    )
    return Subject(manifest, of_set(kernels, statistics))


def normal() -> Subject:
    """Return a set of sixty kernels, verified and compared with others, with categories enough for two columns."""
    statistics = Statistics()
    for number in range(60):
        statistics.add(record(number).row())
    statistics.table = {f"category_{number:02}": {1 + number % 5: 60 - number, 5: 1} for number in range(40)}
    statistics.features = Counter({f"form-{number}": number + 1 for number in range(60)})
    statistics.builtins = Counter({"sin": 30, "dot": 20, "tid": 60})
    statistics.builtin_calls = Distribution(60, {"sin": 30 * SCALE, "dot": 20 * SCALE, "tid": 10 * SCALE})
    statistics.lines["cpp_forward"] = Counter({10: 20, 30: 20, 400: 20})
    statistics.comparison = {"forward": Comparison(8, 80, 12, 9), "backward": Comparison(8, 160, 20, 18)}
    statistics.verdicts = VERIFIED
    of_splits = subject_of(statistics, {"train": 54, "validation": 3, "test": 3})
    return Subject(of_splits.manifest, of_splits.whole, AGAINST)


def single() -> Subject:
    """Return a set of one kernel."""
    statistics = Statistics()
    statistics.add(record(0).row())
    return subject_of(statistics)


def of_people() -> Subject:
    """Return a set that people wrote: one category, no forms, cut loose and otherwise not proved."""
    statistics = Statistics()
    for number in range(12):
        statistics.add({**record(number).row(), "category": "my_package", "features": [], "self_contained": number > 1})
    return subject_of(statistics)


def empty() -> Subject:
    """Return a set without kernels."""
    return subject_of(Statistics())
