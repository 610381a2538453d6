"""What warpsmith gives for a kernel of yours: source, code for both targets, forward and backward, line by line.

Replace `smooth` by your own kernel; `extract_ir` takes any live kernel, with the functions and structs that it uses.
"""

import warp as wp

import warpsmith as ws


@wp.func
def clamped(values: wp.array[float], i: int):
    return values[wp.clamp(i, 0, values.shape[0] - 1)]


@wp.kernel
def smooth(values: wp.array[float], weight: float, result: wp.array[float]):
    i = wp.tid()
    mean = 0.5 * (clamped(values, i - 1) + clamped(values, i + 1))
    result[i] = (1.0 - weight) * values[i] + weight * mean


def main() -> None:
    """Print what `extract_ir` returns, for both targets."""
    for device in ("cpu", "cuda"):
        ir = ws.extract_ir(smooth, device=device)
        print(f"--- {device}: {len(ir.cpp_code.splitlines())} lines in all, the forward function:")
        print(ir.forward_code)
    without = ws.extract_ir(smooth, include_backward=False)
    print("--- without the adjoint, backward_code is", without.backward_code)


if __name__ == "__main__":
    main()
