"""A particle step with a struct and a function: how both look in C++, and what the adjoint of the step gives."""

import numpy as np
import warp as wp

import warpsmith as ws


@wp.struct
class Particle:
    position: wp.vec3
    velocity: wp.vec3


@wp.func
def drag(velocity: wp.vec3, strength: float):
    return -strength * wp.length(velocity) * velocity


@wp.kernel
def step(particles: wp.array[Particle], strength: float, dt: float, positions: wp.array[wp.vec3]):
    i = wp.tid()
    particle = particles[i]
    velocity = particle.velocity + drag(particle.velocity, strength) * dt
    positions[i] = particle.position + velocity * dt


def main() -> None:
    """Take one step of four particles, check it with NumPy, print the sections of the C++."""
    velocities = np.array([[1, 0, 0], [0, 2, 0], [0, 0, 3], [1, 1, 1]], dtype=np.float32)
    state = np.zeros(4, dtype=Particle.numpy_dtype())
    state["velocity"] = velocities
    positions = wp.zeros(4, dtype=wp.vec3, device="cpu")
    particles = wp.array(state, dtype=Particle, device="cpu")
    wp.launch(step, dim=4, inputs=[particles, 0.5, 0.1], outputs=[positions], device="cpu")

    speed = np.linalg.norm(velocities, axis=1, keepdims=True)
    expected = (velocities - 0.5 * speed * velocities * 0.1) * 0.1
    assert np.allclose(positions.numpy(), expected, atol=1e-6)
    code = ws.extract_ir(step).cpp_code
    print("\n".join(line for line in code.splitlines() if line.startswith(("struct ", "static ", "WP_API "))))


if __name__ == "__main__":
    main()
