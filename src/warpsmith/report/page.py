"""A page to browse a data set, opened from the disk: no server, no network."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from warpsmith.dataset.against import compare
from warpsmith.dataset.atomic import write_atomically
from warpsmith.dataset.layout import REPORT
from warpsmith.dataset.manifest import read_manifest
from warpsmith.dataset.statistics import read_statistics
from warpsmith.errors import UsageError
from warpsmith.plots import Subject
from warpsmith.report.drawings import Drawing, colours, drawings
from warpsmith.report.listing import Listing
from warpsmith.report.packing import pack
from warpsmith.report.rendering import render
from warpsmith.report.sampling import Shown, sample
from warpsmith.report.tables import tables
from warpsmith.report.texts import LineTable, Texts, texts_of

MOST = 10_000
"""How many records a page shows unless told otherwise."""
AGAINST = ("warp.examples",)
"""What the kernels of a set are compared with unless told otherwise: code of people that Warp itself brings."""
CHUNK = 20
"""Records in one file of texts: what is loaded to look at one of them."""
INDEX = "index.html"
_DATA = "data"
_OURS = re.compile(r"index\.html|data|data/(list|sources|texts-\d{5,})\.js|(.*/)?\.[^/]+\.part")


class Report(NamedTuple):
    """A page that was written: where it is, how many records it shows of how many, and its bytes with all its data."""

    path: Path
    shown: int
    records: int
    bytes: int


class _Chunk(msgspec.Struct):
    lines: list[str]
    records: list[Texts]


def write_report(
    folder: Path,
    output: Path | None = None,
    *,
    most: int = MOST,
    against: Sequence[str] = AGAINST,
    plots: bool = True,
    advance: Callable[[int], None] = lambda _done: None,
) -> Report:
    """Write the page of a finished set into a folder (by default ``report`` in that of the set) and return what it is.

    The page shows at most `most` records; a larger set is sampled. `against` names packages or paths whose kernels the
    set is compared with (they are read, not imported). Without `plots`, numbers stand in tables only. `advance` is told
    how many records are done.

    Raises:
        UsageError: the folder holds something else or cannot be written, or there are no kernels to compare with.
        DatasetError: the set is not finished, or damaged.
        PrerequisiteError: the figures want matplotlib, which is not installed.
    """
    if most < 1:
        raise UsageError(f"records is {most}; use a number from 1 up")
    manifest, whole = read_manifest(folder), read_statistics(folder)
    subject = Subject(manifest, whole, [compare(whole.statistics, target) for target in against])
    drawn = drawings(subject) if plots else []
    output = output or folder / REPORT
    try:
        _clear(output)
        shown = _write_data(output / _DATA, sample(folder, manifest, most), advance)
        write_atomically(output / INDEX, _page(folder.resolve().name, subject, drawn, shown).encode())
    except OSError as error:
        raise UsageError(f"output '{output}' cannot be written: {error.strerror}; name another folder") from None
    size = sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
    return Report(output / INDEX, shown, manifest.rows, size)


def _clear(output: Path) -> None:
    """Make the folder, or remove from it a page that was there before, its index first."""
    output.mkdir(parents=True, exist_ok=True)
    names = sorted(path.relative_to(output).as_posix() for path in output.rglob("*"))
    if foreign := next((name for name in names if not _OURS.fullmatch(name)), None):
        raise UsageError(f"output '{output}' holds '{foreign}', which is of no report; name another folder")
    (output / INDEX).unlink(missing_ok=True)
    for name in names:
        if (output / name).is_file():
            (output / name).unlink()
    (output / _DATA).mkdir(exist_ok=True)


def _write_data(folder: Path, records: Iterable[Shown], advance: Callable[[int], None]) -> int:
    """Write the list, the texts and the sources to search in; return how many records there are."""
    listing, sources, pending = Listing(), list[str](), list[Any]()
    for shown in records:
        listing.add(shown.row, shown.split, shown.number)
        sources.append(shown.row["python_source"])
        pending.append(shown.row)
        if len(pending) == CHUNK:
            _write_chunk(folder, len(sources) // CHUNK - 1, pending)
            pending.clear()
            advance(len(sources))
    if pending:
        _write_chunk(folder, len(sources) // CHUNK, pending)
    pack(folder, "list", listing.encode())
    pack(folder, "sources", msgspec.json.encode(sources))
    advance(len(sources))
    return len(sources)


def _write_chunk(folder: Path, number: int, rows: list[Any]) -> None:
    table = LineTable()
    records = [texts_of(row, table) for row in rows]
    pack(folder, f"texts-{number:05d}", msgspec.json.encode(_Chunk(table.lines, records)))


def _page(title: str, subject: Subject, drawn: Sequence[Drawing], shown: int) -> str:
    return render(
        "warpsmith.report",
        "report",
        title=title,
        manifest=subject.manifest,
        shown=shown,
        chunk=CHUNK,
        colours=colours(),
        drawings=drawn,
        tables=tables(subject.manifest, subject.whole, subject.comparisons),
    )
