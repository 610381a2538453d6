"""A sorted file answers like a set."""

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from warpsmith.run.known import KnownShapes, encode_shapes

shapes = st.integers(0, 2**128 - 1).map("{:032x}".format)


@given(st.sets(shapes, min_size=1), st.sets(shapes))
def test_answers_like_a_set(known: set[str], others: set[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        halves = [(int(shape[:16], 16), int(shape[16:], 16)) for shape in known]
        (Path(folder) / "known").write_bytes(encode_shapes(np.array(halves, np.uint64)))
        found = KnownShapes(Path(folder) / "known")
        assert all(shape in found for shape in known)
        assert [shape in found for shape in others] == [shape in known for shape in others]
