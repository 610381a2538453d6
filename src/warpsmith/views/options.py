"""What an export is asked for, checked and with its defaults in place."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warpsmith.errors import UsageError
from warpsmith.views.table import view_named
from warpsmith.views.view import COMMENTS, Comments, Task, View

FORM_NAMES = ("chat", "prompt", "text")
FORMATS = ("parquet", "jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """The options of an export; what is None was not asked for, and no `splits` are all splits."""

    view: View
    variant: str
    form: str
    format: str
    comments: Comments
    splits: tuple[str, ...]
    limit: int | None
    max_tokens: int | None
    max_characters: int | None
    tokenizer: Path | None
    unverified: bool

    @property
    def task(self) -> Task:
        """The variant of the view that was chosen."""
        return self.view.tasks[self.variant]

    def configuration(self) -> dict[str, Any]:
        """Return what decides about the content; the tokenizer stands beside it, by its digest."""
        names = ("form", "format", "comments", "limit", "max_tokens", "max_characters", "unverified")
        splits = list(self.splits) or None
        given = {name: getattr(self, name) for name in names}
        return {"view": self.view.name, "variant": self.variant, "splits": splits, **given}


def make_options(
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
    tokenizer: Path | None = None,
    unverified: bool = False,
) -> ExportOptions:
    """Return options that can be; raises UsageError for the first that cannot."""
    known = view_named(view)
    variant = _variant(known, part, target)
    for name, number in (("limit", limit), ("max_tokens", max_tokens), ("max_characters", max_characters)):
        if number is not None and number < 1:
            raise UsageError(f"{name} is {number}; use a number from 1 up")
    if max_tokens is not None and tokenizer is None:
        raise UsageError(f"max_tokens is {max_tokens} and there is no tokenizer; add `--tokenizer FILE`")
    return ExportOptions(
        view=known,
        variant=variant,
        form=_one_of("form", form, FORM_NAMES),
        format=_one_of("format", format, FORMATS),
        comments=_comments(comments, known.tasks[variant]),
        splits=tuple(dict.fromkeys(splits)),
        limit=limit,
        max_tokens=max_tokens,
        max_characters=max_characters,
        tokenizer=tokenizer,
        unverified=unverified,
    )


def _variant(view: View, part: str | None, target: str | None) -> str:
    for name, given in (("part", part), ("target", target)):
        if given is not None and view.choice != name:
            raise UsageError(f"{name} is '{given}', and the view {view.name} has no choice of it; leave it out")
    given = part if view.choice == "part" else target
    if given is None:
        return next(iter(view.tasks))
    return _one_of(view.choice or "", given, tuple(view.tasks))


def _comments(given: str | None, task: Task) -> Comments:
    if given is None:
        return task.comments
    for known in COMMENTS:
        if known == given:
            return known
    raise UsageError(f"comments is '{given}'; use {', '.join(COMMENTS)}")


def _one_of(name: str, given: str, known: Sequence[str]) -> str:
    if given not in known:
        raise UsageError(f"{name} is '{given}'; use {', '.join(known)}")
    return given
