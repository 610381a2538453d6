"""The header of a card: what the Hub files a set under, and what `datasets.load_dataset` needs to load it."""

from collections import Counter
from typing import Any

import pyarrow as pa

from warpsmith.dataset.card.plain_yaml import as_yaml
from warpsmith.dataset.manifest import Manifest
from warpsmith.record import arrow_schema

_TAGS = ("code", "cuda", "cpp", "warp", "automatic-differentiation", "compiler")
_SIZES = {
    1_000: "n<1K",
    10_000: "1K<n<10K",
    100_000: "10K<n<100K",
    1_000_000: "100K<n<1M",
    10_000_000: "1M<n<10M",
    100_000_000: "10M<n<100M",
}
"""The Hub's names of sizes, each by what is too many for it."""


def header(manifest: Manifest) -> str:
    """Return the header with the lines around it."""
    return f"---\n{as_yaml(_described(manifest))}{_loading(manifest)}---\n"


def is_loadable(text: str, manifest: Manifest) -> bool:
    """Tell whether a card says where the files of a set are, and what is in them; its words may be anybody's."""
    return _loading(manifest) in text


def _described(manifest: Manifest) -> dict[str, Any]:
    is_written = manifest.configuration.get("kind", "generate") == "generate"
    others = {"license": "other", "license_name": "of-each-row"}
    return {
        "pretty_name": "Warp kernels and the code that Warp makes of them",
        **({"license": "apache-2.0"} if is_written else others),
        "language": ["en", "code"],
        "task_categories": ["text-generation"],
        "size_categories": [next((name for end, name in _SIZES.items() if manifest.rows < end), "100M<n<1B")],
        "tags": [*_TAGS, *(["synthetic"] if is_written else [])],
    }


def _loading(manifest: Manifest) -> str:
    """Return the part of the header that says what is to be loaded."""
    rows, sizes = Counter[str](), Counter[str]()
    for shard in manifest.shards:
        if shard.files:
            rows[shard.split] += shard.rows
            sizes[shard.split] += sum(file.bytes for file in shard.files)
    form = manifest.configuration["format"]
    places = [{"split": split, "path": f"data/{split}-*.{form}"} for split in rows]
    whole = sum(sizes.values())
    return as_yaml(
        {
            "configs": [{"config_name": "default", "data_files": places}],
            "dataset_info": {
                "features": [{"name": field.name, **_feature(field.type)} for field in arrow_schema()],
                "splits": [{"name": split, "num_bytes": sizes[split], "num_examples": rows[split]} for split in rows],
                "download_size": whole,
                "dataset_size": whole,
            },
        }
    )


def _feature(kind: pa.DataType) -> dict[str, Any]:
    """Return a type of Arrow as the Hub writes it."""
    if isinstance(kind, pa.StructType):
        return {"struct": [{"name": field.name, **_feature(field.type)} for field in kind]}
    if isinstance(kind, pa.ListType):
        return {"list": _feature(kind.value_type)["dtype"]}
    return {"dtype": "float64" if pa.types.is_float64(kind) else str(kind)}
