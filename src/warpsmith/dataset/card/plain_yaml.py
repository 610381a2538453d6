"""Plain values as YAML: mappings and lists of strings and numbers, which is all that the header of a card has."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*")
_MEANS_SOMETHING = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


def as_yaml(value: Mapping[str, Any]) -> str:
    """Return the lines of a mapping; strings that YAML could take for something else stand in quotes, as in JSON."""
    return "".join(f"{line}\n" for line in _of_mapping(value))


def _of_mapping(value: Mapping[str, Any]) -> Iterator[str]:
    for key, item in value.items():
        if isinstance(item, Mapping):
            yield f"{key}:"
            yield from (f"  {line}" for line in _of_mapping(item))
        elif isinstance(item, list | tuple):
            yield f"{key}:"
            yield from _of_list(item)
        else:
            yield f"{key}: {_scalar(item)}"


def _of_list(value: Sequence[Any]) -> Iterator[str]:
    for item in value:
        lines = _of_mapping(item) if isinstance(item, Mapping) else [_scalar(item)]
        for number, line in enumerate(lines):
            yield f"{'  ' if number else '- '}{line}"


def _scalar(value: Any) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _MEANS_SOMETHING:
        return value
    return msgspec.json.encode(value).decode()
