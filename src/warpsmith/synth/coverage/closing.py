"""The end of a kernel for coverage: all that is unread is stored, values of a type together."""

from warpsmith.synth.expr import listed
from warpsmith.synth.types import BOOL, ValueType
from warpsmith.synth.updates import output_array, store
from warpsmith.synth.writer import KernelWriter

_MOST_OUTPUTS = 4


def close(w: KernelWriter) -> str:
    """Store everything that is still unread: what is of one type in one array, the rest with it."""
    words = []
    kinds = _kinds(w)
    for kind in kinds[:-1]:
        before = w.block.hidden
        w.block.hidden = (*before, *(value for value in w.block.open() if value.type is not kind))
        if w.block.open():
            words.append(_stored(w, kind))
        w.block.hidden = before
    words.append(_stored(w, kinds[-1]))
    return listed(words)


def _kinds(w: KernelWriter) -> list[ValueType]:
    """Return the types of the outputs; conditions become numbers of the last of them."""
    kinds = list(dict.fromkeys(value.type for value in w.block.open() if value.type is not BOOL))
    if not kinds:
        return [w.precision]
    return kinds[: w.choices.integer(2, _MOST_OUTPUTS)] if w.choices.chance(0.8) else kinds[:1]


def _stored(w: KernelWriter, kind: ValueType) -> str:
    expr = w.expressions.combine(w.block, kind, floor=1 if w.choices.chance(0.4) else 0)
    return store(w, output_array(w, kind), kind, expr)
