"""Idioms that reduce the thread's row: sums, norms, extremes and their places, moments, counts."""

from warpsmith.synth.families.snippet import Given, Snippet, Table, snippet
from warpsmith.synth.types import FLOAT32, FLOAT64, INT32, INT64

_ACCURATE = (FLOAT32, FLOAT64)
_ROW = {"row": Table("T", ("@", "n"))}
_PAIR = {**_ROW, "other_row": Table("T", ("n",), 0.1, 1.0)}
_SIZE = {"n": (3, 12)}
_TOTAL = Given("total", "T", -12.0, 12.0)

ROWS = (
    snippet(
        "row-sum",
        Snippet(
            (
                "total = float(0.0)\nfor k in range(n):\n    <add>",
                "total = row[@, 0]\nfor k in range(1, n):\n    <add>",
                "total = float(0.0)\nk = int(0)\nwhile k < n:\n    <add>\n    k += 1",
                "total = float(0.0)\nfor k in range(n):\n    x = row[@, k]\n    total += <term>",
                "total = float(0.0)\nfor k in range(0, n, 2):\n    <add>",
                "total = float(0.0)\nfor k in range(n):\n    <add>\ntotal /= float(n)",
                "total = float(0.0)\nfor k in range(n - 1, -1, -1):\n    <add>\n    total *= 0.9",
            ),
            "let {total} be a sum over the thread's row of {row}",
            (_TOTAL,),
            counts=_SIZE,
            tables=_PAIR,
            options={
                "add": (
                    "total += row[@, k]",
                    "total = total + row[@, k]",
                    "total += row[@, k] * other_row[k]",
                    "total += row[@, k] * row[@, k]",
                    "total += wp.abs(row[@, k])",
                    "total += other_row[k] * wp.abs(row[@, k])",
                    "total -= row[@, k]",
                ),
                "term": ("x * x", "wp.abs(x)", "x * other_row[k]", "x * x * x", "wp.max(x, 0.0)", "wp.exp(-x * x)"),
            },
            scalars=_ACCURATE,
        ),
        weight=2.0,
    ),
    snippet(
        "row-extreme",
        Snippet(
            (
                "best = row[@, 0]\nfor k in range(1, n):\n    best = wp.<pick>(best, row[@, k])",
                "best = float(<start>)\nfor k in range(n):\n    best = wp.<pick>(best, <of>)",
                "best = row[@, 0]\nfor k in range(1, n):\n    x = row[@, k]\n    if x > best:\n        best = x",
                "best = row[@, 0]\nother = row[@, 0]\nfor k in range(1, n):\n    best = wp.max(best, row[@, k])\n"
                "    other = wp.min(other, row[@, k])\nbest = best - other",
            ),
            "let {best} be an extreme of the thread's row of {row}",
            (Given("best", "T", -2.0, 2.5),),
            counts=_SIZE,
            tables=_ROW,
            options={
                "pick": ("max", "min"),
                "start": ("0.0", "0.5", "1.0"),
                "of": ("row[@, k]", "wp.abs(row[@, k])", "row[@, k] * row[@, k]", "row[@, k] + 1.0", "0.5 * row[@, k]"),
            },
            scalars=_ACCURATE,
        ),
        weight=1.6,
    ),
    snippet(
        "row-argmax",
        Snippet(
            (
                "best = row[@, 0]\nwhere_best = int(0)\nfor k in range(1, n):\n    if row[@, k] <than> best:\n"
                "        best = row[@, k]\n        where_best = k",
                "best = row[@, 0]\nwhere_best = int(0)\nfor k in range(n):\n    x = <of>\n    if x <than> best:\n"
                "        best = x\n        where_best = k",
                "best = <of0>\nwhere_best = int(0)\nfor k in range(1, n):\n    d = <to_y>\n    if d < best:\n"
                "        best = d\n        where_best = k",
            ),
            "let {where_best} be where the row of {row} has its extreme {best}",
            (Given("best", "T", -4.0, 4.0), Given("where_best", "int32", 0, 11)),
            {"y": ("T", -2.0, 2.0)},
            counts=_SIZE,
            tables=_ROW,
            options={
                "than": (">", "<"),
                "of": ("row[@, k]", "wp.abs(row[@, k])", "row[@, k] * 0.5"),
                "of0": ("wp.abs(row[@, 0] - y)", "(row[@, 0] - y) * (row[@, 0] - y)"),
                "to_y": ("wp.abs(row[@, k] - y)", "(row[@, k] - y) * (row[@, k] - y)"),
            },
            scalars=_ACCURATE,
        ),
        weight=1.5,
    ),
    snippet(
        "moments",
        Snippet(
            (
                "mean = float(0.0)\nfor k in range(n):\n    mean += row[@, k]\nmean = mean / float(n)\n"
                "var = float(0.0)\n"
                "for k in range(n):\n    d = row[@, k] - mean\n    var += d * d\nvar = <done>",
                "mean = float(0.0)\nm2 = float(0.0)\nfor k in range(n):\n    d = row[@, k] - mean\n"
                "    mean += d / float(k + 1)\n"
                "    m2 += d * (row[@, k] - mean)\nvar = m2 / float(n)",
                "s1 = float(0.0)\ns2 = float(0.0)\nfor k in range(n):\n    s1 += row[@, k]\n"
                "    s2 += row[@, k] * row[@, k]\n"
                "mean = s1 / float(n)\nvar = s2 / float(n) - mean * mean",
            ),
            "let {mean} and {var} be the mean and the spread of the thread's row of {row}",
            (Given("mean", "T", -2.0, 2.0), Given("var", "T", 0.0, 4.0)),
            counts=_SIZE,
            tables=_ROW,
            options={"done": ("var / float(n)", "wp.sqrt(var / float(n - 1))", "wp.sqrt(var)")},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "row-norm",
        Snippet(
            (
                "total = float(0.0)\nfor k in range(n):\n    total += row[@, k] * row[@, k]\ntotal = wp.sqrt(total)",
                "total = float(0.0)\nfor k in range(n):\n    total += wp.pow(wp.abs(row[@, k]), 3.0)\n"
                "total = wp.cbrt(total)",
                "total = float(1.0)\nfor k in range(n):\n    total *= 1.0 + 0.1 * row[@, k]",
                "total = float(0.0)\nfor k in range(n):\n    total += wp.log(wp.abs(row[@, k]) + 1.0)\n"
                "total = wp.exp(total / float(n))",
                "total = float(0.0)\nfor k in range(n):\n    total += 1.0 / (wp.abs(row[@, k]) + 0.5)\n"
                "total = float(n) / total",
                "top = row[@, 0]\nfor k in range(1, n):\n    top = wp.max(top, row[@, k])\ntotal = float(0.0)\n"
                "for k in range(n):\n    total += wp.exp(row[@, k] - top)\ntotal = top + wp.log(total)",
            ),
            "let {total} be a norm or a mean of the thread's row of {row}",
            (Given("total", "T", 0.0, 6.0),),
            counts=_SIZE,
            tables=_ROW,
            scalars=_ACCURATE,
        ),
        weight=1.5,
    ),
    snippet(
        "row-count",
        Snippet(
            (
                "count = int(0)\nfor k in range(n):\n    if <test>:\n        count += 1",
                "count = int(0)\nfor k in range(n):\n    count += wp.where(<test>, 1, 0)",
                "count = int(0)\nfor k in range(n):\n    if not (<test>):\n        continue\n    count += k + 1",
                "count = int(-1)\nfor k in range(n):\n    if <test>:\n        count = k\n        break",
                "count = int(0)\nrun = int(0)\nfor k in range(n):\n    if <test>:\n        run += 1\n    else:\n"
                "        run = 0\n"
                "    count = wp.max(count, run)",
                "count = int(0)\nfor k in range(n):\n    for c in range(k):\n        if row[@, c] > row[@, k]:\n"
                "            count += 1",
                "count = int(0)\nfor k in range(1, n):\n    if row[@, k] * row[@, k - 1] < 0.0:\n        count += 1",
            ),
            "let {count} be counted over the thread's row of {row}",
            (Given("count", "int32", -1, 40),),
            {"y": ("T", -1.5, 1.5)},
            counts={"n": (4, 12)},
            tables=_ROW,
            options={
                "test": ("row[@, k] > y", "row[@, k] < y", "wp.abs(row[@, k]) > wp.abs(y)", "row[@, k] + y > 0.0")
            },
            scalars=_ACCURATE,
        ),
        weight=1.5,
    ),
    snippet(
        "careful-sum",
        Snippet(
            (
                "total = float(0.0)\ncomp = float(0.0)\nfor k in range(n):\n    y = row[@, k] - comp\n"
                "    tmp = total + y\n"
                "    comp = (tmp - total) - y\n    total = tmp",
                "total = float(0.0)\ncomp = float(0.0)\nfor k in range(n):\n    x = row[@, k]\n    tmp = total + x\n"
                "    if wp.abs(total) >= wp.abs(x):\n        comp += (total - tmp) + x\n    else:\n"
                "        comp += (x - tmp) + total\n"
                "    total = tmp\ntotal += comp",
                "even = float(0.0)\nodd = float(0.0)\nfor k in range(n):\n    if k % 2 == 0:\n"
                "        even += row[@, k]\n"
                "    else:\n        odd += row[@, k]\ntotal = even - 0.5 * odd",
            ),
            "let {total} be a sum over the thread's row of {row}, taken with care for rounding",
            (_TOTAL,),
            counts=_SIZE,
            tables=_ROW,
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "top-two",
        Snippet(
            (
                "best = row[@, 0]\nsecond = row[@, 1]\nif second > best:\n    best = row[@, 1]\n"
                "    second = row[@, 0]\n"
                "for k in range(2, n):\n    x = row[@, k]\n    if x > best:\n        second = best\n        best = x\n"
                "    elif x > second:\n        second = x",
            ),
            "let {best} and {second} be the two largest of the thread's row of {row}",
            (Given("best", "T", -2.0, 2.0), Given("second", "T", -2.0, 2.0)),
            counts={"n": (4, 12)},
            tables=_ROW,
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "integer-row",
        Snippet(
            (
                "total = word(0)\nfor k in range(n):\n    <add>",
                "total = row[@, 0]\nfor k in range(1, n):\n    total = wp.<pick>(total, row[@, k])",
                "total = word(0)\nfor k in range(n):\n    if row[@, k] % word(2) == word(0):\n"
                "        total += row[@, k]",
                "total = word(1)\nfor k in range(n):\n    total = (total * (row[@, k] + word(2))) % word(997)",
            ),
            "let {total} be a whole number found from the thread's row of {row}",
            (Given("total", "T", 0, 400),),
            counts={"n": (4, 12)},
            tables={"row": Table("T", ("@", "n"), 0, 40)},
            options={
                "add": ("total += row[@, k]", "total = total + row[@, k]", "total += row[@, k] * row[@, k] % word(31)"),
                "pick": ("max", "min"),
            },
            scalars=(INT32, INT64),
        ),
        weight=1.3,
    ),
    snippet(
        "vector-row",
        Snippet(
            (
                "p = vec3(0.0, 0.0, 0.0)\nfor k in range(n):\n    p += row[@, k]\np = p / float(n)",
                "p = vec3()\nfor k in range(n):\n    p = p + row[@, k] * <weight>",
                "p = row[@, 0]\nfor k in range(1, n):\n    p = wp.<pick>(p, row[@, k])",
                "p = row[@, 0]\nfor k in range(1, n):\n    if wp.length_sq(row[@, k]) > wp.length_sq(p):\n"
                "        p = row[@, k]",
                "p = vec3(0.0, 0.0, 0.0)\nfor k in range(n - 1):\n    p += wp.cross(row[@, k], row[@, k + 1])",
            ),
            "let {p} be a vector that sums up the thread's row of {row}",
            (Given("p", "V3", -8.0, 8.0),),
            counts=_SIZE,
            tables={"row": Table("V3", ("@", "n")), "other_row": Table("T", ("n",), 0.1, 1.0)},
            options={"pick": ("max", "min"), "weight": ("other_row[k]", "0.5", "wp.length(row[@, k])", "float(k + 1)")},
            scalars=_ACCURATE,
        ),
        weight=1.3,
    ),
    snippet(
        "place-in-vector",
        Snippet(
            (
                "k = wp.argmax(p)\nx = p[k]",
                "k = wp.argmin(p)\nx = p[k] + float(k)",
                "k = int(wp.argmax(wp.abs(p)))\nx = p[k]",
                "k = wp.argmax(p) - wp.argmin(p)\nx = wp.max(p) - wp.min(p) + float(int(k))",
                "x = wp.max(wp.abs(p)) + wp.min(p)",
                "x = p[0]\nfor k in range(1, 3):\n    x = wp.max(x, p[k])",
            ),
            "let {x} be an extreme component of {p}",
            (Given("x", "T", -4.0, 8.0),),
            {"p": ("V3", -4.0, 4.0)},
            scalars=_ACCURATE,
        ),
        weight=1.5,
    ),
)
