"""`croissant.json`: what is in a set, for programs, in the vocabulary of Croissant (JSON-LD over schema.org)."""

from collections.abc import Iterable
from typing import Any

import msgspec
import pyarrow as pa

from warpsmith.dataset.card.limits import limits
from warpsmith.dataset.formats import FileEntry
from warpsmith.dataset.manifest import Manifest
from warpsmith.record import COLUMNS, arrow_schema

_VERSION = "http://mlcommons.org/croissant/1.1"
_TERMS = (
    *("annotation", "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field"),
    *("fileObject", "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key"),
    *("md5", "parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate"),
    *("sdVersion", "separator", "source", "subField", "transform"),
)
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS},
}
_ENCODINGS = {
    "parquet": "application/x-parquet",
    "jsonl": "application/jsonlines",
    "json": "application/json",
}
_TYPES = {
    "string": "sc:Text",
    "bool": "sc:Boolean",
    "int8": "cr:Int8",
    "int32": "cr:Int32",
    "int64": "cr:Int64",
    "double": "cr:Float64",
}
_RECORDS, _FILES = "default", "records"
_LISTED = 1000
"""So many files are named one by one, with their hashes; where there are more, only the manifest has these."""


def croissant(manifest: Manifest, licenses: Iterable[str]) -> bytes:
    """Return the content of `croissant.json`; `licenses` are those of the kernels that people wrote."""
    is_written = manifest.configuration.get("kind", "generate") == "generate"
    warp, warpsmith = manifest.versions["warp"], manifest.versions["warpsmith"]
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": _VERSION,
        "name": "Warp kernels and the code that Warp makes of them",
        "description": f"{manifest.rows:,} kernels for NVIDIA Warp with the code that Warp {warp} generates from each, "
        f"forward and adjoint, aligned line by line, made by warpsmith {warpsmith}. README.md says how, and what was "
        "checked; manifest.json has the configuration and the SHA-256 of every file.",
        "license": "https://spdx.org/licenses/Apache-2.0.html" if is_written else sorted(licenses) or "unknown",
        "version": f"{manifest.schema_version}.0.0",
        "citeAs": f"@misc{{warpsmith, title = {{warpsmith}}, version = {{{warpsmith}}}}}",
        "inLanguage": ["en", "code"],
        "keywords": ["code", "CUDA", "C++", "Warp", "automatic differentiation"],
        "rai:dataLimitations": limits(manifest),
        "distribution": _distribution(manifest),
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": _RECORDS,
                "name": _RECORDS,
                "description": "A record for each kernel.",
                **({"key": {"@id": f"{_RECORDS}/id"}} if is_written else {}),
                "field": _fields(manifest),
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"


def _distribution(manifest: Manifest) -> list[dict[str, Any]]:
    form = manifest.configuration["format"]
    files = manifest.files
    whole = {
        "@type": "cr:FileSet",
        "@id": _FILES,
        "name": _FILES,
        "description": "The files of all records; each has records of one split, which its name begins with.",
        "encodingFormat": _ENCODINGS[form],
        "includes": [f"data/{split}-*.{form}" for split in _splits(manifest)],
    }
    named = [_file(entry, _ENCODINGS[form]) for entry in (files if len(files) <= _LISTED else ())]
    return [whole, *named, _file(manifest.index, _ENCODINGS["parquet"])]


def _file(entry: FileEntry, encoding: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": entry.path,
        "name": entry.path.rpartition("/")[2],
        "contentUrl": entry.path,
        "contentSize": f"{entry.bytes} B",
        "encodingFormat": encoding,
        "sha256": entry.sha256,
    }


def _splits(manifest: Manifest) -> list[str]:
    """Return the splits that have files."""
    return list(dict.fromkeys(shard.split for shard in manifest.shards if shard.files))


def _fields(manifest: Manifest) -> list[dict[str, Any]]:
    form = manifest.configuration["format"]
    schema = arrow_schema()
    split = {
        "@type": "cr:Field",
        "@id": f"{_RECORDS}/split",
        "name": "split",
        "description": "the split that the record is in, by the name of its file",
        "dataType": ["cr:Split", "sc:Text"],
        "source": {
            "fileSet": {"@id": _FILES},
            "extract": {"fileProperty": "fullpath"},
            "transform": {"regex": rf"data/({'|'.join(_splits(manifest))})-.+\.{form}$"},
        },
    }
    columns = (_field(column.name, column.meaning, schema.field(column.name).type, form) for column in COLUMNS)
    return [split, *columns]


def _field(name: str, meaning: str, kind: pa.DataType, form: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{_RECORDS}/{name}",
        "name": name,
        "description": meaning,
        "source": _source(name, form),
    }
    if isinstance(kind, pa.StructType):
        return described | {"subField": [_part(name, field, form) for field in kind]}
    return described | _typed(kind)


def _part(name: str, field: "pa.Field[Any]", form: str) -> dict[str, Any]:
    """Return the field of a part of a struct."""
    return {
        "@type": "cr:Field",
        "@id": f"{_RECORDS}/{name}/{field.name}",
        "name": field.name,
        "description": f"{field.name} of {name}",
        "source": _source(name, form) | {"transform": {"jsonPath": field.name}},
        **_typed(field.type),
    }


def _typed(kind: pa.DataType) -> dict[str, Any]:
    if isinstance(kind, pa.ListType):
        return {"dataType": _TYPES[str(kind.value_type)], "isArray": True, "arrayShape": "-1"}
    return {"dataType": _TYPES[str(kind)]}


def _source(name: str, form: str) -> dict[str, Any]:
    """Return where the values of a column are in a file."""
    extract = {"jsonPath": f"$.{name}"} if form == "json" else {"column": name}
    return {"fileSet": {"@id": _FILES}, "extract": extract}
