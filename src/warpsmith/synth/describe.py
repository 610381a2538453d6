"""The description of a kernel in plain English, made of the words of its statements."""

from warpsmith.synth.writer import KernelWriter

_SCOPES = {
    1: ("For each element", "For every entry", "For each thread {0}", "Per element"),
    2: ("For each cell of a grid", "For every entry of a table", "For each pair ({0})", "Per grid cell"),
    3: ("For each voxel", "For every cell of a volume", "For each triple ({0})"),
    4: ("For each cell of a four-dimensional grid", "For every index ({0})"),
}
_PER_SENTENCE = 3


def describe(w: KernelWriter) -> str:
    """Return what the kernel computes, in one sentence or a few."""
    scope = w.choices.pick(_SCOPES[w.threads.ndim]).format(", ".join(w.threads.indices))
    sentences = []
    for start in range(0, len(w.steps), _PER_SENTENCE):
        part = w.steps[start : start + _PER_SENTENCE]
        joined = part[0] if len(part) == 1 else f"{', '.join(part[:-1])}, and {part[-1]}"
        sentences.append(joined)
    first, rest = sentences[0], [f"Then it {sentence}." for sentence in sentences[1:]]
    return " ".join([f"{scope}, {first}.", *rest])
