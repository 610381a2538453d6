"""An export from beginning to end: rows of a finished set in, files of training examples out."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from warpsmith.dataset.atomic import aside, settle
from warpsmith.dataset.formats import FileEntry
from warpsmith.dataset.layout import CARD, MANIFEST
from warpsmith.dataset.manifest import Manifest, read_manifest, versions
from warpsmith.dataset.reading import format_of
from warpsmith.errors import DatasetError, UsageError
from warpsmith.record import SCHEMA_VERSION
from warpsmith.views.columns import KEPT, VERDICTS, row_of, schema_of
from warpsmith.views.entries import BEHIND_LIMIT, TOO_LONG, Sieve, Tally
from warpsmith.views.folder import SUMMARY, claimed
from warpsmith.views.options import ExportOptions
from warpsmith.views.summary import Export, TokenTotals, card
from warpsmith.views.tokens import TokenCounter
from warpsmith.views.view import UNCHECKED, Row
from warpsmith.views.writing import SplitFiles


class Watcher(Protocol):
    """Hears how many records have been looked at."""

    def begin(self, total: int, done: int) -> None:
        """Hear how many there are."""

    def advance(self, done: int) -> None:
        """Hear how many it were by now."""

    def end(self) -> None:
        """Hear that nothing more will come."""


class _Nobody:
    def begin(self, total: int, done: int) -> None:
        pass

    def advance(self, done: int) -> None:
        pass

    def end(self) -> None:
        pass


def export_set(
    folder: Path, output: Path, options: ExportOptions, *, overwrite: bool = False, watcher: Watcher | None = None
) -> Export:
    """Write the training examples that a view makes of a finished set into a folder; return what came of it.

    The same set and options give the same bytes. Files get their names when all of them are complete, `export.json` is
    the last.

    Raises:
        UsageError: the set has no such split, the tokenizer cannot be read, or the folder is not fit.
        PrerequisiteError: a tokenizer is given and its library is not installed.
        DatasetError: there is no finished set of this version, no record of it enters, or the disk takes no more.
    """
    manifest = _readable(folder)
    splits = _splits(manifest, options)
    counter = TokenCounter(options.tokenizer) if options.tokenizer else None
    watcher = watcher or _Nobody()
    job = _Job(folder, output, manifest, Sieve(options, counter, watcher.advance))
    try:
        with claimed(output, folder, overwrite=overwrite) as earlier:
            files = job.write_all(splits, watcher)
            if not files:
                raise DatasetError(nothing_entered(folder, options, job.sieve.tally))
            export = job.summary(splits, files)
            _settle(output, earlier, export, options)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        message = f"output '{output}' cannot be written: {reason}; make room or name another folder"
        raise DatasetError(message) from error
    return export


@dataclass
class _Job:
    """The work on one set: what is read and written, and what is counted on the way."""

    folder: Path
    output: Path
    manifest: Manifest
    sieve: Sieve
    tokens: Counter[str] = field(default_factory=Counter)

    def write_all(self, splits: Mapping[str, int], watcher: Watcher) -> list[FileEntry]:
        """Write the files of some splits with so many records each; they still stand aside when they are complete."""
        watcher.begin(sum(splits.values()) or 1, 0)
        try:
            return [entry for split, count in splits.items() for entry in self._write(split, count)]
        finally:
            watcher.end()

    def _write(self, split: str, count: int) -> list[FileEntry]:
        options, tally, before = self.sieve.options, self.sieve.tally, self.sieve.tally.seen
        files = SplitFiles(self.output, split, options.format, schema_of(options))
        for entry in self.sieve.entries(rows_of(self.folder, self.manifest, split, options), split):
            if entry.lengths:
                self.tokens.update(prompt=entry.lengths.prompt, completion=entry.lengths.completion)
            files.append(row_of(entry, options))
        if behind := count - (tally.seen - before):
            tally.left_out[BEHIND_LIMIT] += behind
            tally.seen += behind
        self.sieve.advance(tally.seen)
        return files.close()

    def summary(self, splits: Mapping[str, int], files: list[FileEntry]) -> Export:
        """Return what came of it."""
        manifest, tally, counter = self.manifest, self.sieve.tally, self.sieve.counter
        digest = hashlib.sha256((self.folder / MANIFEST).read_bytes()).hexdigest()
        totals = TokenTotals(self.tokens["prompt"], self.tokens["completion"], counter.sha256) if counter else None
        return Export(
            configuration=self.sieve.options.configuration(),
            versions={name: versions()[name] for name in ("warpsmith", "pyarrow")},
            source={"rows": manifest.rows, "versions": manifest.versions, "manifest": digest},
            entries=sum(tally.entered.values()),
            splits={split: tally.entered[split] for split in splits if tally.entered[split]},
            left_out=dict(sorted(tally.left_out.items(), key=lambda item: (-item[1], item[0]))),
            tokens=totals,
            files=tuple(files),
        )


def rows_of(folder: Path, manifest: Manifest, split: str, options: ExportOptions) -> Iterator[Row]:
    """Yield the rows of a split, those of their columns that an export needs."""
    columns = list(dict.fromkeys([*KEPT, *VERDICTS, "provenance", *options.task.columns]))
    form = format_of(manifest)
    for shard in manifest.shards:
        if shard.split == split:
            for entry in shard.files:
                yield from form.rows(folder / entry.path, columns)


def nothing_entered(folder: Path, options: ExportOptions, tally: Tally) -> str:
    """Say why an export would be empty, and what helps against the most frequent reason."""
    reasons = tally.left_out.most_common()
    why = ", ".join(f"{reason} ({count:,})" for reason, count in reasons) or "there is none"
    first = reasons[0][0] if reasons else ""
    remedy = "name another view"
    if first.endswith(UNCHECKED):
        remedy = f"run `warpsmith verify {folder}`, or add `--unverified`"
    elif first.startswith(TOO_LONG):
        remedy = "raise the limit"
    return f"{folder}: no record enters the view {options.view.name}: {why}; {remedy}"


def _readable(folder: Path) -> Manifest:
    manifest = read_manifest(folder)
    if manifest.schema_version != SCHEMA_VERSION:
        message = f"{folder}: its records have schema {manifest.schema_version}, and this version of warpsmith reads "
        raise DatasetError(f"{message}{SCHEMA_VERSION}; make the set anew with `generate`")
    return manifest


def _splits(manifest: Manifest, options: ExportOptions) -> dict[str, int]:
    """Return the splits that are wanted with their number of records, in the order of the set."""
    for name in options.splits:
        if name not in manifest.splits:
            raise UsageError(f"split '{name}' is not in the set; use {', '.join(manifest.splits)}")
    return {name: rows for name, rows in manifest.splits.items() if not options.splits or name in options.splits}


def _settle(output: Path, earlier: list[Path], export: Export, options: ExportOptions) -> None:
    """Put the new files in the place of those of an earlier export; all of them are on the disk before one goes."""
    aside(output / CARD).write_bytes(card(export, options).encode())
    aside(output / SUMMARY).write_bytes(export.encode())
    for path in sorted(earlier, key=lambda path: path.name != SUMMARY):
        path.unlink(missing_ok=True)
    settle([*(output / entry.path for entry in export.files), output / CARD])
    settle([output / SUMMARY])
