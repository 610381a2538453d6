"""Idioms in which threads share cells: histograms, grouped sums and extremes, atomics on bits, bounding boxes.

Cells that threads share are never read; what an atomic operation returns is used where the cell is the thread's own.
"""

from warpsmith.synth.families.snippet import Given, Snippet, Table, cells, snippet
from warpsmith.synth.types import FLOAT32, FLOAT64, INT32, INT64, UINT32, UINT64

_ACCURATE = (FLOAT32, FLOAT64)
_INTEGERS = (INT32, UINT32, INT64, UINT64)
_LABELS = {"labels": Table("int32", ("@",), 0, "m-1")}
_GROUPS = {"m": (4, 12)}

SHARED = (
    snippet(
        "histogram",
        Snippet(
            (
                "k = wp.clamp(int((x + 2.0) * 0.25 * float(m)), 0, m - 1)\nwp.atomic_add(cells, k, 1)",
                "k = wp.min(int(wp.abs(x) * scale), m - 1)\nwp.atomic_add(cells, k, 1)",
                "k = int(wp.floor(wp.abs(x) * scale)) % m\ncells[k] += 1",
                "k = wp.min(int(wp.abs(x) * scale), m - 1)\nif x > 0.0:\n    wp.atomic_add(cells, k, 1)\nelse:\n"
                "    wp.atomic_sub(cells, k, 1)",
                "k = wp.clamp(int((x + 2.0) * scale), 0, m - 1)\nwp.atomic_max(cells, k, int(wp.abs(x) * 100.0))",
            ),
            "count in {cells} by the size of {x}, whose bin is {k}",
            (Given("k", "int32", 0, 11),),
            {"x": ("T", -2.0, 2.0)},
            {"scale": (1.0, 4.0)},
            counts=_GROUPS,
            outputs={"cells": cells("int32", "m")},
            scalars=_ACCURATE,
        ),
        weight=2.0,
    ),
    snippet(
        "grouped-atomics",
        Snippet(
            (
                "wp.atomic_add(cells, labels[@], x)",
                "k = labels[@]\nwp.atomic_add(cells, k, x * x)",
                "k = labels[@]\nwp.atomic_sub(cells, k, x)",
                "k = labels[@]\nwp.atomic_max(cells, k, wp.abs(x))",
                "k = labels[@]\nwp.atomic_min(cells, k, -wp.abs(x))",
                "k = labels[@]\ncells[k] += x",
                "k = labels[@]\ncells[k] -= x * 0.5",
                "wp.atomic_add(cells, AT0 % m, x)",
                "wp.atomic_max(cells, 0, x)\nwp.atomic_min(cells, 1, x)\nwp.atomic_add(cells, 2, x)",
            ),
            "update the cells of {cells} with {x}, in groups",
            (),
            {"x": "T"},
            counts=_GROUPS,
            tables=_LABELS,
            outputs={"cells": cells("T", "m")},
            scalars=_ACCURATE,
        ),
        weight=2.0,
    ),
    snippet(
        "grid-atomics",
        Snippet(
            (
                "k = labels[@]\nwp.atomic_add(cells, k, int(wp.abs(x)) % 2, x)",
                "k = labels[@]\nfor c in range(2):\n    wp.atomic_add(cells, k, c, x * float(c + 1))",
                "wp.atomic_max(cells, labels[@], 0, x)\nwp.atomic_min(cells, labels[@], 1, x)",
            ),
            "update the table {cells} with {x}, in groups",
            (),
            {"x": "T"},
            counts=_GROUPS,
            tables=_LABELS,
            outputs={"cells": cells("T", "m", 2)},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "vector-atomics",
        Snippet(
            (
                "wp.atomic_add(cells, 0, p)",
                "wp.atomic_add(cells, labels[@], p * y)",
                "wp.atomic_min(cells, 0, p)\nwp.atomic_max(cells, 1, p)",
                "k = labels[@]\nwp.atomic_sub(cells, k, p)",
                "cells[labels[@]] += p",
                "k = labels[@]\nwp.atomic_max(cells, k, p)\nwp.atomic_add(cells, 0, p * wp.length(p))",
            ),
            "gather {p} in {cells}: sums or bounds",
            (),
            {"p": ("V3", -4.0, 4.0), "y": ("T", -2.0, 2.0)},
            counts=_GROUPS,
            tables=_LABELS,
            outputs={"cells": cells("V3", "m")},
            scalars=_ACCURATE,
        ),
        weight=1.3,
    ),
    snippet(
        "matrix-atomics",
        Snippet(
            (
                "wp.atomic_add(cells, 0, wp.outer(p, p))",
                "wp.atomic_add(cells, labels[@], wp.outer(p, p) * y)",
                "wp.atomic_sub(cells, labels[@], wp.diag(p))",
            ),
            "gather products of {p} in {cells}",
            (),
            {"p": ("V3", -4.0, 4.0), "y": ("T", -2.0, 2.0)},
            counts=_GROUPS,
            tables=_LABELS,
            outputs={"cells": cells("M33", "m")},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "bit-atomics",
        Snippet(
            (
                "wp.atomic_or(cells, labels[@], word(1) << (x & word(15)))",
                "wp.atomic_xor(cells, labels[@], x)",
                "wp.atomic_and(cells, labels[@], ~(x & word(255)))",
                "k = labels[@]\nwp.atomic_or(cells, k, x & word(4095))",
                "k = labels[@]\ncells[k] |= x",
                "k = labels[@]\ncells[k] ^= x & word(1023)",
                "k = labels[@]\ncells[k] &= ~x",
                "wp.atomic_xor(cells, AT0 % m, x * word(3))",
            ),
            "set, clear or turn bits of {cells} by those of {x}",
            (),
            {"x": ("T", 0, 100)},
            counts=_GROUPS,
            tables=_LABELS,
            outputs={"cells": cells("T", "m", low=0, high=65535)},
            scalars=_INTEGERS,
        ),
        weight=1.6,
    ),
    snippet(
        "integer-atomics",
        Snippet(
            (
                "wp.atomic_add(cells, labels[@], x)",
                "wp.atomic_max(cells, labels[@], x)",
                "wp.atomic_min(cells, labels[@], x)",
                "wp.atomic_sub(cells, labels[@], x)",
                "k = labels[@]\nif x > word(9):\n    wp.atomic_add(cells, k, word(1))",
            ),
            "count {x} in {cells}",
            (),
            {"x": ("T", 0, 60)},
            counts=_GROUPS,
            tables=_LABELS,
            outputs={"cells": cells("T", "m", low=20, high=40)},
            scalars=_INTEGERS,
        ),
        weight=1.3,
    ),
    snippet(
        "own-cell",
        Snippet(
            (
                "y = wp.atomic_exch(own, @, x)",
                "y = wp.atomic_cas(own, @, x, x + word(1))",
                "y = wp.atomic_cas(own, @, word(3), x)",
                "y = wp.atomic_add(own, @, x)",
                "y = wp.atomic_max(own, @, x)",
                "y = wp.atomic_or(own, @, x)",
                "y = wp.atomic_and(own, @, x + word(3))",
                "y = wp.atomic_min(own, @, x) + x",
                "y = wp.atomic_sub(own, @, x)",
                "y = wp.atomic_xor(own, @, x)",
            ),
            "change the thread's own cell of {own} by {x} and let {y} be what was there",
            (Given("y", "T", 0, 60),),
            {"x": ("T", 0, 60)},
            outputs={"own": cells("T", "@", low=0, high=15)},
            scalars=_INTEGERS,
        ),
        weight=1.6,
    ),
    snippet(
        "own-float-cell",
        Snippet(
            (
                "y = wp.atomic_exch(own, @, x)",
                "y = wp.atomic_add(own, @, x)",
                "y = wp.atomic_max(own, @, x) - x",
                "y = wp.atomic_min(own, @, x * x)",
                "y = wp.atomic_cas(own, @, 0.0, x)",
                "y = wp.atomic_sub(own, @, x)",
            ),
            "change the thread's own cell of {own} by {x} and let {y} be what was there",
            (Given("y", "T", -4.0, 4.0),),
            {"x": ("T", -4.0, 4.0)},
            outputs={"own": cells("T", "@", low=-1.0, high=1.0)},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "row-into-shared",
        Snippet(
            (
                "total = float(0.0)\nfor k in range(n):\n    total += row[@, k]\nwp.atomic_add(cells, AT0 % 4, total)",
                "for k in range(n):\n    wp.atomic_add(cells, k, row[@, k])\ntotal = row[@, 0]",
                "total = row[@, 0]\nfor k in range(1, n):\n    total = wp.max(total, row[@, k])\n"
                "wp.atomic_max(cells, 0, total)",
                "total = float(0.0)\nfor k in range(n):\n    x = row[@, k]\n    if x > 0.0:\n"
                "        wp.atomic_add(cells, k, x)\n        total += x",
            ),
            "reduce the thread's row of {row} into {cells}",
            (Given("total", "T", -12.0, 12.0),),
            counts={"n": (4, 10)},
            tables={"row": Table("T", ("@", "n"))},
            outputs={"cells": cells("T", "n")},
            scalars=_ACCURATE,
        ),
    ),
)
