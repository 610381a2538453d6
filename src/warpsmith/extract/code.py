"""From a kernel to its `KernelCode`: define, build, generate, cut, release."""

from dataclasses import replace

import warp as wp

from warpsmith import bridge
from warpsmith.bridge import Sections
from warpsmith.errors import ExtractionError
from warpsmith.extract.lines import map_lines
from warpsmith.extract.reasons import message_of, rejection
from warpsmith.record import TARGETS, KernelCode, KernelSource, MappedText, Rejection, Target, TargetCode

Targets = tuple[Target, ...]


def extract_source(
    source: KernelSource, targets: Targets = TARGETS, *, include_backward: bool = True, ptx: bool = False
) -> KernelCode | Rejection:
    """Return the code that Warp makes of a kernel text, or the reason why it makes none.

    A kernel that cannot be defined or that Warp refuses is no exception but a `Rejection` with the stage ``defines`` or
    ``generates``. The text is executed; nothing of it stays in memory.
    """
    try:
        definition = bridge.define(source.python_source, source.kernel_name)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a kernel text may raise whatever it likes
        return rejection("defines", error, source)
    try:
        return _extract(definition.kernel, targets, include_backward, ptx)
    except Exception as error:  # noqa: BLE001 - so may Warp, when it refuses one
        return rejection("generates", error, source)
    finally:
        bridge.release(definition)


def extract_kernel(
    kernel: wp.Kernel, targets: Targets = TARGETS, *, include_backward: bool = True, ptx: bool = False
) -> KernelCode:
    """Return the code that Warp makes of a live kernel, which stays as it was.

    The line maps count as the comments of Warp do: from the start of the file or text that defines the kernel.

    Raises:
        ExtractionError: Warp refuses the kernel, or the kernel is generic and an overload must be chosen.
    """
    try:
        return _extract(bridge.concrete(kernel), targets, include_backward, ptx)
    except ExtractionError:
        raise
    except Exception as error:
        raise ExtractionError(f"kernel {kernel.key!r}: {message_of(error)}") from error


def _extract(kernel: wp.Kernel, targets: Targets, include_backward: bool, ptx: bool) -> KernelCode:
    sections: dict[Target, Sections] = {}
    wanted: Targets = (*targets, "cuda") if ptx and "cuda" not in targets else targets
    with bridge.build(kernel, wanted[0], include_backward=include_backward) as built:
        for target in wanted:
            sections[target] = built.generate(target)
        assembly = built.ptx(sections["cuda"]) if ptx else None
        code = {target: cut(sections[target]) for target in targets}
        return KernelCode(code.get("cpu"), code.get("cuda"), built.builtins(), assembly, built.overloads())


def cut(sections: Sections) -> TargetCode:
    """Make the columns of a record out of the sections of a module."""
    return TargetCode(
        text=sections.text(),
        preamble=sections.preamble,
        structs=sections.prelude + sections.structs,
        functions=sections.functions,
        forward=map_lines(sections.forward, sections.forward_numbers),
        backward=map_lines(sections.backward, sections.backward_numbers) if sections.backward else None,
        entry_points=sections.arguments + sections.entry_points,
    )


def counted_from(code: KernelCode, lines: int) -> KernelCode:
    """Return code whose line maps count from a line so many further down; those that came before it belong to none."""

    def shifted(text: MappedText) -> MappedText:
        return MappedText(text.text, tuple(max(line - lines, 0) for line in text.lines))

    def moved(target: TargetCode | None) -> TargetCode | None:
        if target is None:
            return None
        backward = shifted(target.backward) if target.backward else None
        return replace(target, forward=shifted(target.forward), backward=backward)

    return replace(code, cpu=moved(code.cpu), cuda=moved(code.cuda))
