"""A differentiable simulation: how a ball must be thrown, against the wind, to land on a mark.

The tape records all steps, its backward pass gives the gradient of the miss with regard to the throw.
"""

import numpy as np
import warp as wp


@wp.struct
class Air:
    """Wind, and how strongly it takes things along."""

    wind: wp.vec2
    drag: float


@wp.kernel
def fly(x: wp.array[wp.vec2], v: wp.array[wp.vec2], air: Air, step: int, dt: float):
    """Go one step from the state `step` to the next: each has a place of its own, so that nothing is overwritten."""
    i = wp.tid()
    pull = wp.vec2(0.0, -9.81) + (air.wind - v[step + i]) * air.drag
    v[step + i + 1] = v[step + i] + pull * dt
    x[step + i + 1] = x[step + i] + v[step + i + 1] * dt


@wp.kernel
def missed(x: wp.array[wp.vec2], last: int, mark: wp.vec2, loss: wp.array[float]):
    """Add the squared distance of the end from the mark."""
    wp.atomic_add(loss, wp.tid(), wp.length_sq(x[last] - mark))


def miss(throw: np.ndarray, steps: int = 60) -> tuple[float, np.ndarray]:
    """Return the squared distance by which a throw misses, and its gradient."""
    x = wp.zeros(steps + 1, dtype=wp.vec2, requires_grad=True)
    v = wp.zeros(steps + 1, dtype=wp.vec2, requires_grad=True)
    v.assign(np.vstack([throw, np.zeros((steps, 2))]).astype(np.float32))
    loss = wp.zeros(1, dtype=float, requires_grad=True)
    air = Air()
    air.wind, air.drag = wp.vec2(-3.0, 0.0), 0.4
    with wp.Tape() as tape:
        for step in range(steps):
            wp.launch(fly, 1, inputs=[x, v, air, step, 1.0 / steps])
        wp.launch(missed, 1, inputs=[x, steps, wp.vec2(5.0, 0.5)], outputs=[loss])
    tape.backward(loss)
    return float(loss.numpy()[0]), v.grad.numpy()[0]


def main() -> None:
    """Improve a throw by gradient descent until it hits."""
    wp.config.log_level = wp.LOG_WARNING
    throw = np.array([2.0, 2.0])
    for _ in range(60):
        distance, gradient = miss(throw)
        throw = throw - 0.5 * gradient
    assert distance < 1.0e-6, distance
    print(f"thrown with ({throw[0]:.3f}, {throw[1]:.3f}) it misses by {distance**0.5:.1e}")


if __name__ == "__main__":
    main()
