"""Textures of one to three dimensions: lookups, filters, levels of detail, warped and tiled coordinates."""

from dataclasses import dataclass
from typing import Literal

from warpsmith.synth import inputs
from warpsmith.synth.expr import Expr, call, leaf, made_of, name, spelled, subscript
from warpsmith.synth.families import drawing
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.pieces import Data, Makers, Subject, play_some
from warpsmith.synth.families.searching import own
from warpsmith.synth.idiom import expression
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import Filling, TextureArgument
from warpsmith.synth.types import FLOAT32, UINT64, ValueType, vector
from warpsmith.synth.writer import KernelWriter, Parameter, Style

_TEXTURES = ("texture", "tex", "image", "lookup_table", "height_map", "albedo", "noise_texture", "atlas", "map_tex")
_TEXELS: dict[Literal[1, 2, 4], ValueType] = {1: FLOAT32, 2: vector(2, FLOAT32), 4: vector(4, FLOAT32)}
_CHANNELS: tuple[Literal[1, 2, 4], ...] = (1, 2, 4)
_FILTERS: tuple[Literal["linear", "closest"], ...] = ("linear", "closest")
_ADDRESSES: tuple[Literal["clamp", "wrap", "mirror", "border"], ...] = ("wrap", "mirror", "clamp", "border")
# what a texel is made of, and its range as it is read: integers of 8 and 16 bits are brought to 0..1 or -1..1
_STORAGE: tuple[tuple[str, float, float, Interval], ...] = (
    ("float32", -2.0, 2.0, Interval(-2.0, 2.0)),
    ("float32", 0.0, 1.0, Interval(0.0, 1.0)),
    ("float16", -1.0, 1.0, Interval(-1.0, 1.0)),
    ("uint8", 0.0, 255.0, Interval(0.0, 1.0)),
    ("uint16", 0.0, 65535.0, Interval(0.0, 1.0)),
    ("int8", -127.0, 127.0, Interval(-1.0, 1.0)),
    ("int16", -32767.0, 32767.0, Interval(-1.0, 1.0)),
)


@dataclass(frozen=True, slots=True)
class Texture:
    """A texture that the kernel samples: its number of dimensions, what a texel is, how many levels it has."""

    handle: Expr
    dimensions: int
    data: Data
    levels: int


def core(w: KernelWriter) -> list[str]:
    """Declare a texture and sample it once or twice."""
    texture = _texture(w)
    w.features.update(("texture", f"texture-{texture.dimensions}d"))
    kind = "mip" if texture.levels > 1 else f"{texture.dimensions}d"
    subject = Subject("textures", kind, makers=_makers(w, texture), data=texture.data)
    words = play_some(w, subject, {1: 4, 2: 1})
    if w.choices.chance(0.35):
        inputs.array(w, FLOAT32, bind=False)
    drawing.make_room(w)
    return words


def _texture(w: KernelWriter) -> Texture:
    identifier = w.names.one_of(_TEXTURES)
    dimensions = w.choices.weighted((1, 2, 3), (2, 6, 2))
    channels = w.choices.weighted(_CHANNELS, (3, 1, 2))
    dtype, low, high, interval = w.choices.weighted(_STORAGE, (5, 3, 1, 2, 0.7, 0.5, 0.5))
    levels = 4 if dimensions == 2 and dtype == "float32" and w.choices.chance(0.25) else 1
    size = 16 if dimensions < 3 else 8
    shape = tuple(size if levels > 1 else w.choices.integer(size // 2, size) for _ in range(dimensions))
    argument = TextureArgument(
        identifier,
        shape,
        Filling(dtype, low, high),
        channels,
        filter=w.choices.weighted(_FILTERS, (5, 1)),
        address=w.choices.pick(_ADDRESSES),
        mip_levels=levels,
    )
    w.add_parameter(Parameter(identifier, spelled(f"wp.Texture{dimensions}D"), argument))
    # the type stands for a handle here, no operation takes it
    handle = leaf(name(identifier), UINT64, Interval(0.0, 1.0), f"the texture {identifier}")
    return Texture(handle, dimensions, Data(_TEXELS[channels], FLOAT32, interval), levels)


def _makers(w: KernelWriter, texture: Texture) -> Makers:
    return {
        "texture": lambda: (texture.handle,),
        "u": lambda: (_coordinate(w),),
        "uv": lambda: (_coordinates(w, 2),),
        "uvw": lambda: (_coordinates(w, 3),),
        "lod": lambda: (drawing.number(w, ("lod", "level", "mip", "roughness"), FLOAT32, 0.25, 2.5),),
    }


def _coordinate(w: KernelWriter) -> Expr:
    """Return a number from 0 to 1."""
    role = w.choices.pick(drawing.SHARES)
    return w.block.read(inputs.array(w, FLOAT32, role=role._replace(low=0.0, high=1.0), bind=True))


def _coordinates(w: KernelWriter, count: int) -> Expr:
    """Return coordinates from 0 to 1: of an array, of two numbers, of the thread's place, of a point in the world."""
    kind = vector(count, FLOAT32)
    interval = Interval(0.0, 1.0)
    spelling = spelled(kind.spelling)
    source = w.choices.weighted(("array", "parts", "grid", "point"), (5, 2, 2, 2))
    if source == "array" or (source == "grid" and w.threads.ndim != count):
        identifier = w.names.one_of(("uvs", "coords", "tex_coords", "st"))
        drawing.declare(w, identifier, kind, w.threads.extents, interval)
        expr = drawing.element(subscript(name(identifier), w.index_nodes()), kind, interval, "the texture coordinates")
    elif source == "parts":
        numbers = [_coordinate(w) for _ in range(count)]
        node = call(spelling, *(number.node for number in numbers))
        expr = made_of(node, kind, interval, "the coordinates", numbers)
    elif source == "grid":
        texts = ("(float(i) + 0.5) / float(n)", "float(i) / float(n - 1)", "float(i) * 0.05 + 0.5 / float(n)")
        text = w.choices.pick(texts)
        nodes = [expression(text, i=index, n=w.thread_extent(axis)) for axis, index in enumerate(w.threads.indices)]
        expr = leaf(call(spelling, *nodes), kind, interval, "the thread's place", varying=True)
    else:
        _, point = drawing.point_array(w, FLOAT32)
        here = own(w, point, ("p", "pos", "xyz"), pending=False).expr
        parts = [expression("p[k] * 0.25 + 0.5", p=here.node, k=axis) for axis in range(count)]
        expr = made_of(call(spelling, *parts), kind, interval, "{0} in texture space", [here])
    return own(w, expr, ("uv", "coord", "tc", "sample_at"), pending=False).expr


FAMILY = Family(
    "texture",
    (),
    "lookups, filters and levels of detail of textures",
    ("texture", "colors", "lookups", "heights", "shading", "filter", "image", "warp"),
    Style(
        operations=(("arith", 6.0), ("vec", 3.0), ("minmax", 0.5), ("exp", 1.0), ("trig", 0.8), ("unary", 0.6)),
        forms={
            "assignment": 5,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1.2,
            "function-call": 0.6,
            "atomic": 0.3,
        },
        dimensions=(8, 4, 1.5, 0),
        floats=(1, 0, 0, 0),
    ),
    core,
)
