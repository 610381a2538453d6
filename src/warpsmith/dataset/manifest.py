"""`manifest.json`: what a data set is, how it was made, and what its files must hash to. It is written last."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from warpsmith._version import __version__
from warpsmith.dataset.atomic import write_atomically
from warpsmith.dataset.formats.base import FileEntry
from warpsmith.dataset.layout import MANIFEST
from warpsmith.errors import DatasetError
from warpsmith.record import SCHEMA_VERSION


class ShardEntry(msgspec.Struct, frozen=True):
    """The files of one shard and how to make them again.

    `attempts` names the records that were not made of the first draw: number within the shard -> draws before it.
    `content` is a hash of the texts alone, the same whatever version of pyarrow wrote the file.
    """

    files: tuple[FileEntry, ...]
    content: str
    attempts: dict[int, int] = {}


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a data set that is not in its rows.

    `avoided` kernels were drawn and had a form that a job for differentiable ones does not take.
    """

    schema_version: int = SCHEMA_VERSION
    configuration: dict[str, Any]
    versions: dict[str, str]
    rows: int
    categories: dict[str, int]
    levels: dict[int, int]
    rejected: int
    duplicates_replaced: int
    avoided: int = 0
    preambles: dict[str, str]
    shards: tuple[ShardEntry, ...]

    @property
    def files(self) -> list[FileEntry]:
        """All files with records, in order."""
        return [entry for shard in self.shards for entry in shard.files]

    def write(self, folder: Path) -> None:
        """Write `manifest.json` into the folder of the set, whole or not at all."""
        content = msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"
        write_atomically(folder / MANIFEST, content)


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
    return {"warpsmith": __version__, "warp": version("warp-lang"), "pyarrow": version("pyarrow")}
