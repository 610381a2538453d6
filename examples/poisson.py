"""The Poisson equation on the unit square by finite elements, with a solution that is known.

-Δu = f inside,  u = g on the edge,  with  u(x, y) = constant + slope·(x, y) + amplitude sin(πx) sin(πy)

python examples/poisson.py --resolution 32 --degree 2 --plot poisson.svg
warpsmith capture -o data/poisson examples/poisson.py          # its kernels, `warp.fem` integrands among them
"""

import argparse
import math
from dataclasses import dataclass

import numpy as np
import warp as wp
from warp import fem
from warp.optim.linear import cg


@dataclass(frozen=True)
class Problem:
    """The parts of the exact solution: a constant, a slope, and the amplitude of a sine."""

    constant: float = 0.0
    slope: tuple[float, float] = (0.0, 0.0)
    amplitude: float = 1.0


@dataclass(frozen=True)
class Solution:
    """The nodes (two coordinates each) of a finite-element space, the values there, and the L2 norm of the error."""

    nodes: np.ndarray
    values: np.ndarray
    exact: np.ndarray
    error: float


@wp.func
def exact_at(x: wp.vec2, constant: float, slope: wp.vec2, amplitude: float) -> float:
    """Return the exact solution at a point."""
    return constant + wp.dot(slope, x) + amplitude * wp.sin(wp.pi * x[0]) * wp.sin(wp.pi * x[1])


@fem.integrand
def stiffness(s: fem.Sample, u: fem.Field, v: fem.Field):
    """∇u·∇v."""
    return wp.dot(fem.grad(u, s), fem.grad(v, s))


@fem.integrand
def load(s: fem.Sample, domain: fem.Domain, v: fem.Field, amplitude: float):
    """F v, where f = -Δu = 2π² amplitude sin(πx) sin(πy)."""
    x = domain(s)
    return 2.0 * wp.pi * wp.pi * amplitude * wp.sin(wp.pi * x[0]) * wp.sin(wp.pi * x[1]) * v(s)


@fem.integrand
def on_edge(s: fem.Sample, u: fem.Field, v: fem.Field):
    """U v on the edge, where each node stands for itself: it picks the nodes with given values."""
    return u(s) * v(s)


@fem.integrand
def edge_values(s: fem.Sample, domain: fem.Domain, v: fem.Field, constant: float, slope: wp.vec2, amplitude: float):
    """G v on the edge, where g is the exact solution."""
    return exact_at(domain(s), constant, slope, amplitude) * v(s)


@fem.integrand
def exact_value(s: fem.Sample, domain: fem.Domain, constant: float, slope: wp.vec2, amplitude: float):
    """Return the exact solution at a sample, to be interpolated."""
    return exact_at(domain(s), constant, slope, amplitude)


@fem.integrand
def squared_error(s: fem.Sample, domain: fem.Domain, u: fem.Field, constant: float, slope: wp.vec2, amplitude: float):
    """(u - exact)²."""
    difference = u(s) - exact_at(domain(s), constant, slope, amplitude)
    return difference * difference


def solve(problem: Problem, resolution: int, degree: int) -> Solution:
    """Solve a problem on `resolution` squared cells with polynomials of a degree, by conjugate gradients."""
    values = {"constant": problem.constant, "slope": wp.vec2(*problem.slope), "amplitude": problem.amplitude}
    geometry = fem.Grid2D(res=wp.vec2i(resolution))
    space = fem.make_polynomial_space(geometry, degree=degree)
    cells, edges = fem.Cells(geometry), fem.BoundarySides(geometry)
    trial, test = fem.make_trial(space, domain=cells), fem.make_test(space, domain=cells)
    matrix = fem.integrate(stiffness, fields={"u": trial, "v": test})
    right = fem.integrate(load, fields={"v": test}, values={"amplitude": problem.amplitude})

    edge_trial, edge_test = fem.make_trial(space, domain=edges), fem.make_test(space, domain=edges)
    picked = fem.integrate(on_edge, fields={"u": edge_trial, "v": edge_test}, assembly="nodal")
    given = fem.integrate(edge_values, fields={"v": edge_test}, values=values, assembly="nodal")
    fem.project_linear_system(matrix, right, picked, given)

    field = space.make_field()
    cg(matrix, right, field.dof_values, tol=1.0e-7, atol=0.0, maxiter=20 * resolution * degree)
    quadrature = fem.RegularQuadrature(cells, order=2 * degree + 4)
    squared = fem.integrate(
        squared_error, quadrature=quadrature, fields={"u": field}, values=values, accumulate_dtype=wp.float64
    )
    exact = space.make_field()
    fem.interpolate(exact_value, dest=exact, values=values)
    return Solution(
        space.node_positions().numpy()[:, :2], field.dof_values.numpy(), exact.dof_values.numpy(), math.sqrt(squared)
    )


def plot(solution: Solution, file: str) -> None:
    """Draw the solution and its error at the nodes into a file."""
    import matplotlib.pyplot as plt

    plt.rcParams["svg.hashsalt"] = "poisson"  # the same picture, the same bytes
    figure, axes = plt.subplots(1, 2, figsize=(9.0, 3.8), layout="constrained")
    x, y = solution.nodes.T
    pictures = (("solution", solution.values, "viridis"), ("error", solution.values - solution.exact, "RdBu"))
    for axis, (title, values, colours) in zip(axes, pictures, strict=True):
        drawn = axis.tricontourf(x, y, values, levels=24, cmap=colours)
        figure.colorbar(drawn, ax=axis)
        axis.set(title=title, aspect="equal", xlabel="x", ylabel="y")
    figure.savefig(file, metadata={"Date": None} if file.endswith(".svg") else None)
    plt.close(figure)


def main() -> None:
    """Solve the problem and say how far the solution is from the exact one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--resolution", type=int, default=32, help="squares along an edge")
    parser.add_argument("--degree", type=int, default=2, help="of the polynomials")
    parser.add_argument("--plot", help="file for a picture of solution and error")
    given = parser.parse_args()
    wp.config.log_level = wp.LOG_WARNING
    solution = solve(Problem(), given.resolution, given.degree)
    print(f"{len(solution.values)} nodes, L2 error {solution.error:.3e}")
    if given.plot:
        plot(solution, given.plot)


if __name__ == "__main__":
    main()
