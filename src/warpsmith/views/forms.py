"""The forms of training examples: chat messages, a prompt and its completion, one text."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from warpsmith.views.entry import Pair

SEPARATOR = "\n\n"
"""What stands between a prompt and its completion where they are one text."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to keep a pair in columns: their Arrow fields, how they are filled, and how the pair comes back."""

    name: str
    fields: "tuple[pa.Field[Any], ...]"
    columns: Callable[[Pair], dict[str, Any]]
    pair: Callable[[dict[str, Any]], Pair]


def _chat(pair: Pair) -> dict[str, Any]:
    said = (("user", pair.prompt), ("assistant", pair.completion))
    return {"messages": [{"role": role, "content": content} for role, content in said]}


def _pair_of_chat(row: dict[str, Any]) -> Pair:
    return Pair(*(message["content"] for message in row["messages"]))


def _prompt(pair: Pair) -> dict[str, Any]:
    return {"prompt": pair.prompt + SEPARATOR, "completion": pair.completion}


def _pair_of_prompt(row: dict[str, Any]) -> Pair:
    return Pair(row["prompt"].removesuffix(SEPARATOR), row["completion"])


def _text(pair: Pair) -> dict[str, Any]:
    prompt = pair.prompt + SEPARATOR
    return {"text": prompt + pair.completion, "completion_start": len(prompt)}


def _pair_of_text(row: dict[str, Any]) -> Pair:
    text, start = row["text"], row["completion_start"]
    return Pair(text[:start].removesuffix(SEPARATOR), text[start:])


def _field(name: str, kind: Any = None) -> "pa.Field[Any]":
    return pa.field(name, kind or pa.string(), nullable=False)


_MESSAGES = pa.list_(pa.struct([_field("role"), _field("content")]))

FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form("chat", (_field("messages", _MESSAGES),), _chat, _pair_of_chat),
        Form("prompt", (_field("prompt"), _field("completion")), _prompt, _pair_of_prompt),
        Form("text", (_field("text"), _field("completion_start", pa.int64())), _text, _pair_of_text),
    )
}
