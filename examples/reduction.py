"""A reduction by atomics and its adjoint: the sum of squares, and its gradient ``2 x``."""

import numpy as np
import warp as wp

import warpsmith as ws


@wp.kernel
def sum_of_squares(x: wp.array[float], total: wp.array[float]):
    i = wp.tid()
    wp.atomic_add(total, 0, x[i] * x[i])


def main() -> None:
    """Sum up, run the adjoint, check both with NumPy, print the reverse part of the backward function."""
    values = np.arange(1.0, 9.0, dtype=np.float32)
    x = wp.array(values, device="cpu", requires_grad=True)
    total = wp.zeros(1, dtype=float, device="cpu", requires_grad=True)
    with wp.Tape() as tape:
        wp.launch(sum_of_squares, dim=8, inputs=[x], outputs=[total], device="cpu")
    tape.backward(total)
    assert np.allclose(total.numpy(), np.sum(values**2))
    assert np.allclose(x.grad.numpy(), 2.0 * values)
    backward = ws.extract_ir(sum_of_squares).backward_code
    assert backward is not None
    print(backward[backward.index("// reverse") :])


if __name__ == "__main__":
    main()
