"""`warpsmith.export`: what the command does, from Python."""

import os
from collections.abc import Sequence
from pathlib import Path

from warpsmith.views.exporting import export_set
from warpsmith.views.options import make_options
from warpsmith.views.summary import Export


def export(
    folder: str | os.PathLike[str],
    output: str | os.PathLike[str],
    view: str,
    *,
    form: str = "chat",
    format: str = "parquet",  # noqa: A002 - the name of the option
    part: str | None = None,
    target: str | None = None,
    comments: str | None = None,
    splits: Sequence[str] = (),
    limit: int | None = None,
    max_tokens: int | None = None,
    max_characters: int | None = None,
    tokenizer: str | os.PathLike[str] | None = None,
    unverified: bool = False,
    overwrite: bool = False,
) -> Export:
    """Write a training view of the finished set in `folder` into the folder `output`, as ``warpsmith export`` does.

    Raises:
        UsageError: an option cannot be, or the output folder is not fit.
        PrerequisiteError: a tokenizer is given and `warpsmith[tokens]` is not installed.
        DatasetError: there is no finished set, or none of its records enters.
    """
    options = make_options(
        view,
        form=form,
        format=format,
        part=part,
        target=target,
        comments=comments,
        splits=splits,
        limit=limit,
        max_tokens=max_tokens,
        max_characters=max_characters,
        tokenizer=Path(tokenizer) if tokenizer is not None else None,
        unverified=unverified,
    )
    return export_set(Path(folder), Path(output), options, overwrite=overwrite)
