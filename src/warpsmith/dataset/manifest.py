"""`manifest.json`: what a data set is, how it was made, and what its files must hash to. It is written last."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec

from warpsmith._version import __version__
from warpsmith.dataset.formats.base import FileEntry
from warpsmith.dataset.layout import MANIFEST, Slot
from warpsmith.errors import DatasetError
from warpsmith.record import SCHEMA_VERSION


class ShardEntry(msgspec.Struct, frozen=True):
    """The files of one shard, its split and which records are in it.

    `content` is a hash of the texts alone, the same whatever version of pyarrow wrote the file. `span` names the first
    record that may be in the shard and the first that is behind it: of these it has those that the index gives to its
    split.
    """

    files: tuple[FileEntry, ...]
    content: str
    split: str = "train"
    span: tuple[int, int] = (0, 0)

    @property
    def rows(self) -> int:
        """The number of its records."""
        return sum(file.rows for file in self.files)


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a data set that is not in its rows.

    `splits` counts the records of each, `clusters` those of near-duplicates, of which a record alone is one too.
    `avoided` kernels were drawn and had a form that a job for differentiable ones does not take, `barred` ones were too
    near to the kernels that the job was told to keep away from. Where a verification in place took records out of the
    set, `before_verify` are the options of verification that it was made with; the configuration has the later ones.
    """

    schema_version: int = SCHEMA_VERSION
    configuration: dict[str, Any]
    versions: dict[str, str]
    rows: int
    splits: dict[str, int]
    clusters: int
    categories: dict[str, int]
    levels: dict[int, int]
    rejected: int
    duplicates_replaced: int
    avoided: int = 0
    barred: int = 0
    before_verify: dict[str, str] | None = None
    preambles: dict[str, str]
    index: FileEntry
    shards: tuple[ShardEntry, ...]

    @property
    def files(self) -> list[FileEntry]:
        """All files with records, in order."""
        return [entry for shard in self.shards for entry in shard.files]

    @property
    def slots(self) -> list[Slot]:
        """The places of all shards, in order."""
        return [slot for split in self.splits for slot in _slots(split, self.shards)]

    def encode(self) -> bytes:
        """Return the content of `manifest.json`."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


def _slots(split: str, shards: Iterable[ShardEntry]) -> Iterator[Slot]:
    rows = [shard.rows for shard in shards if shard.split == split]
    for number, first in enumerate(accumulate(rows, initial=0)):
        if number < len(rows):
            yield Slot(number, len(rows), first, rows[number], split)


def read_manifest(folder: Path) -> Manifest:
    """Read a set's manifest; raises DatasetError where there is none or where it is damaged."""
    path = folder / MANIFEST
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        message = (
            f"{folder}: no {MANIFEST}, so this is no finished data set; name one, or finish with `generate --resume`"
        )
        if not folder.exists():
            message = f"{folder}: there is no such folder; name the folder of a data set"
        raise DatasetError(message) from None
    except NotADirectoryError:
        message = f"{folder}: this is no folder; name the folder of a data set"
        raise DatasetError(message) from None
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); name another folder"
        raise DatasetError(message) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"{path}: damaged ({error}); make the set anew with `generate --overwrite`"
        raise DatasetError(message) from None


def versions() -> dict[str, str]:
    """Return the versions that decide about the bytes of a data set; imports none of the packages."""
    of_packages = {"warp": "warp-lang", "pyarrow": "pyarrow", "rensa": "rensa"}
    return {"warpsmith": __version__, **{name: version(package) for name, package in of_packages.items()}}
