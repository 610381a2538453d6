"""Where Warp's adjoint is right and where it is wrong: adjoint beside central differences for small kernels."""

from collections.abc import Sequence

import warp as wp

STEP = 1e-2


@wp.kernel
def sum_in_dynamic_loop(x: wp.array[float], n: int, out: wp.array[float]):
    total = float(0.0)
    for _ in range(n):
        total = total + x[0] * x[0]
    out[0] = total


@wp.kernel
def product_in_dynamic_loop(x: wp.array[float], n: int, out: wp.array[float]):
    product = float(1.0)
    for _ in range(n):
        product = product * x[0]
    out[0] = product


@wp.kernel
def product_in_while_loop(x: wp.array[float], n: int, out: wp.array[float]):
    product = float(1.0)
    k = int(0)
    while k < n:
        product = product * x[0]
        k += 1
    out[0] = product


@wp.kernel
def product_in_unrolled_loop(x: wp.array[float], n: int, out: wp.array[float]):
    product = float(1.0)
    for _ in range(4):
        product = product * x[0]
    out[0] = product


@wp.kernel
def array_element_overwritten(x: wp.array[float], n: int, out: wp.array[float]):
    x[0] = x[0] * x[0]
    out[0] = x[0] * x[0]


@wp.kernel
def output_read_back(x: wp.array[float], n: int, out: wp.array[float]):
    out[0] = x[0]
    out[0] = out[0] * x[0]


KERNELS: Sequence[wp.Kernel] = (
    sum_in_dynamic_loop,
    product_in_dynamic_loop,
    product_in_while_loop,
    product_in_unrolled_loop,
    array_element_overwritten,
    output_read_back,
)


def value(kernel: wp.Kernel, x: float) -> float:
    """Return the kernel's output for one input."""
    out = wp.zeros(1, dtype=float, device="cpu")
    wp.launch(kernel, dim=1, inputs=[wp.array([x], dtype=float, device="cpu"), 4], outputs=[out], device="cpu")
    return float(out.numpy()[0])


def adjoint(kernel: wp.Kernel, x: float) -> float:
    """Return the derivative of the output by the input as Warp's backward kernel computes it."""
    inputs = wp.array([x], dtype=float, device="cpu", requires_grad=True)
    out = wp.zeros(1, dtype=float, device="cpu", requires_grad=True)
    with wp.Tape() as tape:
        wp.launch(kernel, dim=1, inputs=[inputs, 4], outputs=[out], device="cpu")
    tape.backward(grads={out: wp.ones(1, dtype=float, device="cpu")})
    return float(inputs.grad.numpy()[0])


def table(x: float = 1.5) -> str:
    """Return the comparison of all kernels as a Markdown table."""
    rows = ["| Kernel (n = 4, x = 1.5) | Warp's adjoint | Central differences | |", "|---|---:|---:|---|"]
    for kernel in KERNELS:
        expected = (value(kernel, x + STEP) - value(kernel, x - STEP)) / (2.0 * STEP)
        got = adjoint(kernel, x)
        verdict = "right" if abs(got - expected) < 0.01 * abs(expected) else "**wrong**"
        rows.append(f"| {kernel.key.replace('_', ' ')} | {got:.2f} | {expected:.2f} | {verdict} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(table())
