"""The smallest of all: ``y = alpha * x + y``, launched on the CPU, and the C++ that Warp made of it."""

import numpy as np
import warp as wp

import warpsmith as ws


@wp.kernel
def saxpy(alpha: float, x: wp.array[float], y: wp.array[float]):
    i = wp.tid()
    y[i] = alpha * x[i] + y[i]


def main() -> None:
    """Launch the kernel, check the result with NumPy, print the forward function."""
    x = np.linspace(0.0, 1.0, 8, dtype=np.float32)
    y = wp.array(np.ones(8, dtype=np.float32), device="cpu")
    wp.launch(saxpy, dim=8, inputs=[2.0, wp.array(x, device="cpu"), y], device="cpu")
    assert np.allclose(y.numpy(), 2.0 * x + 1.0)
    print(ws.extract_ir(saxpy).forward_code)


if __name__ == "__main__":
    main()
