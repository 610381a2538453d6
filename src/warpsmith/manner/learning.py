"""Learns a profile from syntax trees of kernels: counts of kinds by where they stand, each kernel by its weight."""

from collections.abc import Collection, Iterable, Sequence

from warpsmith.manner.identifiers import LONGEST, types_named
from warpsmith.manner.profile import LENGTH_CLASSES, Profile, Source, Weights
from warpsmith.manner.reading import Sample, read_kernel, read_results
from warpsmith.manner.tally import Keep, Tally

__all__ = ["Sample", "learn"]

# of so few kernels everything is told: hardly a name stands in two of them
_FEW = 20
_MOST = 80


def learn(
    name: str,
    sources: Sequence[Source],
    samples: Iterable[Sample],
    functions: Iterable[Sample] = (),
    builtins: Collection[str] | None = None,
) -> Profile:
    """Return the profile of kernels, and of what functions beside them return; the order of both does not matter.

    What stands in one kernel only is its own affair: names and numbers are kept where two kernels have them, or where
    there are fewer than 20 kernels, and of each role the 80 most frequent. `builtins` are the names of Warp's builtins;
    what is called as if it were one and is not is left out, None keeps all. What one kernel or function uses as a type
    is no function and no constant of another.
    """
    tally = Tally()
    count = 0
    for sample in samples:
        read_kernel(tally, sample)
        tally.seen("types", set(types_named(sample.function)))
        count += 1
    for sample in functions:
        read_results(tally, sample)
        tally.seen("types", set(types_named(sample.function)))
    return _profile(tally, name, tuple(sources), count, builtins)


def _profile(
    tally: Tally, name: str, sources: tuple[Source, ...], count: int, builtins: Collection[str] | None
) -> Profile:
    known: Keep | None = None if builtins is None else builtins.__contains__
    return Profile(
        name=name,
        sources=sources,
        kernels=count,
        lines=tally.row("lines"),
        grids=tally.row("grids"),
        parameters=tally.rows("parameters"),
        ranks=tally.rows("ranks"),
        types=tally.rows("types"),
        statements=tally.rows("statements"),
        bodies=tally.rows("bodies"),
        expressions=tally.rows("expressions"),
        operators=_present({**tally.rows("operators"), "atomic": tally.row("operators", "atomic", known)}),
        calls=tally.row("calls", "", known),
        constructors=tally.row("constructors"),
        casts=tally.row("casts"),
        arities=tally.rows("arities"),
        literals={**tally.rows("literals", _shared(tally, "literals", count), _MOST), **tally.rows("signs")},
        spellings=tally.rows("spellings"),
        groups=tally.out_of("groups", "", tally.weight("kernels", "", "all")),
        names=_names(tally, count, builtins or ()),
        comments=_comments(tally),
    )


def _names(tally: Tally, count: int, builtins: Collection[str]) -> dict[str, Weights]:
    """Return the names by role; functions and constants have none of a builtin's or a type's."""
    shared = _shared(tally, "names", count)

    def free(name: str) -> bool:
        return shared(name) and name not in builtins and not tally.kernels("types", name)

    apart = {role: tally.row("names", role, free, _MOST) for role in ("constant", "function")}
    return _present({**tally.rows("names", shared, _MOST), **apart})


def _shared(tally: Tally, table: str, count: int) -> Keep:
    """Return which items of a table are more than one kernel's own."""
    least = 2 if count >= _FEW else 1
    return lambda item: len(item) <= LONGEST and tally.kernels(table, item) >= least


def _comments(tally: Tally) -> dict[str, Weights]:
    """Return for each length class the share of kernels that have comments, and comments for each line of a kernel."""
    rows: dict[str, Weights] = {}
    for size in LENGTH_CLASSES:
        kernels = tally.weight("comments", size, "kernels")
        shares = tally.out_of("comments", size, kernels) if kernels else {}
        rows[size] = {item: share for item, share in shares.items() if item != "kernels"}
    return _present(rows)


def _present(rows: dict[str, Weights]) -> dict[str, Weights]:
    return {row: weights for row, weights in sorted(rows.items()) if weights}
