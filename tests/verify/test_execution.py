"""What running a kernel shows: whether two launches leave the same."""

import numpy as np

from warpsmith.verify.execution import same_bits
from warpsmith.verify.numbers import Array

PADDED = np.dtype([("x", "f4"), ("flag", "i1")], align=True)


def structs(padding: int) -> Array:
    room = np.full(3 * PADDED.itemsize, padding, dtype=np.uint8).view(PADDED)
    room["x"], room["flag"] = [1.0, np.nan, -0.0], [1, 2, 3]
    return room


def test_what_pads_a_struct_is_nobodys() -> None:
    one, other = structs(0), structs(255)
    assert one.tobytes() != other.tobytes()
    assert same_bits(one, other)


def test_a_bit_of_a_number_counts() -> None:
    one, other = structs(0), structs(0)
    other["x"][2] = 0.0
    assert not same_bits(one, other)
