"""Python's own things: modules and functions of its library, and plain functions that people wrote."""

import inspect
import sys
import textwrap
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from warpsmith.errors import ExtractionError

_LIBRARIES = frozenset(sys.stdlib_module_names) | {"numpy"}


def is_library(value: Any) -> str:
    """Return the module that a thing can be imported from wherever Warp is; nothing where it cannot.

    That is Python's own library, and NumPy, which Warp needs.
    """
    if isinstance(value, ModuleType):
        return value.__name__ if value.__name__.partition(".")[0] in _LIBRARIES else ""
    is_special = type(value).__module__ == "typing"
    if not is_special and not isinstance(value, type | FunctionType | BuiltinFunctionType):
        return ""
    home, name = getattr(value, "__module__", None) or "", name_in_library(value)
    if home.partition(".")[0] not in _LIBRARIES or home == "builtins" or not name:
        return ""
    return home if getattr(sys.modules.get(home), name, None) is value else ""


def name_in_library(value: Any) -> str:
    """Return the name that a thing of a library has there; the special forms of `typing` have it aside."""
    return str(getattr(value, "__name__", None) or getattr(value, "_name", ""))


def plain_text(function: FunctionType) -> str:
    """Return the text of a plain function; raises ExtractionError where it has none or is no ``def``."""
    try:
        text = textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        raise ExtractionError(f"the function {function.__name__!r} has no source") from None
    if not text.startswith(("def ", "@")):
        raise ExtractionError(f"the function {function.__name__!r} is no `def`")
    return text
