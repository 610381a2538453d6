"""Where calls stand: one after another, in a branch, or in a loop."""

from warpsmith.synth.coverage.calls import is_plain
from warpsmith.synth.coverage.session import Session
from warpsmith.synth.coverage.statements import writer_of
from warpsmith.synth.coverage.targets import Deal


def written(s: Session, wanted: Deal) -> None:
    """Write the calls of a deal."""
    for signature in wanted.signatures:
        write = writer_of(signature, plain=is_plain(signature))
        if write is not None:
            write(s, signature)
