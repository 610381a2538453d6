"""From a record to a training example, or to the reason why there is none."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from warpsmith.views.quotations import stripped
from warpsmith.views.view import Comments, Piece, Row, Task

_QUOTED = {
    "keep": "Keep the comments in which Warp quotes the Python lines.",
    "strip": "Leave out the comments in which Warp quotes the Python lines.",
}
_FENCE = re.compile(r"`{3,}")


class Pair(NamedTuple):
    """What a model is shown and what it is to answer; neither ends in an empty line."""

    prompt: str
    completion: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why a record does not enter, in words that are the same for all with this reason."""

    reason: str


def pair_of(task: Task, row: Row, comments: Comments, *, unverified: bool) -> Pair | LeftOut:
    """Return the prompt and the completion that a task makes of a record, or why it makes none.

    The verdicts come first: nothing is read of a record that they do not carry.
    """
    for claim in task.claims:
        if reason := claim.failing(row, unverified=unverified):
            return LeftOut(reason)
    shown = {}
    for piece in (*task.given, task.answer):
        text = _text(piece, row, comments)
        if not text and piece not in task.optional:
            return LeftOut(piece.missing or f"no {piece.columns[-1]}")
        shown[piece] = text
    blocks = [_block(piece, shown[piece]) for piece in task.given if shown[piece]]
    return Pair("\n\n".join([_instruction(task, row, comments), *blocks]), shown[task.answer])


def _text(piece: Piece, row: Row, comments: Comments) -> str:
    text = piece.text(row) or ""
    if comments == "strip" and piece.language in ("cpp", "cuda"):
        text = stripped(text)
    return text.strip("\n") if text.strip() else ""


def _instruction(task: Task, row: Row, comments: Comments) -> str:
    """Return one of the wordings: which one is a matter of the record's id alone."""
    wording = task.wordings[int(row["id"], 16) % len(task.wordings)]
    asked = wording.replace("{name}", row["kernel_name"])
    quoted = "" if task.answer.language == "python" else f" {_QUOTED[comments]}"
    return f"{asked}{quoted} Answer with the code alone."


def _block(piece: Piece, text: str) -> str:
    if piece.language == "text":
        return text
    fence = "`" * max([3, *(len(found) + 1 for found in _FENCE.findall(text))])
    return f"{piece.label}:\n{fence}{piece.language}\n{text}\n{fence}"
