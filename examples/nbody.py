"""Bodies that attract each other: one launch computes all accelerations, another one moves them; energy stays."""

import numpy as np
import warp as wp

SOFTENING = wp.constant(0.05)
"""Length that keeps the attraction of two bodies finite when they meet."""


@wp.func
def attraction(at: wp.vec3, other: wp.vec3, mass: float) -> wp.vec3:
    """Return the acceleration that a mass gives to what is at a place."""
    away = other - at
    distance = wp.sqrt(wp.length_sq(away) + SOFTENING * SOFTENING)
    return away * (mass / (distance * distance * distance))


@wp.kernel
def accelerate(x: wp.array[wp.vec3], mass: wp.array[float], n: int, a: wp.array[wp.vec3]):
    """Sum the attraction of all bodies on each."""
    i = wp.tid()
    total = wp.vec3()
    for j in range(n):
        if j != i:
            total += attraction(x[i], x[j], mass[j])
    a[i] = total


@wp.kernel
def kick_and_drift(x: wp.array[wp.vec3], v: wp.array[wp.vec3], a: wp.array[wp.vec3], dt: float):
    """Change velocities by accelerations, and places by velocities (symplectic Euler)."""
    i = wp.tid()
    v[i] = v[i] + a[i] * dt
    x[i] = x[i] + v[i] * dt


def energy(x: np.ndarray, v: np.ndarray, mass: np.ndarray) -> float:
    """Return kinetic and potential energy together."""
    apart = np.sqrt(((x[:, None] - x[None]) ** 2).sum(-1) + 0.05**2)
    potential = -np.triu(mass[:, None] * mass[None] / apart, 1).sum()
    return float(0.5 * (mass * (v**2).sum(-1)).sum() + potential)


def main() -> None:
    """Let 64 bodies fall for a while and compare the energy before and after."""
    wp.config.log_level = wp.LOG_WARNING
    random = np.random.default_rng(1)
    count, dt = 64, 1.0e-3
    mass = np.full(count, 1.0 / count, dtype=np.float32)
    start = random.uniform(-1.0, 1.0, (count, 3)).astype(np.float32)
    x, v, a = wp.array(start, dtype=wp.vec3), wp.zeros(count, dtype=wp.vec3), wp.zeros(count, dtype=wp.vec3)
    masses = wp.array(mass)
    before = energy(start, np.zeros((count, 3)), mass)
    for _ in range(200):
        wp.launch(accelerate, count, inputs=[x, masses, count], outputs=[a])
        wp.launch(kick_and_drift, count, inputs=[x, v, a, dt])
    after = energy(x.numpy(), v.numpy(), mass)
    assert abs(after - before) < 1.0e-2 * abs(before), (before, after)
    print(f"energy {before:.5f} before, {after:.5f} after 200 steps")


if __name__ == "__main__":
    main()
