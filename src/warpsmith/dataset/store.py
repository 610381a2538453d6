"""Where the files of a data set in the making are kept: a folder that every worker sees."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from warpsmith.dataset.atomic import aside, settle
from warpsmith.dataset.formats.base import FileEntry


@dataclass(frozen=True)
class Store:
    """A folder; files are named relative to it, with slashes. A file is there as a whole, or it is not there.

    Whoever writes a file writes it beside its place in `folder` and then settles it.
    """

    folder: Path

    @property
    def address(self) -> str:
        """What a person calls it."""
        return str(self.folder)

    def settle(self, names: Iterable[str]) -> None:
        """Give files that stand aside their names, once their bytes are safe."""
        settle(self.folder / name for name in names)

    def write(self, name: str, content: bytes) -> None:
        """Write a small file: a reader sees the old content or the new one, never a part."""
        aside(self.folder / name).write_bytes(content)
        self.settle([name])

    def fetch(self, name: str) -> Path:
        """Return where the bytes of a file can be read; there may be none."""
        return self.folder / name

    def is_intact(self, entry: FileEntry) -> bool:
        """Tell whether a file is there with exactly these bytes."""
        return entry.is_intact(self.folder)

    def exists(self, name: str) -> bool:
        """Tell whether there is such a file."""
        return (self.folder / name).exists()

    def names(self, under: str) -> list[str]:
        """Return the names of the files right in a folder, sorted; those that stand aside are not among them."""
        paths = (path for path in (self.folder / under).glob("*") if not path.name.startswith("."))
        return sorted(path.relative_to(self.folder).as_posix() for path in paths if path.is_file())

    def remove(self, names: Iterable[str]) -> None:
        """Remove files that are there."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)

    def remove_folder(self, name: str) -> None:
        """Remove a folder with all that is in it."""
        shutil.rmtree(self.folder / name, ignore_errors=True)

    def release(self, names: Iterable[str]) -> None:
        """Hear that some files will not be read again; here there is nothing to let go of."""

    def close(self) -> None:
        """Let go of what only this process needs."""
