"""Masks, fields, packed words, reversals, sets of bits, and the bits behind floating-point numbers."""

from warpsmith.synth.families.snippet import Given, Snippet, Table, snippet
from warpsmith.synth.types import FLOAT32, INT32, INT64, UINT8, UINT16, UINT32, UINT64

_WORDS = (UINT32, UINT32, UINT64, INT32)
_BYTE = Given("y", "T", 0, 255)

PACKING = (
    snippet(
        "extract-field",
        Snippet(
            (
                "y = (x >> word(s)) & word(255)",
                "y = (x >> word(s)) & ((word(1) << word(m)) - word(1))",
                "y = (x & word(65280)) >> word(8)",
                "y = (x >> word(s)) % word(16)",
                "mask = (word(1) << word(m)) - word(1)\ny = (x & (mask << word(s))) >> word(s)",
            ),
            "let {y} be a field of bits of {x}",
            (_BYTE,),
            {"x": "W"},
            whole={"s": (1, 12), "m": (4, 8)},
            scalars=(*_WORDS, INT64),
        ),
        weight=2.0,
    ),
    snippet(
        "test-bit",
        Snippet(
            (
                "y = (x >> word(s)) & word(1)\nif y == word(1):\n    y = a + word(3)",
                "y = a\nif (x & (word(1) << word(s))) != word(0):\n    y = y + word(s)",
                "y = a << word(1) if (x >> word(s)) & word(1) == word(1) else a >> word(1)",
                "y = wp.where((x & word(5)) == word(5), a, a + word(7))",
                "y = a\nif x & word(1) == word(0) and x & word(2) != word(0):\n    y += word(9)",
            ),
            "let {y} depend on {a} and on whether a bit of {x} is set",
            (Given("y", "T", 0, 255),),
            {"x": "W", "a": ("T", 0, 100)},
            whole={"s": (1, 9)},
            scalars=_WORDS,
        ),
        weight=1.5,
    ),
    snippet(
        "set-bits",
        Snippet(
            (
                "y = (x | (word(1) << word(s))) & word(4095)",
                "y = (x & ~(word(1) << word(s))) & word(4095)",
                "y = (x ^ (word(3) << word(s))) & word(4095)",
                "y = x & word(4095)\ny |= word(1) << word(s)\ny &= ~word(2)",
                "y = x & word(2047)\ny ^= a\ny |= word(8)",
                "y = (x & a) | (~x & word(15))",
            ),
            "let {y} be {x} with some bits set, cleared or turned",
            (Given("y", "T", 0, 4095),),
            {"x": "W", "a": ("T", 0, 100)},
            whole={"s": (1, 10)},
            scalars=_WORDS,
        ),
        weight=2.0,
    ),
    snippet(
        "rotate-bits",
        Snippet(
            (
                "y = ((x << word(s)) | (x >> word(32 - s))) & word(65535)",
                "y = ((x >> word(s)) | (x << word(32 - s))) % word(m)",
                "@wp.func\ndef rotl(v: word, r: word) -> word:\n    return (v << r) | (v >> (word(32) - r))\n"
                "y = rotl(x, word(s)) % word(m)",
                "@wp.func\ndef rotl(v: word, r: word) -> word:\n    return (v << r) | (v >> (word(32) - r))\n"
                "y = (rotl(x, word(s)) ^ rotl(x, word(s + 7))) & word(1023)",
            ),
            "let {y} be {x} with its bits rotated",
            (Given("y", "T", 0, 65535),),
            {"x": "W"},
            whole={"s": (3, 15), "m": (64, 999)},
            scalars=(UINT32,),
        ),
        weight=1.3,
    ),
    snippet(
        "pack",
        Snippet(
            (
                "y = a | (b << word(8))",
                "y = (a & word(15)) | ((b & word(15)) << word(4)) | ((c & word(15)) << word(8))",
                "y = a + b * word(256)",
                "y = ((a & word(31)) << word(11)) | ((b & word(63)) << word(5)) | (c & word(31))",
                "y = (a << word(8)) ^ b",
            ),
            "let {y} hold {a} and {b} packed into one word",
            (Given("y", "T", 0, 65535),),
            {"a": ("T", 0, 100), "b": ("T", 0, 100), "c": ("T", 0, 100)},
            scalars=_WORDS,
        ),
        weight=1.5,
    ),
    snippet(
        "pack-color",
        Snippet(
            (
                "r = word(wp.clamp(p[0], 0.0, 1.0) * 255.0)\ng = word(wp.clamp(p[1], 0.0, 1.0) * 255.0)\n"
                "y = ((r << word(8)) | g) & word(65535)",
                "r = word(wp.abs(p[0]) * 31.0)\ng = word(wp.abs(p[1]) * 63.0)\nb = word(wp.abs(p[2]) * 31.0)\n"
                "y = (((r & word(31)) << word(11)) | ((g & word(63)) << word(5)) | (b & word(31))) & word(65535)",
                "y = (word(wp.abs(p[0]) * 15.0) << word(4)) | word(wp.abs(p[1]) * 15.0)",
            ),
            "let {y} be the color {p} packed into a word",
            (Given("y", "T", 0, 65535),),
            {"p": ("vec3f", 0.0, 1.0)},
            scalars=(UINT32, INT32),
        ),
    ),
    snippet(
        "unpack-color",
        Snippet(
            (
                "r = float(x & word(255)) / 255.0\ng = float((x >> word(8)) & word(255)) / 255.0\n"
                "b = float((x >> word(16)) & word(255)) / 255.0\np = wp.vec3(r, g, b)",
                "p = wp.vec3(float(x & word(31)), float((x >> word(5)) & word(63)), float((x >> word(11)) & "
                "word(31))) * 0.02",
                "p = wp.vec3()\nfor k in range(3):\n    p[k] = float((x >> word(8 * k)) & word(255)) * 0.0039",
            ),
            "let {p} be the color that {x} packs",
            (Given("p", "vec3f", 0.0, 1.3),),
            {"x": "W"},
            scalars=(UINT32, INT32),
        ),
    ),
    snippet(
        "reverse-bits",
        Snippet(
            (
                "y = word(0)\nrest = x\nfor k in range(8):\n    y = (y << word(1)) | (rest & word(1))\n"
                "    rest = rest >> word(1)",
                "y = x & word(255)\ny = ((y & word(240)) >> word(4)) | ((y & word(15)) << word(4))\n"
                "y = ((y & word(204)) >> word(2)) | ((y & word(51)) << word(2))\n"
                "y = ((y & word(170)) >> word(1)) | ((y & word(85)) << word(1))",
                "y = ((x & word(255)) << word(8)) | ((x >> word(8)) & word(255))",
                "y = ((x & word(21845)) << word(1)) | ((x >> word(1)) & word(21845))",
            ),
            "let {y} be {x} with bits or bytes in reverse order",
            (Given("y", "T", 0, 65535),),
            {"x": "W"},
            scalars=_WORDS,
        ),
        weight=1.3,
    ),
    snippet(
        "membership",
        Snippet(
            (
                "y = (table[a // 32] >> word(a % 32)) & word(1)\ny = y + word(a % 7)",
                "y = (table[a >> 5] & (word(1) << word(a & 31))) >> word(a & 31)\ny = y * word(5) + word(a & 3)",
                "y = word(a)\nif (table[a >> 5] >> word(a & 31)) & word(1) == word(1):\n    y = y + word(100)",
            ),
            "let {y} say whether {table} has the bit number {a}",
            (Given("y", "T", 0, 255),),
            {"a": ("int32", 0, 120)},
            tables={"table": Table("T", (4,), 0, 2e9)},
            scalars=(UINT32,),
        ),
        weight=1.3,
    ),
    snippet(
        "float-bits",
        Snippet(
            (
                "u = wp.cast(f, wp.uint32)\ny = int(u >> wp.uint32(23)) & 255",
                "u = wp.cast(f, wp.int32)\ny = (u >> 23) & 255",
                "u = wp.cast(f, dtype=wp.uint32)\ny = int((u & wp.uint32(8388607)) >> wp.uint32(13))",
                "u = wp.cast(f, wp.uint32)\nif u >> wp.uint32(31) == wp.uint32(1):\n    u = ~u\nelse:\n"
                "    u = u | wp.uint32(2147483648)\ny = int(u >> wp.uint32(20))",
                "u = wp.cast(f, wp.int32)\ny = (u ^ ((u >> 31) & 2147483647)) >> 22",
                "y = wp.bit_count(wp.cast(f, wp.uint32))",
            ),
            "let {y} be made of the bits of the number {f}",
            (Given("y", "int32", -512, 4095),),
            {"f": ("float32", -4.0, 4.0)},
            scalars=(FLOAT32,),
        ),
        weight=1.5,
    ),
    snippet(
        "bits-to-float",
        Snippet(
            (
                "u = wp.cast(f, wp.int32)\nu = 1597463007 - (u >> 1)\ny = wp.cast(u, wp.float32)\n"
                "y = y * (1.5 - 0.5 * f * y * y)",
                "u = (x & wp.uint32(8388607)) | wp.uint32(1065353216)\ny = wp.cast(u, wp.float32) - 1.0",
                "u = wp.cast(f, wp.uint32) & wp.uint32(4294901760)\ny = wp.cast(u, wp.float32)",
                "u = wp.cast(f, wp.uint32) ^ wp.uint32(2147483648)\ny = 0.5 * wp.cast(u, wp.float32)",
            ),
            "let {y} be a number put together from bits",
            (Given("y", "float32", -4.0, 4.0),),
            {"f": ("float32", 0.2, 4.0), "x": "W"},
            scalars=(UINT32,),
        ),
        weight=1.3,
    ),
    snippet(
        "half-bits",
        Snippet(
            (
                "u = wp.cast(wp.float16(f), wp.uint16)\ny = int(u >> wp.uint16(6))",
                "u = wp.cast(wp.float64(f), wp.uint64)\ny = int((u >> wp.uint64(44)) & wp.uint64(1023))",
                "u = wp.uint8(wp.abs(f) * 50.0)\ny = int(u | wp.uint8(1))",
                "u = wp.int16(f * 100.0)\ny = int(u >> wp.int16(2))",
                "u = wp.uint16(wp.abs(f) * 1000.0)\ny = int(u ^ (u >> wp.uint16(3)))",
                "u = wp.int8(f * 30.0)\ny = int(u & wp.int8(63))",
                "u = wp.int64(f * 1000.0)\ny = int(u % wp.int64(64))",
            ),
            "let {y} be made of the number {f} in fewer or more bits",
            (Given("y", "int32", -128, 4095),),
            {"f": ("float32", -4.0, 4.0)},
            scalars=(FLOAT32,),
        ),
        weight=1.5,
    ),
    snippet(
        "powers-of-two",
        Snippet(
            (
                "y = word(1)\nfor k in range(10):\n    if y < x:\n        y = y << word(1)",
                "y = x - word(1)\ny |= y >> word(1)\ny |= y >> word(2)\ny |= y >> word(4)\ny |= y >> word(8)\n"
                "y += word(1)",
                "y = word(1) << (x & word(7))",
                "y = (x + word(15)) & ~word(15)",
                "y = x\nif (x & (x - word(1))) != word(0):\n    y = x << word(1)",
            ),
            "let {y} be {x} brought to a power of two, or to a multiple of one",
            (Given("y", "T", 0, 256),),
            {"x": ("T", 1, 100)},
            scalars=(*_WORDS, UINT16),
        ),
        weight=1.5,
    ),
    snippet(
        "sign-tricks",
        Snippet(
            (
                "s = x >> word(31)\ny = (x ^ s) - s",
                "y = x & ~(x >> word(31))",
                "y = a ^ ((x ^ a) & -word(x < a))",
                "y = (x & a) + ((x ^ a) >> word(1))",
                "y = wp.abs(x) | word(1)",
            ),
            "let {y} be found from {x} by its bits, without a branch",
            (Given("y", "T", -100, 200),),
            {"x": ("T", -90, 90), "a": ("T", -90, 90)},
            scalars=(INT32,),
        ),
        weight=1.3,
    ),
    snippet(
        "bit-sets",
        Snippet(
            (
                "y = table[0]\nfor k in range(1, n):\n    y = y <op> table[k]\ny = y % word(m)",
                "y = word(0)\nfor k in range(n):\n    y |= (table[k] & word(1)) << word(k)",
                "y = word(0)\nfor k in range(n):\n    y ^= table[k] >> word(k)\ny = y & word(4095)",
                "y = word(0)\nfor k in range(n):\n    if (x >> word(k)) & word(1) == word(1):\n"
                "        y += table[k] % word(64)",
            ),
            "let {y} be {table} folded by bits with {x}",
            (Given("y", "T", 0, 4095),),
            {"x": "W"},
            whole={"m": (64, 999)},
            counts={"n": (3, 8)},
            tables={"table": Table("T", ("n",), 0, 2e9)},
            options={"op": ("^", "|", "&")},
            scalars=(UINT32, UINT64),
        ),
    ),
    snippet(
        "byte-words",
        Snippet(
            (
                "y = (x + a) & word(127)",
                "y = (x << word(1)) | (a >> word(2))",
                "y = (x ^ a) >> word(1)",
                "y = x | ~a",
                "y = (~x & a) | word(1)",
            ),
            "let {y} be {x} and {a} combined in a small word",
            (Given("y", "T", 0, 255),),
            {"x": ("T", 0, 60), "a": ("T", 0, 60)},
            scalars=(UINT8, UINT16),
        ),
        weight=1.5,
    ),
)
