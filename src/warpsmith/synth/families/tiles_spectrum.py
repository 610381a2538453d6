"""Fourier transforms of tiles of complex numbers, and filters between them; part of the family of linear algebra."""

from warpsmith.synth.expr import literal_node, spelled
from warpsmith.synth.interval import Interval, symmetric
from warpsmith.synth.tile import Tile
from warpsmith.synth.tiling.memory import load_filled
from warpsmith.synth.types import FLOAT32, FLOAT64, Scalar, vector
from warpsmith.synth.writer import KernelWriter

_SMALL = Interval(-1.0, 1.0)


def spectrum(w: KernelWriter) -> list[str]:
    """Transform signals of complex numbers, filter them, and transform them back now and then.

    The length is divisible by the 256 threads of a block, as Warp's own transform wants it for CUDA.
    """
    scalar = w.precision if w.precision in (FLOAT32, FLOAT64) else FLOAT32
    kind = vector(2, scalar)
    shape = (w.choices.pick((1, 2)), w.choices.weighted((256, 512, 1024), (5, 2, 1)))
    names = ("signals", "samples_fft", "waves", "series")
    loaded = load_filled(w, w.names.one_of(names), kind, shape, _SMALL, storage="register")
    tile = loaded.tile
    w.tiles.forget(tile)
    words = [loaded.words]
    forward = w.choices.chance(0.8)
    if not forward:
        w.write("wp.tile_ifft(x)", x=tile.node)
    else:
        w.write("wp.tile_fft(x)", x=tile.node)
    w.features.add("tile_fft" if forward else "tile_ifft")
    words.append(f"take the {'Fourier' if forward else 'inverse Fourier'} transform of {tile.words} along its rows")
    result = Tile(tile.identifier, shape, kind, symmetric(2.0 * shape[1]), tile.roots)
    if forward and w.choices.chance(0.6):
        result, more = _filtered(w, result, scalar)
        words += more
    return [*words, _settled(w, result, scalar)]


_MEASURES = (
    ("wp.tile_map(wp.length, x)", ("magnitudes", "amplitudes"), "the magnitudes of its numbers", 1.5),
    ("wp.tile_map(wp.length_sq, x)", ("power", "energy_density"), "the squared magnitudes of its numbers", 0.0),
    ("x * factor", ("scaled_spectrum", "spectrum"), "a multiple of it", 1.0),
    ("factor * x", ("scaled_spectrum", "coefficients"), "a multiple of it", 1.0),
)


def _settled(w: KernelWriter, tile: Tile, scalar: Scalar) -> str:
    """Write a tile that is made of a transform.

    The transformed tile itself is read no more: what needs it in shared memory would move it there, and Warp 1.19
    generates a transform that no compiler takes then.
    """
    text, wanted, words, growth = w.choices.pick(_MEASURES)
    made = w.names.one_of(wanted)
    factor = float(f"{1.0 / tile.shape[1]:.2g}")
    w.write(f"made = {text}", made=made, x=tile.node, factor=literal_node(factor, scalar))
    bound = tile.interval.magnitude
    numbers = growth in (0.0, 1.5)
    bound = 2.0 * bound**2 if growth == 0.0 else bound * (growth if numbers else factor)
    kind = scalar if numbers else tile.type
    w.tiles.add(Tile(made, tile.shape, kind, symmetric(min(bound, scalar.limit)), tile.roots))
    return f"let {made.replace('_', ' ')} be {words}"


def _filtered(w: KernelWriter, tile: Tile, scalar: Scalar) -> tuple[Tile, list[str]]:
    """Multiply a spectrum by a filter, complex number by complex number, and transform it back."""
    kind = vector(2, scalar)
    response = load_filled(
        w, w.names.one_of(("response", "filter_spectrum", "kernel_spectrum")), kind, tile.shape, _SMALL, everywhere=True
    )
    w.tiles.read(response.tile)
    function, z = (
        w.names.one_of(("complex_product", "cmul", "multiply_complex")),
        w.names.one_of(("filtered", "z", "shaped")),
    )
    w.define_functions(
        """
        @wp.func
        def f(a: kind, b: kind):
            return kind(a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]) * scale
        """,
        f=function, kind=spelled(kind.spelling), scale=literal_node(round(1.0 / tile.shape[1], 9), scalar),
    )  # fmt: skip
    w.write("z = wp.tile_map(f, x, y)\nwp.tile_ifft(z)", z=z, f=function, x=tile.node, y=response.tile.node)
    w.features.update(("tile_ifft", "tile_map"))
    made = Tile(z, tile.shape, kind, symmetric(4.0 * tile.shape[1]), tile.roots | response.tile.roots)
    return made, [response.words, f"let {made.words} be the product of both, transformed back"]
