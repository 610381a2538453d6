"""What failed, kept beside the data set: one line a rejection with stage, reason, message and source."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from warpsmith.dataset.layout import REJECTED
from warpsmith.dataset.store import Store
from warpsmith.record import Rejection


def write_rejections(store: Store, stem: str, rejections: Sequence[Rejection]) -> None:
    """Write ``rejected/STEM.jsonl``; without rejections there is no file."""
    if not rejections:
        return
    (store.folder / REJECTED).mkdir(exist_ok=True)
    content = b"".join(msgspec.json.encode(rejection) + b"\n" for rejection in rejections)
    store.write(f"{REJECTED}/{stem}.jsonl", content)


def read_rejections(folder: Path) -> list[Rejection]:
    """Read all rejections of a set, in the order of the shards."""
    paths = sorted((folder / REJECTED).glob("*.jsonl"))
    return [rejection for path in paths for rejection in read_rejections_of(folder, path.stem)]


def read_rejections_of(folder: Path, stem: str) -> list[Rejection]:
    """Read the rejections of one shard; there are none where there is no file."""
    path = folder / REJECTED / f"{stem}.jsonl"
    if not path.exists():
        return []
    return [msgspec.json.decode(line, type=Rejection) for line in path.read_bytes().splitlines()]
