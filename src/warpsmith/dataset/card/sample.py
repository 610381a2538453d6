"""A short record to show in a card: its Python beside the statements of its generated code."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.reading import format_of
from warpsmith.dataset.store import Store

_LOOKED_AT = 50
_LONGEST = 2000
_COLUMNS = ("id", "description", "python_source", "self_contained", "gradient")


class Sample(NamedTuple):
    """What is shown of a record; `column` is where `statements` are from."""

    id: str
    description: str
    python_source: str
    column: str
    statements: str


def find_sample(store: Store, manifest: Manifest) -> Sample | None:
    """Return the shortest of the first records of a set, whose files must be there; None where all of them are long.

    A record whose adjoint is known to be wrong is not shown.
    """
    column = "cuda_forward" if manifest.configuration["device"] == "cuda" else "cpp_forward"
    rows = islice(_rows(store, manifest, column), _LOOKED_AT)
    fit = [row for row in rows if row["self_contained"] and row[column] and row["gradient"] != "mismatch"]
    row = min(fit, key=lambda one: (len(one["python_source"]), one["id"]), default=None)
    if row is None or len(row["python_source"]) > _LONGEST:
        return None
    return Sample(row["id"], row["description"], row["python_source"], column, statements(row[column]))


def _rows(store: Store, manifest: Manifest, column: str) -> Iterator[dict[str, Any]]:
    form = format_of(manifest)
    for entry in manifest.files:
        rows = list(islice(form.rows(store.fetch(entry.path), (*_COLUMNS, column)), _LOOKED_AT))
        store.release([entry.path])
        yield from rows


def statements(forward: str) -> str:
    """Return the statements of a forward function with the comments between them, without what stands around them."""
    lines = forward.splitlines()
    start = next((place for place, line in enumerate(lines) if line.strip() == "// forward"), None)
    if start is None:
        return forward
    indent = len(lines[start]) - len(lines[start].lstrip())
    body = lines[start + 1 :]
    if body and body[0].lstrip().startswith("// def "):
        body = body[1:]
    while body and len(body[-1]) - len(body[-1].lstrip()) < indent:
        body.pop()
    return "\n".join(re.sub(r" {2,}<L", "  <L", line[indent:]) for line in body)
