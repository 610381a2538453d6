"""Putting other values in the place of Warp's own for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_ABSENT = object()


class Swap:
    """Attributes that were replaced, to be put back in the opposite order."""

    def __init__(self) -> None:
        self._undo: list[tuple[Any, str, Any]] = []

    def set(self, owner: Any, name: str, value: Any) -> None:
        """Replace an attribute and remember what it was; static methods stay static methods.

        Raises:
            AttributeError: there is no such attribute, so this is not the Warp that warpsmith knows.
        """
        before = vars(owner)[name] if isinstance(owner, type) else getattr(owner, name)
        self._undo.append((owner, name, before))
        setattr(owner, name, value)

    def new(self, owner: Any, name: str, value: Any) -> None:
        """Add an attribute that was not there."""
        self._undo.append((owner, name, _ABSENT))
        setattr(owner, name, value)

    def restore(self) -> None:
        """Put everything back as it was."""
        while self._undo:
            owner, name, value = self._undo.pop()
            if value is _ABSENT:
                delattr(owner, name)
            else:
                setattr(owner, name, value)


@contextmanager
def swapped(owner: Any, **values: Any) -> Iterator[None]:
    """Replace attributes of a module or class inside a ``with`` block."""
    swap = Swap()
    try:
        for name, value in values.items():
            swap.set(owner, name, value)
        yield
    finally:
        swap.restore()
