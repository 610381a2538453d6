"""Idioms that scan rows, walk over segments, and search in sorted arrays."""

from warpsmith.synth.families.snippet import Given, Snippet, Table, cells, snippet
from warpsmith.synth.types import FLOAT32, FLOAT64, INT32, INT64, UINT32

_ACCURATE = (FLOAT32, FLOAT64)
_ROW = {"row": Table("T", ("@", "n"))}
_OUT = {"out_row": cells("T", "@", "n")}
_LAST = Given("total", "T", -12.0, 12.0)

SCANS = (
    snippet(
        "row-scan",
        Snippet(
            (
                "total = float(0.0)\nfor k in range(n):\n    total += row[@, k]\n    out_row[@, k] = total",
                "total = float(0.0)\nfor k in range(n):\n    out_row[@, k] = total\n    total += row[@, k]",
                "total = row[@, 0]\nout_row[@, 0] = total\nfor k in range(1, n):\n"
                "    total = wp.<pick>(total, row[@, k])\n"
                "    out_row[@, k] = total",
                "total = float(1.0)\nfor k in range(n):\n    total *= 1.0 + 0.2 * row[@, k]\n    out_row[@, k] = total",
                "total = float(0.0)\nfor k in range(n):\n    total = decay * total + (1.0 - decay) * row[@, k]\n"
                "    out_row[@, k] = total",
                "total = float(0.0)\nfor k in range(n):\n    total += row[@, n - 1 - k]\n"
                "    out_row[@, n - 1 - k] = total",
                "total = float(0.0)\nfor k in range(n):\n    out_row[@, k] = row[@, k] - total\n    total = row[@, k]",
            ),
            "write a running sum, product or extreme of the thread's row of {row} to {out_row}, and let "
            "{total} be its end",
            (_LAST,),
            numbers={"decay": (0.2, 0.9)},
            counts={"n": (3, 10)},
            tables=_ROW,
            outputs=_OUT,
            options={"pick": ("max", "min")},
            scalars=_ACCURATE,
        ),
        weight=2.0,
        dimensions=(1, 2),
    ),
    snippet(
        "integer-scan",
        Snippet(
            (
                "total = word(0)\nfor k in range(n):\n    out_row[@, k] = total\n    total += row[@, k]",
                "total = word(0)\nfor k in range(n):\n    if row[@, k] > word(5):\n        total += word(1)\n"
                "    out_row[@, k] = total",
                "total = word(0)\nfor k in range(n):\n    total = wp.max(total, row[@, k] + word(k))\n"
                "    out_row[@, k] = total",
            ),
            "write a running count of the thread's row of {row} to {out_row}",
            (Given("total", "T", 0, 160),),
            counts={"n": (3, 10)},
            tables={"row": Table("T", ("@", "n"), 0, 20)},
            outputs=_OUT,
            scalars=(INT32, INT64, UINT32),
        ),
        dimensions=(1, 2),
    ),
    snippet(
        "normalized-row",
        Snippet(
            (
                "total = float(0.0)\nfor k in range(n):\n    total += <of>\nfor k in range(n):\n"
                "    out_row[@, k] = <of> / (total + 0.01)",
                "top = row[@, 0]\nfor k in range(1, n):\n    top = wp.max(top, row[@, k])\ntotal = float(0.0)\n"
                "for k in range(n):\n"
                "    x = wp.exp(row[@, k] - top)\n    total += x\n    out_row[@, k] = x",
                "total = float(0.0)\nfor k in range(n):\n    total += row[@, k]\ntotal /= float(n)\n"
                "for k in range(n):\n"
                "    out_row[@, k] = row[@, k] - total",
            ),
            "write the thread's row of {row} to {out_row}, normalised, with {total} as its sum",
            (_LAST,),
            counts={"n": (3, 10)},
            tables=_ROW,
            outputs=_OUT,
            options={"of": ("wp.abs(row[@, k])", "row[@, k] * row[@, k]", "wp.exp(row[@, k])")},
            scalars=_ACCURATE,
        ),
        dimensions=(1, 2),
    ),
    snippet(
        "segment-sum",
        Snippet(
            (
                "total = float(0.0)\nfor k in range(offsets[AT0], offsets[AT0 + 1]):\n    total += <of>",
                "begin = offsets[AT0]\nend = offsets[AT0 + 1]\ntotal = float(0.0)\nfor k in range(begin, end):\n"
                "    total = total + <of>",
                "begin = offsets[AT0]\nend = offsets[AT0 + 1]\ntotal = float(0.0)\nfor k in range(begin, end):\n"
                "    total = wp.max(total, <of>)\n"
                "total += float(end - begin)",
                "total = float(0.0)\nk = offsets[AT0]\nend = offsets[AT0 + 1]\nfor c in range(n):\n"
                "    if k >= end:\n        break\n"
                "    total += <of>\n    k += 1",
            ),
            "let {total} be taken over the thread's segment of {values}",
            (Given("total", "T", -6.0, 12.0),),
            counts={"n": (24, 60)},
            tables={
                "offsets": Table("int32", ("rows+1",), 0, "n", "offsets"),
                "values": Table("T", ("n",)),
                "labels": Table("int32", ("n",), 0, "n-1"),
                "other_row": Table("T", ("n",), 0.1, 1.0),
            },
            options={
                "of": (
                    "values[k]",
                    "values[k] * values[k]",
                    "values[k] * other_row[labels[k]]",
                    "wp.abs(values[k])",
                    "values[labels[k]]",
                )
            },
            scalars=_ACCURATE,
        ),
        weight=1.6,
    ),
    snippet(
        "strided-sum",
        Snippet(
            (
                "total = float(0.0)\nfor k in range(AT0, n, stride):\n    total += <of>",
                "total = float(0.0)\nk = AT0 % n\nfor c in range(stride):\n    total += <of>\n    k = (k + stride) % n",
                "total = values[AT0 % n]\nfor k in range(stride, n, stride):\n    total = wp.max(total, <of>)",
                "total = float(0.0)\nfor k in range(n):\n    if k % stride == AT0 % stride:\n        total += <of>",
                "total = float(0.0)\nbegin = wp.max(AT0 % n - stride, 0)\n"
                "end = wp.min(AT0 % n + stride + 1, n)\nfor k in range(begin, end):\n"
                "    total += <of>\ntotal /= float(end - begin)",
            ),
            "let {total} be taken over every so many elements of {values}",
            (Given("total", "T", -8.0, 8.0),),
            {"y": "T"},
            whole={"stride": (2, 6)},
            counts={"n": (16, 40)},
            tables={"values": Table("T", ("n",))},
            options={
                "of": ("values[k]", "values[k] * values[k]", "values[k] + y", "wp.abs(values[k] - y)", "y * values[k]")
            },
            scalars=_ACCURATE,
        ),
        weight=1.6,
    ),
    snippet(
        "sorted-search",
        Snippet(
            (
                "k = wp.lower_bound(values, y)",
                "k = wp.lower_bound(values, 0, n, y)",
                "k = wp.lower_bound(values, first, n, y) - first",
                "k = wp.min(wp.lower_bound(values, y), n - 1)\nx = values[k] - y",
                "k = wp.clamp(wp.lower_bound(values, y), 1, n - 1)\n"
                "x = (y - values[k - 1]) / (values[k] - values[k - 1] + 0.01)",
            ),
            "let {k} be where {y} belongs in the sorted {values}",
            (Given("k", "int32", 0, 24), Given("x", "T", -4.0, 4.0)),
            {"y": ("T", -1.8, 1.8)},
            whole={"first": (1, 3)},
            counts={"n": (8, 24)},
            tables={"values": Table("T", ("n",), -2.0, 2.0, "sorted")},
            scalars=_ACCURATE,
        ),
        weight=2.0,
    ),
    snippet(
        "search-by-hand",
        Snippet(
            (
                "a = int(0)\nb = int(n)\nfor c in range(6):\n    if a < b:\n        mid = (a + b) // 2\n"
                "        if values[mid] < y:\n"
                "            a = mid + 1\n        else:\n            b = mid",
                "a = int(0)\nb = int(n)\nit = int(0)\nwhile a < b and it < 8:\n    mid = (a + b) // 2\n"
                "    if values[mid] < y:\n        a = mid + 1\n"
                "    else:\n        b = mid\n    it += 1",
                "a = int(0)\nfor c in range(n):\n    if values[c] < y:\n        a += 1",
                "a = int(0)\nstep = int(16)\nfor c in range(5):\n    if a + step <= n:\n"
                "        if values[a + step - 1] < y:\n            a += step\n"
                "    step = step // 2",
            ),
            "let {a} be where {y} belongs in the sorted {values}, by halving what is left",
            (Given("a", "int32", 0, 24),),
            {"y": ("T", -1.8, 1.8)},
            counts={"n": (8, 24)},
            tables={"values": Table("T", ("n",), -2.0, 2.0, "sorted")},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "integer-search",
        Snippet(
            (
                "k = wp.lower_bound(values, y)",
                "k = wp.lower_bound(values, y + word(1)) - wp.lower_bound(values, y)",
                "k = wp.lower_bound(values, 0, n // 2, y)",
            ),
            "let {k} be how many of the sorted {values} are below {y}",
            (Given("k", "int32", 0, 24),),
            {"y": ("T", 0, 60)},
            counts={"n": (8, 24)},
            tables={"values": Table("T", ("n",), 0, 60, "sorted")},
            scalars=(INT32, INT64, UINT32),
        ),
        weight=1.4,
    ),
    snippet(
        "matrix-rows",
        Snippet(
            (
                "total = float(0.0)\nfor k in range(n):\n    acc = float(0.0)\n    for c in range(m):\n"
                "        acc += row[k, c] * other_row[c]\n"
                "    total += acc * acc\ntotal = wp.sqrt(total) * y",
                "total = float(0.0)\nfor k in range(n):\n    acc = float(0.0)\n    for c in range(m):\n"
                "        acc += wp.abs(row[k, c])\n"
                "    total = wp.max(total, acc * y)",
                "total = float(0.0)\nfor k in range(n):\n    for c in range(m):\n        if (k + c) % 2 == 0:\n"
                "            total += row[k, c] * y\n"
                "        else:\n            total -= row[k, c]",
            ),
            "let {total} be taken over all rows of {row} with {y}",
            (Given("total", "T", -30.0, 30.0),),
            {"y": "T"},
            counts={"n": (2, 6), "m": (2, 6)},
            tables={"row": Table("T", ("n", "m")), "other_row": Table("T", ("m",))},
            scalars=_ACCURATE,
        ),
    ),
)
