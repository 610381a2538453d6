"""How many planted faults the gradient check finds: ``python -m benchmarks.mutants [KERNELS] [--list]``.

Kernels whose gradient is called match are taken; in the adjoint of each a fault is planted: a sign, a swapped operand,
a dropped term, an index off by one. An alteration counts where it changes the gradient that the adjoint gives to random
cotangents, at the inputs of the recipe, in any number; those must be called mismatch. Kernels without a float64 twin
are left out.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np

from warpsmith import bridge
from warpsmith.run.config import make_config
from warpsmith.run.draw import Drawer
from warpsmith.run.plan import Plan
from warpsmith.verify.compilation import compile_all, cpu_compiler
from warpsmith.verify.differences import gather, scatter
from warpsmith.verify.execution import Subject, arguments_of, launcher, subject
from warpsmith.verify.gradient import Launcher
from warpsmith.verify.numbers import Array
from warpsmith.verify.verifier import Verifier

SEED = 31
BATCH = 128
_ADJOINT = re.compile(r"^(?P<lead>\s*)wp::adj_(?P<name>\w+)\((?P<arguments>.*)\);$")
_VARIABLE = re.compile(r"^(var|adj)_\w+$")


class Mutant(NamedTuple):
    """A kernel with a fault planted into its adjoint."""

    kind: str
    line: str
    row: dict[str, Any]


def planted(row: dict[str, Any], draw: Random) -> Iterator[Mutant]:
    """Yield a mutant of each kind that a kernel has a place for."""
    lines = row["cpp_backward"].split("\n")
    first = next(number for number, line in enumerate(lines) if "// reverse" in line)
    for kind, alter in KINDS.items():
        places = [number for number in range(first, len(lines)) if alter(lines[number], draw)]
        if places:
            place = draw.choice(places)
            altered = [*lines[:place], alter(lines[place], draw), *lines[place + 1 :]]
            yield Mutant(kind, lines[place].strip(), _with_backward(row, "\n".join(altered)))


def _with_backward(row: dict[str, Any], backward: str) -> dict[str, Any]:
    return row | {"cpp_backward": backward, "cpp": row["cpp"].replace(row["cpp_backward"], backward)}


def _call(line: str) -> tuple[str, str, list[str]] | None:
    found = _ADJOINT.match(line)
    if not found:
        return None
    arguments = found["arguments"].split(", ")
    return (found["lead"], found["name"], arguments) if all(map(_VARIABLE.match, arguments)) else None


def _sign(line: str, _draw: Random) -> str:
    """Turn the sign of the adjoint that a term gets."""
    call = _call(line)
    if not call or call[1] not in {"add", "sub", "mul", "div", "sin", "cos", "sqrt", "exp", "length", "dot", "neg"}:
        return ""
    lead, name, arguments = call
    return f"{lead}wp::adj_{name}({', '.join([*arguments[:-1], f'wp::neg({arguments[-1]})'])});"


def _swapped(line: str, _draw: Random) -> str:
    """Swap two operands of a call that is not symmetric in them."""
    call = _call(line)
    if not call or call[1] not in {"sub", "div", "mul", "cross", "atan2", "pow", "dot", "where"} or len(call[2]) != 5:
        return ""
    lead, name, (a, b, adj_a, adj_b, adj_result) = call
    return f"{lead}wp::adj_{name}({b}, {a}, {adj_a}, {adj_b}, {adj_result});" if a != b else ""


def _dropped(line: str, _draw: Random) -> str:
    """Leave a term out."""
    return f"// {line.strip()}" if _ADJOINT.match(line) else ""


def _off_by_one(line: str, _draw: Random) -> str:
    """Read or store the adjoint of the element next to the right one."""
    found = re.match(r"^(\s*wp::adj_(?:array_store|address|atomic_add)\(var_\w+, )(var_\w+)(, .*)$", line)
    return f"{found[1]}wp::max({found[2]} - 1, 0){found[3]}" if found else ""


KINDS: dict[str, Callable[[str, Random], str]] = {
    "sign": _sign,
    "swapped operand": _swapped,
    "dropped term": _dropped,
    "index off by one": _off_by_one,
}


def matching(count: int) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return rows of kernels that are called match, and the preambles of their code."""
    plan = Plan(make_config({"count": 16 * count, "seed": SEED, "device": "cpu"}))
    drawer = Drawer(plan, plan.slots[0])
    rows: list[dict[str, Any]] = []
    number = 0
    while len(rows) < count:
        drawn = [drawer.new_record(index, 0, lambda _: False).record.row() for index in range(number, number + 128)]
        number += 128
        with Verifier("gradient", drawer.preambles) as verifier:
            judged = zip(drawn, verifier.judge(drawn), strict=True)
            rows += [row for row, judgement in judged if judgement.verdict.gradient == "match"]
    return rows[:count], drawer.preambles


def gradients(rows: list[dict[str, Any]], preamble: str, cache: Path) -> dict[int, Array]:
    """Return the gradients that the adjoints of kernels give to a random cotangent, where their twins compile."""
    subjects = [subject(number, row) for number, row in enumerate(rows)]
    found: dict[int, Array] = {}
    for start in range(0, len(rows), BATCH):
        parts = [one.part for one in subjects[start : start + BATCH]]
        for piece in compile_all(cpu_compiler(preamble, cache, wide=True), parts).pieces:
            found |= {number: _gradient(subjects[number], piece.code) for number in piece.numbers}
            piece.code.unload()
    return found


def _gradient(one: Subject, code: bridge.LoadedObject) -> Array:
    arguments = arguments_of(one)
    ready: Launcher = launcher(one, code, arguments, wide=True)
    ready.invocation.reset()
    ready.forward()
    leaves = [leaf for leaf in ready.invocation.leaves if leaf.is_array]
    draw = np.random.Generator(np.random.PCG64(5))
    scatter(draw.standard_normal(gather(leaves).size), leaves, gradients=True)
    ready.backward()
    return np.concatenate([leaf.gradient.ravel() for leaf in ready.invocation.leaves])


def main(arguments: list[str]) -> None:
    """Plant faults, and say how many of those that change the gradient are found."""
    import tempfile

    count = next((int(argument) for argument in arguments if argument.isdigit()), 200)
    rows, preambles = matching(count)
    draw = Random(SEED)
    mutants = [mutant for row in rows for mutant in planted(row, draw)]
    found, changed, escaped = Counter[str](), Counter[str](), []
    with tempfile.TemporaryDirectory(prefix="warpsmith-") as folder, Verifier("gradient", preambles) as verifier:
        judged = verifier.judge([mutant.row for mutant in mutants])
        right = gradients(rows, preambles["cpp"], Path(folder))
        wrong = gradients([mutant.row for mutant in mutants], preambles["cpp"], Path(folder))
    numbers = {row["id"]: number for number, row in enumerate(rows)}
    for number, (mutant, judgement) in enumerate(zip(mutants, judged, strict=True)):
        original, other = right.get(numbers[mutant.row["id"]]), wrong.get(number)
        # what does not compile is no fault in the mathematics
        if judgement.verdict.gradient is None or original is None or other is None:
            continue
        if np.allclose(other, original, rtol=1e-9, atol=1e-12, equal_nan=True):
            continue
        changed[mutant.kind] += 1
        if judgement.verdict.gradient == "mismatch":
            found[mutant.kind] += 1
        else:
            escaped.append((mutant, judgement.verdict.gradient))
    for kind in KINDS:
        print(f"{kind:20s} {found[kind]:4d} of {changed[kind]:4d} found")
    total = changed.total()
    print(f"{'all':20s} {found.total():4d} of {total:4d} found: {found.total() / max(total, 1):.1%}")
    if "--list" in arguments:
        for mutant, verdict in escaped:
            print(mutant.kind, verdict, mutant.row["id"], mutant.line)


if __name__ == "__main__":
    main(sys.argv[1:])
