"""The formats of shard files by name; a new one is one file and one line here."""

from warpsmith.dataset.formats.base import FileEntry, Format, ShardWriter, settle_all
from warpsmith.dataset.formats.json_files import JsonFiles
from warpsmith.dataset.formats.jsonl import JsonLines
from warpsmith.dataset.formats.parquet import Parquet

FORMATS: dict[str, Format] = {form.name: form for form in (Parquet(), JsonLines(), JsonFiles())}

__all__ = ["FORMATS", "FileEntry", "Format", "ShardWriter", "settle_all"]
