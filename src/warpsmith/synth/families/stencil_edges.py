"""What stencils do at the edges of a grid: clamp, wrap, reflect, choose, or leave the threads there alone.

In a body, ``{m0}``, ``{c0}`` and ``{p0}`` are the indices before, at and after the thread's along the first axis.
"""

import re

from warpsmith.synth.families.snippet import Table

_PLACE = re.compile(r"\{([mp]\d)\}")
FIELD = {"u": Table("T", ("@",))}


def _before(axis: int) -> tuple[str, ...]:
    return tuple(
        text.replace("#", str(axis))
        for text in (
            "m# = wp.max(AT# - 1, 0)\n",
            "m# = (AT# + N# - 1) % N#\n",
            "m# = (AT# - 1 + N#) % N#\n",
            "m# = wp.abs(AT# - 1)\n",
            "m# = wp.where(AT# > 0, AT# - 1, N# - 1)\n",
            "m# = AT# - 1 if AT# > 0 else 0\n",
            "m# = AT# - 1\nif m# < 0:\n    m# = 0\n",
            "m# = wp.clamp(AT# - 1, 0, N# - 1)\n",
        )
    )


def _after(axis: int) -> tuple[str, ...]:
    return tuple(
        text.replace("#", str(axis))
        for text in (
            "p# = wp.min(AT# + 1, N# - 1)\n",
            "p# = (AT# + 1) % N#\n",
            "p# = N# - 1 - wp.abs(N# - 2 - AT#)\n",
            "p# = wp.where(AT# < N# - 1, AT# + 1, 0)\n",
            "p# = AT# + 1 if AT# < N# - 1 else AT#\n",
            "p# = AT# + 1\nif p# >= N#:\n    p# = N# - 1\n",
            "p# = wp.clamp(AT# + 1, 0, N# - 1)\n",
        )
    )


def _guards(dimensions: int) -> tuple[str, ...]:
    ends = (" or ".join(f"AT{axis} < 1 or AT{axis} >= N{axis} - 1" for axis in range(dimensions)),)
    equal = (" or ".join(f"AT{axis} == 0 or AT{axis} == N{axis} - 1" for axis in range(dimensions)),)
    return tuple(f"if {test}:\n    return\n" for test in (*ends, *equal))


EDGES: dict[str, tuple[str, ...]] = {
    **{f"m{axis}": _before(axis) for axis in range(3)},
    **{f"p{axis}": _after(axis) for axis in range(3)},
    **{f"guard{dimensions}": _guards(dimensions) for dimensions in (1, 2, 3)},
}


def edged(dimensions: int, *bodies: str) -> tuple[str, ...]:
    """Return each body behind what the edges need, twice as often as with the threads there left alone."""
    return tuple(text for body in bodies for text in (_with_edges(body), _guarded(dimensions, body), _with_edges(body)))


def _with_edges(body: str) -> str:
    needed = dict.fromkeys(_PLACE.findall(body))
    places = {place: place for place in needed} | {f"c{axis}": f"AT{axis}" for axis in range(3)}
    return "".join(f"<{place}>" for place in needed) + body.format(**places)


def _guarded(dimensions: int, body: str) -> str:
    places = {f"c{axis}": f"AT{axis}" for axis in range(dimensions)}
    places |= {f"m{axis}": f"AT{axis} - 1" for axis in range(dimensions)}
    places |= {f"p{axis}": f"AT{axis} + 1" for axis in range(dimensions)}
    return f"<guard{dimensions}>" + body.format(**places)
