"""From what is to be covered to a finished kernel: calls in suites, elaboration, stores by type."""

from dataclasses import replace

from warpsmith.errors import GenerationError
from warpsmith.synth import inputs
from warpsmith.synth.choices import Choices
from warpsmith.synth.complexity import LEVEL_BOUNDS, Bounds, level_of
from warpsmith.synth.compose import Draft, finished
from warpsmith.synth.coverage.closing import close
from warpsmith.synth.coverage.filing import category_of, subjects_of
from warpsmith.synth.coverage.session import Session
from warpsmith.synth.coverage.suites import written
from warpsmith.synth.coverage.targets import Deal, deal
from warpsmith.synth.coverage.units import drafted
from warpsmith.synth.families import canonical_category
from warpsmith.synth.form import elaborate
from warpsmith.synth.statements import FORMS
from warpsmith.synth.types import FLOATS
from warpsmith.synth.writer import KernelWriter, Style

_ANY = Bounds(0, 10_000)
_ATTEMPTS = 60
_PATIENCE = 6
_DIMENSIONS = {1: 10.0, 2: 3.0, 3: 1.0, 4: 0.4}
_FORMS = {"assignment": 5.0, "augmented-assignment": 2.0, "select": 1.0, "branch": 1.0, "function-call": 0.6}
_LOOPS = {"for-constant": 0.5, "for-runtime": 0.5}
_STYLE = Style(
    operations=(
        ("arith", 8.0),
        ("minmax", 1.0),
        ("trig", 1.5),
        ("exp", 1.0),
        ("unary", 1.0),
        ("vec", 2.0),
        ("mat", 1.0),
        ("quat", 1.0),
        ("xform", 1.0),
        ("spatial", 1.0),
    ),
    forms={**_FORMS, **_LOOPS},
)


def write_for_coverage(choices: Choices, number: int, category: str | None = None, level: int | None = None) -> Draft:
    """Write the kernel of a number in the order of coverage.

    What it calls depends on the number alone. Raises `GenerationError` where it cannot be written at the level.
    """
    wanted = deal(number, canonical_category(category) if category is not None else None)
    if wanted.unit is not None:
        return drafted(choices, wanted.unit, level)
    for attempt in range(_ATTEMPTS):
        # what is too much for the level is left out in the end
        count = max(len(wanted.signatures) - attempt // _PATIENCE, 1) if level else len(wanted.signatures)
        draft = _write(choices, replace(wanted, signatures=wanted.signatures[:count]), level)
        if level in (None, draft.source.level):
            return draft
    raise GenerationError(f"level {level} is out of reach for kernel {number} for coverage; try another level")


def _write(choices: Choices, wanted: Deal, level: int | None) -> Draft:
    w = KernelWriter(choices, _STYLE, LEVEL_BOUNDS[level] if level else _ANY, FORMS)
    precision = next((scalar for s in wanted.signatures for scalar in FLOATS if scalar.name in s.arguments), None)
    if precision is not None:
        w.precision = w.expressions.precision = precision
    w.use_threads(_dimensions(choices, wanted))
    s = Session(w)
    written(s, wanted.signatures)
    room = w.room - 3 if level else choices.weighted((0, 3, 6, 12, 20), (5, 3, 3, 2, 1))
    if not w.block.open():
        inputs.array(w, w.precision)
    w.steps += s.words
    w.steps += elaborate(w, _STYLE.forms, room)
    w.steps.append(close(w))
    kernel_name = w.names.kernel(choices.pick(subjects_of(wanted.signatures)))
    return finished(w, category_of(wanted.signatures), kernel_name, level_of(w.spent))


def _dimensions(choices: Choices, wanted: Deal) -> int:
    """Draw the dimensions of the grid: mostly one, or what a call needs."""
    dimensions = wanted.threads or (1, 2, 3, 4)
    return choices.weighted(dimensions, [_DIMENSIONS[n] for n in dimensions])
