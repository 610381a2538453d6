"""Operators, by the names that Warp's registry has for them."""

import ast

from warpsmith.synth.interval import Interval
from warpsmith.synth.meanings.meaning import ANY, POSITIVE, Meaning, Need
from warpsmith.synth.meanings.ranges import (
    floor_quotient,
    product,
    quotient,
    remainder,
    shift_left,
    shift_right,
    unknown_bits,
)

_SHIFT = Need(1, 3, constant=True)

OPERATORS: dict[str, Meaning] = {
    "add": Meaning("arith", "{0} plus {1}", "sum", lambda a, _: a[0].add(a[1]), operator=ast.Add(), weight=3),
    "sub": Meaning(
        "arith",
        "{0} minus {1}",
        "diff",
        lambda a, _: a[0].subtract(a[1]),
        operator=ast.Sub(),
        weight=3,
    ),
    "mul": Meaning("arith", "{0} times {1}", "product", product, operator=ast.Mult(), weight=3),
    "div": Meaning(
        "arith",
        "{0} divided by {1}",
        "ratio",
        quotient,
        (ANY, POSITIVE),
        operator=ast.Div(),
        weight=1.5,
    ),
    "mod": Meaning(
        "arith",
        "{0} modulo {1}",
        "rest",
        remainder,
        (ANY, Need(1, 16, constant=True)),
        operator=ast.Mod(),
        weight=0.6,
    ),
    "floordiv": Meaning(
        "arith",
        "{0} divided by {1}, rounded down",
        "bucket",
        floor_quotient,
        (ANY, Need(2, 8, constant=True)),
        operator=ast.FloorDiv(),
        weight=0.5,
    ),
    "neg": Meaning(
        "arith",
        "minus {0}",
        "negated",
        lambda a, _: Interval(-a[0].high, -a[0].low),
        operator=ast.USub(),
        weight=0.5,
    ),
    "bit_and": Meaning("bits", "the bits that {0} and {1} share", "common", unknown_bits, operator=ast.BitAnd()),
    "bit_or": Meaning("bits", "the bits of {0} or {1}", "mask", unknown_bits, operator=ast.BitOr()),
    "bit_xor": Meaning(
        "bits",
        "the bits in which {0} and {1} differ",
        "parity",
        unknown_bits,
        operator=ast.BitXor(),
    ),
    "lshift": Meaning("bits", "{0} shifted left by {1}", "shifted", shift_left, (ANY, _SHIFT), operator=ast.LShift()),
    "rshift": Meaning("bits", "{0} shifted right by {1}", "shifted", shift_right, (ANY, _SHIFT), operator=ast.RShift()),
}
