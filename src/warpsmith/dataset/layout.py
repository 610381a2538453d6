"""Where things stand in the folder of a data set, and which files there are ours."""

import re
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "manifest.json"
STATISTICS = "stats.json"
CARD = "README.md"
CROISSANT = "croissant.json"
INDEX = "index.parquet"
DATA = "data"
REJECTED = "rejected"
WORK = ".warpsmith"
REPORT = "report"

_OURS = re.compile(
    rf"({MANIFEST}|{STATISTICS}|{CARD}|{CROISSANT}|{INDEX}"
    rf"|{DATA}/(\w+-\d{{5,}}-of-\d{{5,}}\.(parquet|jsonl)|\w+-\d{{8,}}\.json)"
    rf"|{REJECTED}/\w+-\d{{5,}}-of-\d{{5,}}\.jsonl"
    rf"|{REPORT}/(index\.html|data/\w+(-\d{{5,}})?\.js)"
    rf"|{WORK}/.+)"
)
_ASIDE = re.compile(r"(^|/)\.([^/]+)\.part$")


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one shard: its number of how many, its first row within the whole or its split, how many rows."""

    number: int
    of: int
    first: int
    rows: int
    split: str = "train"

    @property
    def stem(self) -> str:
        """The file name without its ending, as `datasets` expects it."""
        return f"{self.split}-{self.number:05d}-of-{self.of:05d}"

    @property
    def indices(self) -> range:
        """The numbers of its rows within the whole, or within its split."""
        return range(self.first, self.first + self.rows)


def foreign_file(folder: Path) -> str | None:
    """Return the name of something in the folder that warpsmith did not write, or None where everything is ours.

    The card and the Croissant file count as ours only if they say so; links are always foreign.
    """
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (_is_our_folder(name) if path.is_dir() else _is_our_file(path, name)):
            return name
    return None


def _is_our_folder(name: str) -> bool:
    return name in {DATA, REJECTED, WORK, REPORT, f"{REPORT}/{DATA}"} or name.startswith(f"{WORK}/")


def is_our_name(name: str) -> bool:
    """Tell whether a file of this name, with slashes, may be one of a data set."""
    return bool(_OURS.fullmatch(_ASIDE.sub(r"\1\2", name)))


def _is_our_file(path: Path, name: str) -> bool:
    if not is_our_name(name):
        return False
    return name not in {CARD, CROISSANT} or "warpsmith" in path.read_text(errors="replace")


def leftovers(folder: Path) -> list[Path]:
    """Return the files that an interrupted run left half written."""
    return sorted(path for path in folder.rglob(".*.part") if path.is_file())
