"""A data set in an object store, or wherever pyarrow and fsspec can write: files are made here and sent there whole."""

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.fs

from warpsmith.dataset.atomic import aside
from warpsmith.dataset.formats.base import FileEntry
from warpsmith.dataset.store import Store
from warpsmith.errors import PrerequisiteError, UsageError

_WHOLE_ON_CLOSE = frozenset({"s3", "gcs", "abfs"})


@dataclass(frozen=True)
class ObjectStore(Store):
    """A place with a URI; `folder` is scratch space of the machine, where files are written before they are sent.

    An object of S3, Google Cloud Storage or Azure is there when it is complete. Elsewhere a file is sent under another
    name and moved.
    """

    uri: str

    @property
    def address(self) -> str:
        """Its URI."""
        return self.uri

    def settle(self, names: Iterable[str]) -> None:
        """Send files that stand aside; what was sent is gone from the scratch space."""
        system, root = _opened(self.uri)
        for name in names:
            part = aside(self.folder / name)
            _send(system, part, f"{root}/{name}")
            part.unlink()

    def fetch(self, name: str) -> Path:
        """Return a copy of a file, which stays in the scratch space; there may be none."""
        path = self.folder / name
        system, root = _opened(self.uri)
        if not path.exists() and self._size(name) is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            with (
                tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as copy,
                system.open_input_stream(f"{root}/{name}") as source,
            ):
                shutil.copyfileobj(source, copy)
            Path(copy.name).replace(path)
        return path

    def is_intact(self, entry: FileEntry) -> bool:
        """Tell whether a file is there and as long as it should be; to keep its bytes is the store's promise."""
        return self._size(entry.path) == entry.bytes

    def exists(self, name: str) -> bool:
        """Tell whether there is such a file."""
        return self._size(name) is not None

    def names(self, under: str = "") -> list[str]:
        """Return the names of the files in a folder and in those below it, sorted."""
        system, root = _opened(self.uri)
        selector = pa.fs.FileSelector(f"{root}/{under}".rstrip("/"), allow_not_found=True, recursive=True)
        files = (info.path for info in system.get_file_info(selector) if info.type == pa.fs.FileType.File)
        return sorted(path.removeprefix(f"{root}/") for path in files if not Path(path).name.startswith("."))

    def remove(self, names: Iterable[str]) -> None:
        """Remove files that are there, and their copies."""
        system, root = _opened(self.uri)
        for name in names:
            (self.folder / name).unlink(missing_ok=True)
            if self.exists(name):
                system.delete_file(f"{root}/{name}")

    def remove_folder(self, name: str) -> None:
        """Remove a folder with all that is in it."""
        system, root = _opened(self.uri)
        self.remove(self.names(name))
        if system.get_file_info(f"{root}/{name}").type == pa.fs.FileType.Directory:
            system.delete_dir(f"{root}/{name}")
        super().remove_folder(name)

    def release(self, names: Iterable[str]) -> None:
        """Remove copies that will not be read again."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)

    def close(self) -> None:
        """Remove the scratch space."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _size(self, name: str) -> int | None:
        system, root = _opened(self.uri)
        info = system.get_file_info(f"{root}/{name}")
        return int(info.size) if info.type == pa.fs.FileType.File else None


def store_at(address: str | Path) -> Store:
    """Return the store of a folder or a URI such as ``s3://bucket/sets/run1``.

    Raises UsageError where nothing can be written to such a URI, PrerequisiteError where a library is missing for it.
    """
    scheme, separator, rest = str(address).partition("://")
    if not separator:
        return Store(Path(address))
    if scheme == "file":
        return Store(Path(rest))
    if not _opened(str(address))[1].strip("/"):
        raise UsageError(f"output '{address}' names no bucket; add one: {scheme}://bucket/name")
    return ObjectStore(Path(tempfile.mkdtemp(prefix="warpsmith-")), str(address).rstrip("/"))


def _opened(uri: str) -> tuple[Any, str]:
    """Return the file system of a URI and the path in it; a process opens each once."""
    if uri not in _OPEN:
        _OPEN[uri] = _open(uri)
    return _OPEN[uri]


_OPEN: dict[str, tuple[Any, str]] = {}


def _open(uri: str) -> tuple[Any, str]:
    try:
        return pa.fs.FileSystem.from_uri(uri)
    except (pa.ArrowInvalid, ValueError, OSError) as error:
        if "unrecognized" not in str(error).lower():
            reason = str(error).splitlines()[0]
            raise UsageError(f"output '{uri}' cannot be used: {reason}; name a folder or a bucket") from None
    try:
        import fsspec
    except ImportError:
        scheme = uri.partition("://")[0]
        raise PrerequisiteError(f"output '{uri}': pyarrow cannot write to {scheme}://; install fsspec for it") from None
    try:
        system, path = fsspec.core.url_to_fs(uri)
    except (ImportError, ValueError, OSError) as error:
        raise UsageError(f"output '{uri}' cannot be used: {error}; name a folder or a bucket") from None
    handler: Any = pa.fs.FSSpecHandler
    return pa.fs.PyFileSystem(handler(system)), path


def _send(system: Any, source: Path, target: str) -> None:
    whole = system.type_name in _WHOLE_ON_CLOSE
    place = target if whole else str(aside(Path(target)))
    if not whole:
        system.create_dir(str(Path(target).parent), recursive=True)
    with source.open("rb") as file, system.open_output_stream(place) as sent:
        shutil.copyfileobj(file, sent, 1 << 20)
    if not whole:
        system.move(place, target)
