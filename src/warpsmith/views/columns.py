"""The columns of an export: those of its form, and what one filters by."""

from typing import Any, NamedTuple

import pyarrow as pa

from warpsmith.record import COLUMNS, arrow_schema
from warpsmith.views.entries import Entry
from warpsmith.views.forms import FORMS
from warpsmith.views.options import ExportOptions


class ViewColumn(NamedTuple):
    """A column beside those of the form: its name, its type, and what it means."""

    name: str
    type: str
    meaning: str


KEPT = ("id", "kernel_name", "category", "level", "cluster")
VERDICTS = ("compiles_cpu", "compiles_cuda", "runs", "finite", "gradient", "gradient_error")
_MEANINGS = {column.name: (column.type, column.meaning) for column in COLUMNS}
_OWN = (
    ViewColumn("view", "string", "name of the view"),
    ViewColumn("variant", "string", "part or target that was chosen; empty where the view has no choice"),
)
_LENGTHS = (
    ViewColumn("prompt_characters", "int32", "length of the prompt, without what separates it from the completion"),
    ViewColumn("completion_characters", "int32", "length of the completion"),
)
_TOKENS = (
    ViewColumn("prompt_tokens", "int32", "tokens of the prompt with what separates it; no special tokens"),
    ViewColumn("completion_tokens", "int32", "tokens of the completion"),
    ViewColumn("tokens", "int32", "the sum of both"),
)


def columns_of(*, tokens: bool) -> tuple[ViewColumn, ...]:
    """Return the columns that stand beside those of the form, in order."""
    records = tuple(ViewColumn(name, *_MEANINGS[name]) for name in (*KEPT, *VERDICTS))
    license_column = ViewColumn("license", "string", "licence of the kernel's text, where people wrote it; or null")
    return (*_OWN, *records, license_column, *_LENGTHS, *(_TOKENS if tokens else ()))


def schema_of(options: ExportOptions) -> pa.Schema:
    """Return the Arrow schema of an export."""
    of_record = arrow_schema()
    known = {name: of_record.field(name) for name in (*KEPT, *VERDICTS)}
    types = {"string": pa.string(), "int32": pa.int32()}
    rest = [
        known[column.name] if column.name in known else pa.field(column.name, types[column.type])
        for column in columns_of(tokens=options.tokenizer is not None)
    ]
    return pa.schema([*FORMS[options.form].fields, *rest])


def row_of(entry: Entry, options: ExportOptions) -> dict[str, Any]:
    """Return an entry as a row, in the order of the schema."""
    row, pair, lengths = entry
    counted = {}
    if lengths:
        counted = {
            "prompt_tokens": lengths.prompt,
            "completion_tokens": lengths.completion,
            "tokens": lengths.together,
        }
    return {
        **FORMS[options.form].columns(pair),
        "view": options.view.name,
        "variant": options.variant,
        **{name: row[name] for name in (*KEPT, *VERDICTS)},
        "license": row["provenance"]["license"],
        "prompt_characters": len(pair.prompt),
        "completion_characters": len(pair.completion),
        **counted,
    }
