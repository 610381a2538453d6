"""Hashes, checksums, Morton codes and counts of bits."""

from warpsmith.synth.families.snippet import Given, Snippet, Table, snippet
from warpsmith.synth.types import INT32, INT64, UINT8, UINT16, UINT32, UINT64

_WORD = (UINT32, UINT64)
_ANY_WORD = (UINT32, UINT32, UINT64, INT32, INT64, UINT16, UINT8)
_FOLDED = (
    "h % word(m)",
    "h & word(1023)",
    "(h >> word(8)) % word(m)",
    "h >> word(22)",
    "(h ^ (h >> word(16))) & word(255)",
)

HASHING = (
    snippet(
        "integer-hash",
        Snippet(
            (
                "h = x ^ (x >> word(16))\nh = h * word(73244475)\nh = h ^ (h >> word(16))\ny = <folded>",
                "h = (x ^ word(61)) ^ (x >> word(16))\nh = h * word(9)\nh ^= h >> word(4)\n"
                "h *= word(668265261)\ny = <folded>",
                "h = x * word(747796405) + word(2891336453)\n"
                "h = ((h >> ((h >> word(28)) + word(4))) ^ h) * word(277803737)\ny = <folded>",
                "h = x\nh ^= h << word(13)\nh ^= h >> word(17)\nh ^= h << word(5)\ny = <folded>",
                "h = x * word(2654435761)\ny = h >> word(20)",
                "h = x + (x << word(10))\nh = h ^ (h >> word(6))\nh += h << word(3)\ny = <folded>",
            ),
            "let {y} be a hash of {x}",
            (Given("y", "T", 0, 1000),),
            {"x": "W"},
            whole={"m": (64, 999)},
            options={"folded": _FOLDED},
            scalars=(UINT32,),
        ),
        weight=1.5,
    ),
    snippet(
        "hash-function",
        Snippet(
            (
                "@wp.func\ndef mix(h: word) -> word:\n    <stir>\n    <stir2>\n    return h\ny = mix(x) & word(4095)",
                "@wp.func\ndef mix(h: word) -> word:\n    <stir>\n    return h\ny = mix(mix(x) + word(m)) % word(997)",
                "@wp.func\ndef mix(h: word, seed: word) -> word:\n    h = h ^ seed\n    <stir>\n    return h\n"
                "y = mix(x, word(m)) % word(4093)",
            ),
            "let {y} be a hash of {x} by a function of its own",
            (Given("y", "T", 0, 4095),),
            {"x": "W"},
            whole={"m": (7, 9999)},
            options={
                "stir": (
                    "h = h ^ (h >> word(15))",
                    "h ^= h >> word(7)",
                    "h = (h << word(5)) ^ (h >> word(3))",
                    "h = h * word(2246822519)",
                    "h += ~(h << word(9))",
                ),
                "stir2": (
                    "h = h * word(3266489917)",
                    "h ^= h << word(11)",
                    "h *= word(374761393)",
                    "h = ~h + (h << word(2))",
                ),
            },
            scalars=(UINT32,),
        ),
    ),
    snippet(
        "cell-hash",
        Snippet(
            (
                "y = ((i0 * word(73856093)) ^ (i1 * word(19349663))) % word(m)",
                "y = ((i0 * word(73856093)) ^ (i1 * word(19349663)) ^ (i2 * word(83492791))) & word(1023)",
                "y = (i0 + i1 * word(57) + i2 * word(131)) % word(m)",
                "y = ((i0 << word(10)) | (i1 & word(1023))) % word(m)",
            ),
            "let {y} be a hash of the coordinates {i0} and {i1}",
            (Given("y", "T", 0, 1023),),
            {"i0": "T", "i1": "T", "i2": "T"},
            whole={"m": (64, 999)},
            scalars=_WORD,
        ),
        weight=1.3,
    ),
    snippet(
        "string-hash",
        Snippet(
            (
                "h = word(2166136261)\nfor k in range(n):\n    h = (h ^ row[@, k]) * word(16777619)\ny = <folded>",
                "h = word(5381)\nfor k in range(n):\n    h = h * word(33) + row[@, k]\ny = <folded>",
                "h = word(0)\nfor k in range(n):\n    h = ((h << word(5)) | (h >> word(27))) ^ row[@, k]\n"
                "y = h % word(m)",
                "h = word(1)\ng = word(0)\nfor k in range(n):\n    h = (h + row[@, k]) % word(65521)\n"
                "    g = (g + h) % word(65521)\n"
                "y = (g ^ h) & word(1023)",
                "h = word(0)\nfor k in range(n):\n    h ^= row[@, k]\n    for c in range(4):\n"
                "        if h & word(1) == word(1):\n"
                "            h = (h >> word(1)) ^ word(3988292384)\n        else:\n"
                "            h = h >> word(1)\ny = <folded>",
            ),
            "let {y} be a checksum of the row of {row}",
            (Given("y", "T", 0, 1000),),
            {},
            whole={"m": (64, 999)},
            counts={"n": (3, 8)},
            tables={"row": Table("T", ("@", "n"), 0, 255)},
            options={"folded": _FOLDED},
            scalars=(UINT32,),
        ),
    ),
    snippet(
        "morton-2d",
        Snippet(
            (
                "@wp.func\ndef spread(v: word) -> word:\n    v = (v | (v << word(4))) & word(3855)\n"
                "    v = (v | (v << word(2))) & word(13107)\n"
                "    v = (v | (v << word(1))) & word(21845)\n    return v\ny = spread(i0) | (spread(i1) << word(1))",
                "y = word(0)\nfor k in range(6):\n    y = y | ((i0 >> word(k) & word(1)) << word(2 * k))\n"
                "    y = y | ((i1 >> word(k) & word(1)) << word(2 * k + 1))",
            ),
            "let {y} be the Morton code of {i0} and {i1}",
            (Given("y", "T", 0, 21845),),
            {"i0": "T", "i1": "T"},
            scalars=(UINT32, INT32),
        ),
    ),
    snippet(
        "morton-3d",
        Snippet(
            (
                "@wp.func\ndef expand(v: word) -> word:\n    v = (v * word(65537)) & word(4278190335)\n"
                "    v = (v * word(257)) & word(251719695)\n"
                "    v = (v * word(17)) & word(3272356035)\n    v = (v * word(5)) & word(1227133513)\n    return v\n"
                "y = (expand(i0 & word(15)) << word(2)) + (expand(i1 & word(15)) << word(1)) + expand(i2 & word(15))",
            ),
            "let {y} be the Morton code of {i0}, {i1} and {i2}",
            (Given("y", "T", 0, 4095),),
            {"i0": "T", "i1": "T", "i2": "T"},
            scalars=(UINT32,),
        ),
    ),
    snippet(
        "bit-count",
        Snippet(
            (
                "count = wp.bit_count(x)",
                "count = wp.bit_count(x ^ y)",
                "count = wp.bit_count(x & y) - wp.bit_count(x & ~y)",
                "count = wp.bit_count(x & (x >> word(1)))",
                "count = wp.bit_count(x | (y << word(2)))",
                "count = wp.bit_count(x) % 2",
            ),
            "let {count} be a count of the bits set in {x}",
            (Given("count", "int32", -8, 32),),
            {"x": "W", "y": "W"},
            scalars=_ANY_WORD,
        ),
        weight=2.0,
    ),
    snippet(
        "counting-loop",
        Snippet(
            (
                "rest = x\ncount = int(0)\nfor k in range(32):\n    if rest == word(0):\n        break\n"
                "    rest = rest & (rest - word(1))\n    count += 1",
                "count = int(0)\nfor k in range(n):\n    count += int((x >> word(k)) & word(1))",
                "rest = x\ncount = int(0)\nwhile count < 32 and rest > word(0):\n    rest = rest >> word(1)\n"
                "    count += 1",
                "count = int(0)\nfor k in range(n):\n    if (x & (word(1) << word(k))) != word(0):\n"
                "        count = count + k",
                "v = x - ((x >> word(1)) & word(1431655765))\n"
                "v = (v & word(858993459)) + ((v >> word(2)) & word(858993459))\n"
                "v = (v + (v >> word(4))) & word(252645135)\ncount = int((v * word(16843009)) >> word(24))",
                "count = int(0)\nprev = x & word(1)\nfor k in range(1, n):\n    cur = (x >> word(k)) & word(1)\n"
                "    if cur != prev:\n        count += 1\n    prev = cur",
            ),
            "let {count} be found by counting through the bits of {x}",
            (Given("count", "int32", 0, 32),),
            {"x": "W"},
            counts={"n": (6, 16)},
            scalars=(UINT32,),
        ),
    ),
    snippet(
        "gray-code",
        Snippet(
            (
                "y = x ^ (x >> word(1))",
                "y = x\ny ^= y >> word(4)\ny ^= y >> word(2)\ny ^= y >> word(1)",
                "y = x & (~x + word(1))",
                "y = x & (x - word(1))",
                "y = x | (x >> word(1))\ny |= y >> word(2)\ny |= y >> word(4)",
                "y = (x ^ (x << word(1))) & word(65535)",
            ),
            "let {y} be {x} with its bits combined with their neighbours",
            (Given("y", "T", 0, 255),),
            {"x": ("T", 1, 127)},
            scalars=_ANY_WORD[:5],
        ),
        weight=2.0,
    ),
    snippet(
        "random-state",
        Snippet(
            (
                "state = x\nfor k in range(n):\n    state = state * word(1664525) + word(1013904223)\n"
                "y = state >> word(22)",
                "state = x | word(1)\nfor k in range(n):\n    state ^= state << word(13)\n"
                "    state ^= state >> word(17)\n    state ^= state << word(5)\ny = state % word(m)",
                "state = x & word(65535) | word(1)\nfor k in range(n):\n"
                "    bit = (state ^ (state >> word(2)) ^ (state >> word(3)) ^ (state >> word(5))) & word(1)\n"
                "    state = (state >> word(1)) | (bit << word(15))\ny = state % word(1009)",
            ),
            "let {y} be a pseudo-random number that {x} seeds",
            (Given("y", "T", 0, 1023),),
            {"x": "W"},
            whole={"m": (64, 999)},
            counts={"n": (2, 8)},
            scalars=(UINT32,),
        ),
    ),
)
