"""The description of a kernel in plain English: what it makes of what, then what each statement does."""

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


def describe(w: KernelWriter) -> str:
    """Return what the kernel computes: a sentence that sums it up, then one for each function and each step."""
    scopes = _BLOCKS if w.tiled else _SCOPES
    scope = w.choices.pick(scopes[w.threads.ndim]).format(", ".join(w.threads.indices))
    parts = (f"{scope}, {purpose(w)}", *w.definitions, *w.steps)
    return " ".join(_sentence(part) for part in parts if part)


def purpose(w: KernelWriter) -> str:
    """Return what the kernel makes of what, in short."""
    outputs = [parameter.name for parameter in w.parameters if parameter.output]
    inputs = [parameter for parameter in w.parameters if not parameter.output]
    arrays = [p.name for p in inputs if not isinstance(p.argument, ScalarArgument)]
    scalars = [p.name for p in inputs if isinstance(p.argument, ScalarArgument)]
    source = f" from {listed(arrays)}" if arrays else ""
    verb = f"compute {listed(outputs)}{source}" if outputs else f"update {listed(w.written_back)}{source}"
    return f"{verb} with {listed(scalars)}" if scalars else verb


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
