"""The card of a data set: a README.md with a header for `datasets.load_dataset` and the Hub, and a text for people."""

from warpsmith.dataset.card.body import body
from warpsmith.dataset.card.header import header, is_loadable
from warpsmith.dataset.card.sample import Sample, find_sample, statements
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.statistics import SetStatistics


def card(manifest: Manifest, statistics: SetStatistics, commands: str, sample: Sample | None) -> str:
    """Return the text of a set's card: what it says is in the manifest, in the statistics, or in the sample.

    `commands` are the lines that make the set again, as a person types them.
    """
    return header(manifest) + "\n" + body(manifest, statistics, commands, sample)


__all__ = ["Sample", "card", "find_sample", "header", "is_loadable", "statements"]
