"""What stands for ``wp`` while a kernel's text is executed: the builtins, and Warp's arithmetic of integers."""

import math
from collections.abc import Callable
from typing import Any

from benchmarks.duals.numbers import Dual, UnknownToDualsError, dual, power
from benchmarks.duals.tensors import DualArray, Tensor, total


def _elementary(value: Callable[[float], float], slope: Callable[[float, float], float]) -> Callable[[Any], Any]:
    def applied(x: Any) -> Any:
        x = dual(x)
        result = value(x.v)
        return Dual(result, slope(x.v, result) * x.d)

    return applied


def divide(a: Any, b: Any) -> Any:
    if isinstance(a, int) and isinstance(b, int):
        return math.trunc(a / b)
    return a / b


def floor_divide(a: Any, b: Any) -> Any:
    if isinstance(a, int) and isinstance(b, int):
        return a // b
    raise UnknownToDualsError("floor division of numbers")


def remainder(a: Any, b: Any) -> Any:
    if isinstance(a, int) and isinstance(b, int):
        return int(math.fmod(a, b))
    raise UnknownToDualsError("remainder of numbers")


def copied(value: Any) -> Any:
    return value.copy() if isinstance(value, Tensor) else value


def cast_int(x: Any) -> int:
    return int(x.v) if isinstance(x, Dual) else int(x)


def cast_float(x: Any) -> Any:
    return dual(x)


def smaller(a: Any, b: Any) -> Any:
    return _picked(a, b, lambda x, y: x < y)


def larger(a: Any, b: Any) -> Any:
    return _picked(a, b, lambda x, y: x > y)


def _picked(a: Any, b: Any, better: Callable[[Any, Any], bool]) -> Any:
    if isinstance(a, Tensor):
        return Tensor(a.shape, [x if better(x, y) else y for x, y in zip(a.items, b.items, strict=True)])
    return a if better(a, b) else b


def absolute(x: Any) -> Any:
    if isinstance(x, int):
        return abs(x)
    if isinstance(x, Tensor):
        return Tensor(x.shape, [absolute(item) for item in x.items])
    return Dual(abs(x.v), math.copysign(1.0, x.v) * x.d)


def _dot(a: Tensor, b: Tensor) -> Dual:
    return total(x * y for x, y in zip(a.items, b.items, strict=True))


def _cross(a: Tensor, b: Tensor) -> Tensor:
    (ax, ay, az), (bx, by, bz) = a.items, b.items
    return Tensor((3,), [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx])


def _length(a: Tensor) -> Any:
    return SQRT(_dot(a, a))


def _clamp(x: Any, low: Any, high: Any) -> Any:
    return smaller(larger(low, x), high)


def _atan2(y: Any, x: Any) -> Dual:
    y, x = dual(y), dual(x)
    square = x.v * x.v + y.v * y.v
    return Dual(math.atan2(y.v, x.v), (x.v * y.d - y.v * x.d) / square)


def _step(value: Callable[[float], float]) -> Callable[[Any], Any]:
    return lambda x: Dual(value(dual(x).v))


SQRT = _elementary(math.sqrt, lambda _x, y: 0.5 / y)
_ONE = {
    "sin": _elementary(math.sin, lambda x, _y: math.cos(x)),
    "cos": _elementary(math.cos, lambda x, _y: -math.sin(x)),
    "tan": _elementary(math.tan, lambda _x, y: 1.0 + y * y),
    "exp": _elementary(math.exp, lambda _x, y: y),
    "log": _elementary(math.log, lambda x, _y: 1.0 / x),
    "log2": _elementary(math.log2, lambda x, _y: 1.0 / (x * math.log(2.0))),
    "log10": _elementary(math.log10, lambda x, _y: 1.0 / (x * math.log(10.0))),
    "sqrt": SQRT,
    "asin": _elementary(math.asin, lambda x, _y: 1.0 / math.sqrt(1.0 - x * x)),
    "acos": _elementary(math.acos, lambda x, _y: -1.0 / math.sqrt(1.0 - x * x)),
    "atan": _elementary(math.atan, lambda x, _y: 1.0 / (1.0 + x * x)),
    "sinh": _elementary(math.sinh, lambda x, _y: math.cosh(x)),
    "cosh": _elementary(math.cosh, lambda x, _y: math.sinh(x)),
    "tanh": _elementary(math.tanh, lambda _x, y: 1.0 - y * y),
    "floor": _step(math.floor),
    "ceil": _step(math.ceil),
    "trunc": _step(math.trunc),
    "abs": absolute,
    "length": _length,
    "length_sq": lambda a: _dot(a, a),
    "transpose": lambda m: Tensor(
        m.shape[::-1], [m.items[i * m.shape[1] + j] for j in range(m.shape[1]) for i in range(m.shape[0])]
    ),
    "trace": lambda m: total(m[i, i] for i in range(m.shape[0])),
    "normalize": lambda a: a / _length(a),
}


class Warp:
    """What stands for ``wp`` while a kernel's text is executed."""

    def __init__(self) -> None:
        self.thread: tuple[int, ...] = ()
        self.int32 = self.int = cast_int
        self.float32 = self.float64 = self.float = cast_float
        self.min, self.max, self.clamp, self.dot, self.cross = smaller, larger, _clamp, _dot, _cross
        self.pow, self.atan2 = power, _atan2
        self.sign = _step(lambda x: -1.0 if x < 0.0 else 1.0)
        self.lerp = lambda a, b, t: a * (1.0 - t) + b * t
        self.where = lambda test, a, b: copied(a if test else b)
        self.cw_mul = lambda a, b: a.each(b, lambda x, y: x * y)
        self.cw_div = lambda a, b: a.each(b, lambda x, y: x / y)
        for name, function in _ONE.items():
            setattr(self, name, function)
        for size in (2, 3, 4):
            setattr(self, f"vec{size}", _maker((size,)))
            setattr(self, f"mat{size}{size}", _maker((size, size)))

    def __getattr__(self, name: str) -> Any:
        raise UnknownToDualsError(f"wp.{name}")

    def kernel(self, function: Any = None, **_: Any) -> Any:
        """Leave a kernel as it is."""
        return function if function else lambda inner: inner

    func = kernel

    def constant(self, value: Any) -> Any:
        """Leave a constant as it is."""
        return value

    def static(self, value: Any) -> Any:
        """Leave a static expression as it is."""
        return value

    def tid(self) -> Any:
        """Return the indices of the thread."""
        return self.thread[0] if len(self.thread) == 1 else self.thread

    @staticmethod
    def atomic_add(array: DualArray, *where: Any) -> Any:
        """Add to an element, and return what it was."""
        *index, value = where
        old = array[tuple(index)]
        array[tuple(index)] = old + value
        return old

    @staticmethod
    def atomic_sub(array: DualArray, *where: Any) -> Any:
        """Subtract from an element, and return what it was."""
        *index, value = where
        old = array[tuple(index)]
        array[tuple(index)] = old - value
        return old


def _maker(shape: tuple[int, ...]) -> Callable[..., Tensor]:
    count = math.prod(shape)

    def made(*items: Any) -> Tensor:
        if len(items) == 1 and isinstance(items[0], Tensor):
            return items[0].copy()
        if len(items) in (0, 1):
            return Tensor(shape, list(items or (0.0,)) * count)
        if len(items) != count or any(isinstance(item, Tensor) for item in items):
            raise UnknownToDualsError("a constructor")
        return Tensor(shape, list(items))

    return made
