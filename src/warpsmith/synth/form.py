"""What a statement form is, and how a block is filled with forms until its complexity is reached."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warpsmith.synth.writer import KernelWriter


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One way to write a statement.

    `fits` tells whether it can be written where the writer stands; `write` writes it and returns what it does in
    words. `cost` is the least complexity that it adds.
    """

    name: str
    cost: int
    fits: "Callable[[KernelWriter], bool]"
    write: "Callable[[KernelWriter], str]"


def always(_w: "KernelWriter") -> bool:
    """Fit anywhere."""
    return True


def elaborate(w: "KernelWriter", weights: Mapping[str, float], room: int) -> list[str]:
    """Write statements into the current block until about `room` complexity is used; return their words."""
    end = w.spent + room
    words: list[str] = []
    while w.spent < end:
        form = draw(w, weights, end - w.spent)
        if form is None:
            break
        words.append(form.write(w))
    return words


def nested(w: "KernelWriter", weights: Mapping[str, float], probability: float) -> list[str]:
    """Write a statement or two inside a branch or a loop, where there is room."""
    words: list[str] = []
    while len(words) < 2 and w.choices.chance(probability):
        form = draw(w, weights, w.room // 2)
        if form is None:
            break
        words.append(form.write(w))
    return words


def draw(w: "KernelWriter", weights: Mapping[str, float], room: int) -> Form | None:
    """Draw a form that fits where the writer stands, or None."""
    possible = [form for key, form in w.forms.items() if weights.get(key, 0) > 0 and form.cost <= room and form.fits(w)]
    if not possible:
        return None
    form = w.choices.weighted(possible, [weights[form.name] for form in possible])
    w.features.add(form.name)
    return form
