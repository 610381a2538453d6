"""A launch in memory of our own: the arguments laid out as generated code takes them, each array between guards.

Unlike `warpsmith.verify.launching`, nothing of Warp's launch is in the way: the entry points are called on addresses,
so a launch costs what the kernel costs, the gradients of plain arguments can be read, and a write next to an array is
seen.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import warp as wp

from warpsmith.errors import UsageError
from warpsmith.verify.dtypes import bits_in, numbers_in, widened_bfloat16
from warpsmith.verify.layout import fields_of, is_array, is_struct, layout_of, layout_of_fields
from warpsmith.verify.numbers import Array

GUARD_BYTES = 4096
_OUTER_BYTES = 512
_GUARD = np.uint8(0xA5)
_ALIGNMENT = 64


class Leaf(NamedTuple):
    """Floating-point numbers that a launch takes or leaves, with the place of their gradient.

    Both are views of the memory that the kernel sees. `is_array`: the kernel can write it.
    """

    path: str
    values: Array
    gradient: Array
    is_array: bool


class Buffer:
    """The elements of one array, their gradient, and the guards around both."""

    def __init__(self, content: Array, rank: int, kind: Any, wide: bool) -> None:
        self.rank, self.kind, self.wide = rank, kind, wide
        self._guards: list[Array] = []
        self.content = self._guarded(content)
        self.gradient = self._guarded(np.zeros_like(content))
        self.initial = content.copy()

    def reset(self) -> None:
        """Put the initial content back, and no gradient."""
        self.content[...] = self.initial
        self.gradient[...] = np.zeros((), dtype=self.gradient.dtype)

    def is_finite(self) -> bool:
        """Tell whether no floating-point number in the array is infinite or none at all."""
        return _is_finite(self.content, self.kind, self.wide)

    def is_sound(self) -> bool:
        """Tell whether nothing was written next to the array."""
        return all(bool((guard == _GUARD).all()) for guard in self._guards)

    def is_contained(self) -> bool:
        """Tell whether what was written next to the array, if anything, stayed within its guards, as it seems."""
        edges = (
            guard[-_OUTER_BYTES:] if place % 2 else guard[:_OUTER_BYTES] for place, guard in enumerate(self._guards)
        )
        return all(bool((edge == _GUARD).all()) for edge in edges)

    def descriptor(self, flags: int) -> tuple[Any, ...]:
        """Return Warp's native description of the array."""
        pad = (0,) * (4 - self.rank)
        shape, strides = (*self.content.shape[: self.rank], *pad), (*self.content.strides[: self.rank], *pad)
        return (self.content.ctypes.data, self.gradient.ctypes.data, shape, strides, self.rank, flags)

    def adjoint_descriptor(self) -> tuple[Any, ...]:
        """Return Warp's native description of the gradient as an array of its own."""
        _, gradient, *rest = self.descriptor(0)
        return (gradient, 0, *rest)

    def _guarded(self, content: Array) -> Array:
        room = np.full(content.nbytes + 2 * GUARD_BYTES + _ALIGNMENT, _GUARD)
        start = GUARD_BYTES + -(room.ctypes.data + GUARD_BYTES) % _ALIGNMENT
        end = start + content.nbytes
        self._guards += [room[:start], room[end:]]
        inside: Array = room[start:end].view(content.dtype).reshape(content.shape)
        inside[...] = content
        return inside


class Invocation:
    """The arguments of a launch in memory; made from values as `make_arguments` gives them.

    `wide` makes them for the float64 twin of the kernel. An array that stands twice in the arguments has one buffer.

    Raises:
        UsageError: an argument is of a type that has no known layout.
    """

    def __init__(self, types: dict[str, Any], values: tuple[Any, ...], wide: bool) -> None:
        self.wide = wide
        self.buffers: dict[str, Buffer] = {}
        self._shared: dict[int, Buffer] = {}
        layout = layout_of_fields(types, wide)
        self.arguments = np.zeros((), dtype=layout)
        # the second set takes the sums of the adjoints of plain arguments; in the first, those stay zero
        self.adjoints = np.zeros(2, dtype=layout)
        for (name, kind), value in zip(types.items(), values, strict=True):
            self._fill(self.arguments, name, kind, value, name)
            if is_array(kind):  # as `wp.Tape` gives them, which knows nothing of arrays in structs
                self.adjoints[0][name] = self._buffer(value, name).adjoint_descriptor()
        self.initial = self.arguments.copy()
        self.initial_adjoints = self.adjoints.copy()
        self.leaves = tuple(self._array_leaves()) + tuple(self._plain_leaves(types))

    def reset(self) -> None:
        """Put back all that a launch, or whoever moved the leaves, has changed."""
        self.arguments[...] = self.initial
        self.adjoints[...] = self.initial_adjoints
        for buffer in self.buffers.values():
            buffer.reset()

    def astray(self) -> list[str]:
        """Return the arrays next to which something was written, by path."""
        return [path for path, buffer in self.buffers.items() if not buffer.is_sound()]

    @property
    def address(self) -> int:
        """Where the arguments lie."""
        return int(self.arguments.ctypes.data)

    @property
    def adjoint_address(self) -> int:
        """Where the adjoints of the arguments lie."""
        return int(self.adjoints.ctypes.data)

    def _fill(self, record: Array, name: str, kind: Any, value: Any, path: str) -> None:
        if is_array(kind):
            record[name] = self._buffer(value, path).descriptor(0)
        elif is_struct(kind):
            for field, inner in fields_of(kind).items():
                self._fill(record[name], field, inner, getattr(value, field), f"{path}.{field}")
        else:
            record[name] = _plain(kind, value, self.wide)

    def _buffer(self, array: Any, path: str) -> Buffer:
        if array is None or not array.is_contiguous:
            raise UsageError(f"argument '{path}' is no contiguous array")
        buffer = self._shared.get(id(array))
        if buffer is None:
            buffer = self._shared[id(array)] = Buffer(_content(array, self.wide), array.ndim, array.dtype, self.wide)
            self.buffers[path] = buffer
        return buffer

    def _array_leaves(self) -> Iterator[Leaf]:
        for path, buffer in self.buffers.items():
            for part, values, gradient in _floats(buffer.content, buffer.gradient):
                yield Leaf(f"{path}{part}", values, gradient, is_array=True)

    def _plain_leaves(self, types: dict[str, Any]) -> Iterator[Leaf]:
        sums = self.adjoints[1:2].reshape(())
        for path in plain_paths(types):
            values, gradient = self.arguments, sums
            for name in path:
                values, gradient = values[name], gradient[name]
            yield Leaf(".".join(path), values, gradient, is_array=False)


def plain_paths(types: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the ways to the floating-point arguments that are no arrays, those in structs too."""
    for name, kind in types.items():
        if is_array(kind):
            continue
        if is_struct(kind):
            yield from plain_paths(fields_of(kind), (*above, name))
        elif layout_of(kind, wide=True).base.kind == "f":
            yield (*above, name)


def _plain(kind: Any, value: Any, wide: bool) -> Any:
    """Return a number, vector, matrix or descriptor as NumPy stores it in a layout."""
    layout = layout_of(kind, wide)
    if not layout.subdtype:
        return getattr(value, "value", value)
    native = layout_of(kind, wide=False)
    if hasattr(value, "__ctype__"):
        return np.frombuffer(bytes(value.__ctype__()), dtype=np.uint64)
    numbers = np.frombuffer(bytes(value), dtype=native.base).reshape(native.shape)
    return _widened_bits(numbers, kind) if wide else numbers


def _widened_bits(numbers: Array, kind: Any) -> Array:
    return widened_bfloat16(numbers) if _is_bfloat16(kind) else numbers


def _is_finite(content: Array, kind: Any, wide: bool) -> bool:
    if is_struct(kind):
        return all(_is_finite(content[name], inner, wide) for name, inner in fields_of(kind).items())
    numbers = content if wide else _widened_bits(content, kind)
    return numbers.dtype.kind != "f" or bool(np.isfinite(numbers).all())


def _is_bfloat16(kind: Any) -> bool:
    return getattr(kind, "_wp_scalar_type_", kind) is wp.bfloat16


def _content(array: Any, wide: bool) -> Array:
    """Return what an array holds, in the layout of its elements."""
    layout = layout_of(array.dtype, wide)
    if is_struct(array.dtype):
        structs: Array = np.zeros(array.shape, dtype=layout)
        _copy_fields(array.numpy(), structs, fields_of(array.dtype), wide)
        return structs
    if not wide and _is_bfloat16(array.dtype):
        return np.ascontiguousarray(bits_in(array))
    return np.ascontiguousarray(numbers_in(array), dtype=layout.base)


def _copy_fields(source: Array, target: Array, fields: dict[str, Any], wide: bool) -> None:
    for name, kind in fields.items():
        if is_struct(kind):
            _copy_fields(source[name], target[name], fields_of(kind), wide)
        else:
            target[name] = _widened_bits(source[name], kind) if wide else source[name]


def _floats(values: Array, gradient: Array, path: str = "") -> Iterator[tuple[str, Array, Array]]:
    """Yield the floating-point parts of an array: itself, or the fields of its structs."""
    for name in values.dtype.names or ():
        yield from _floats(values[name], gradient[name], f"{path}.{name}")
    if values.dtype.kind == "f":
        yield path, values, gradient
