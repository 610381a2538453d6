"""Structs: plain, nested, with arrays, handed to and returned from functions."""

import warp as wp


@wp.struct
class Particle:
    position: wp.vec3
    velocity: wp.vec3
    mass: float


@wp.struct
class Material:
    density: float
    damping: float


@wp.struct
class Body:
    particle: Particle
    material: Material
    alive: bool


@wp.struct
class Grid:
    values: wp.array(dtype=float)
    spacing: float
    count: int


@wp.func
def advance(particle: Particle, force: wp.vec3, dt: float) -> Particle:
    velocity = particle.velocity + force / particle.mass * dt
    return Particle(particle.position + velocity * dt, velocity, particle.mass)


@wp.func
def kinetic_energy(body: Body):
    speed = wp.length(body.particle.velocity)
    return 0.5 * body.particle.mass * speed * speed * (1.0 - body.material.damping)


@wp.kernel
def step_particles(particles: wp.array[Particle], force: wp.vec3, dt: float):
    i = wp.tid()
    particles[i] = advance(particles[i], force, dt)


@wp.kernel
def energies(bodies: wp.array[Body], out: wp.array[float]):
    i = wp.tid()
    body = bodies[i]
    if body.alive:
        out[i] = kinetic_energy(body)


@wp.kernel
def sample_grid(grid: Grid, out: wp.array[float]):
    i = wp.tid()
    out[i] = grid.values[i % grid.count] / grid.spacing


@wp.kernel
def write_field(particles: wp.array[Particle], dt: float):
    i = wp.tid()
    particle = particles[i]
    particle.position = particle.position + particle.velocity * dt
    particles[i] = particle
