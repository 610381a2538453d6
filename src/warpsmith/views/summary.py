"""`export.json` and the card of an export: what was made of what, how many entered, and why others did not."""

from typing import Any

import msgspec
import pyarrow as pa

from warpsmith.dataset.formats import FileEntry
from warpsmith.views.columns import columns_of, schema_of
from warpsmith.views.forms import FORMS
from warpsmith.views.options import ExportOptions


class TokenTotals(msgspec.Struct, frozen=True):
    """The tokens of all entries, and the SHA-256 of the tokenizer's file."""

    prompt: int
    completion: int
    tokenizer: str


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """An export: its options, its source, and what came of every record that was looked at.

    `source` has the versions that made the data set, its number of records and the SHA-256 of its manifest. `left_out`
    counts records by reason, the most frequent first.
    """

    configuration: dict[str, Any]
    versions: dict[str, str]
    source: dict[str, Any]
    entries: int
    splits: dict[str, int]
    left_out: dict[str, int]
    tokens: TokenTotals | None = None
    files: tuple[FileEntry, ...]

    def encode(self) -> bytes:
        """Return the content of `export.json`."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


def card(export: Export, options: ExportOptions) -> str:
    """Return the README of an export: where the splits are, what was claimed, what the columns mean."""
    task = options.task
    claims = [f"| `{claim.column}` | {str(claim.value).lower()} |" for claim in task.claims]
    columns = columns_of(tokens=options.tokenizer is not None)
    form = [f"| `{one.name}` | {_short(one)} | of the form `{options.form}` |" for one in FORMS[options.form].fields]
    variant = f", {options.view.choice} `{options.variant}`" if options.view.choice else ""
    unverified = ["", "What was not checked was let in (`--unverified`)."] if options.unverified else []
    return "\n".join(
        [
            *_header(export, options),
            f"# {options.view.name}",
            "",
            f"{export.entries:,} training examples, the view `{options.view.name}`{variant} of a data set of",
            f"{export.source['rows']:,} kernels for NVIDIA Warp: {options.view.meaning}.",
            f"Made by warpsmith {export.versions['warpsmith']} with Warp {export.source['versions']['warp']}.",
            "`export.json` has the options, the digests, and how many records did not enter, by reason.",
            "",
            *_table(["split", "entries"], [f"| {name} | {count:,} |" for name, count in export.splits.items()]),
            "",
            "A record enters only if its verdicts say:",
            "",
            *_table(["verdict", "must be"], claims),
            *unverified,
            "",
            *_table(
                ["column", "type", "meaning"],
                [*form, *(f"| `{one.name}` | {one.type} | {one.meaning} |" for one in columns)],
            ),
            "",
        ]
    )


def _header(export: Export, options: ExportOptions) -> list[str]:
    files = [
        line
        for split in export.splits
        for line in (f"  - split: {split}", f"    path: data/{split}-*.{options.format}")
    ]
    features = [line for field in schema_of(options) for line in _feature(field)]
    configs = ["configs:", "- config_name: default", "  data_files:", *files]
    return ["---", *configs, "dataset_info:", "  features:", *features, *_TAGS, "---", ""]


_TAGS = ("tags:", "- code", "- cuda", "- warp")
_MESSAGES = ("    list:", "    - name: role", "      dtype: string", "    - name: content", "      dtype: string")
_KINDS = {"double": "float64"}


def _feature(field: "pa.Field[Any]") -> list[str]:
    """Say what a column is, for a reader of JSON Lines that would take one of nulls alone for a column of nulls."""
    kind = str(field.type)
    if kind.startswith("list"):
        return [f"  - name: {field.name}", *_MESSAGES]
    return [f"  - name: {field.name}", f"    dtype: {_KINDS.get(kind, kind)}"]


def _short(field: "pa.Field[Any]") -> str:
    return "list of role, content" if str(field.type).startswith("list") else str(field.type)


def _table(names: list[str], rows: list[str]) -> list[str]:
    return [f"| {' | '.join(names)} |", "|" + "---|" * len(names), *rows]
