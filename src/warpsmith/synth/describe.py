"""The description of a kernel in plain English: what it makes of what, then what each statement does."""

import re
from collections import Counter
from collections.abc import Sequence
from operator import eq

from warpsmith.synth.expr import listed
from warpsmith.synth.launch import ScalarArgument
from warpsmith.synth.writer import KernelWriter

_SCOPES = {
    1: ("For each element", "For every entry", "For each thread {0}", "Elementwise"),
    2: ("For each cell of a grid", "For every entry of a table", "For each pair ({0})", "On a 2-D grid"),
    3: ("For each voxel", "For every cell of a volume", "For each triple ({0})", "On a 3-D grid"),
    4: ("For each cell of a 4-D grid", "For every index ({0})"),
}
_BLOCKS = {
    1: ("For each block", "For each tile", "Block by block", "For each block {0}"),
    2: ("For each block of a grid", "For each tile of a table", "For each block ({0})"),
    3: ("For each block of a 3-D grid", "For each block ({0})"),
}


# how many characters of functions and of steps are told one by one, and how many names a list has
_LONGEST, _LONGEST_DEFINITIONS, _SHORTEST_STEPS = 900, 300, 300
_MOST_NAMES = 6
# a last statement up to this length is told, not summed up
_SHORT = 100
_TWICE = re.compile(r"\b(?!minus\b|not\b)([a-z]{3,}) \1\b")


def describe(w: KernelWriter) -> str:
    """Return what the kernel computes: a sentence that sums it up, then one for each function and each step."""
    scopes = _BLOCKS if w.tiled else _SCOPES
    indices = ", ".join(index.strip("_").replace("_", " ") or index for index in w.threads.indices)
    scope = w.choices.pick(scopes[w.threads.ndim]).format(indices)
    parts = [f"{scope}, {purpose(w)}", *summed(w.definitions, _LONGEST_DEFINITIONS)]
    room = _LONGEST - sum(map(len, parts))
    parts += summed([step for step in w.steps if step], max(room, _SHORTEST_STEPS))
    return " ".join([_sentence(part) for part in parts if part])


def purpose(w: KernelWriter) -> str:
    """Return what the kernel makes of what, in short."""
    outputs = [parameter.name for parameter in w.parameters if parameter.output]
    inputs = [parameter for parameter in w.parameters if not parameter.output]
    arrays = [p.name for p in inputs if not isinstance(p.argument, ScalarArgument)]
    scalars = [p.name for p in inputs if isinstance(p.argument, ScalarArgument)]
    source = f" from {_few(arrays)}" if arrays else ""
    verb = f"compute {_few(outputs)}{source}" if outputs else f"update {_few(w.written_back)}{source}"
    return f"{verb} with {_few(scalars)}" if scalars else verb


def _few(names: Sequence[str]) -> str:
    """Return a list of names; the last ones of many are only counted."""
    if len(names) <= _MOST_NAMES:
        return listed(names)
    return listed([*names[: _MOST_NAMES - 1], f"{len(names) - _MOST_NAMES + 1} more"])


def summed(words: Sequence[str], room: int) -> list[str]:
    """Return what statements do, one by one up to about `room` characters, the rest in one phrase."""
    length, told = 0, 0
    for said in words:
        length += len(said)
        if length > room and told:
            break
        told += 1
    if told == len(words) - 1 and len(words[told]) <= _SHORT:
        return list(words)
    return [*words[:told], _summary(words[told:])] if told < len(words) else list(words)


# what statements do, by how their words begin
_KINDS = {
    "let": ("name a value", "name {} values"),
    "write": ("store a value", "store {} values"),
    "stop": ("stop on a condition", "stop on any of {} conditions"),
    "skip": ("skip rounds on a condition", "skip rounds on any of {} conditions"),
    "if": ("branch once", "branch {} times"),
    "for": ("loop once", "loop {} times"),
    "function": ("use a further function", "use {} further functions"),
    "here": ("use a further definition", "use {} further definitions"),
    **dict.fromkeys(("add", "subtract", "multiply", "raise", "lower"), ("make an update", "make {} updates")),
}
_OTHERS = ("take a further step", "take {} further steps")


def _summary(words: Sequence[str]) -> str:
    counts = Counter(_kind(said) for said in words)
    return f"then {listed([one if count == 1 else many.format(count) for (one, many), count in counts.items()])}"


def _kind(said: str) -> tuple[str, str]:
    """Return what kind of statement words are of; a statement that others had to be written before stands last."""
    if "for each " in said:
        return _KINDS["for"]
    last = said if said.startswith("if ") else said.rpartition("; ")[2]
    return _KINDS["if"] if "; if " in said else _KINDS.get(last.partition(" ")[0], _OTHERS)


def _sentence(words: str) -> str:
    each = words.split(" ")
    if any(map(eq, each, each[1:])):
        words = _TWICE.sub(r"\1", words)
    return f"{words[0].upper()}{words[1:]}."
