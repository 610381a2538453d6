"""The builtins of Warp as plain values, read from Warp's own registry.

`signatures` has every overload with concrete types. A `Signature` says what the arguments are and how a kernel comes by
them (`Supply`), what must hold of them (`Condition`), what is returned, and how the call is written. `specimen` writes
the smallest kernel that makes the call. The names of types are explained in `kinds`.
"""

from warpsmith.bridge.catalog.kinds import TypeName, parse, spelling
from warpsmith.bridge.catalog.registry import concrete_signatures as signatures
from warpsmith.bridge.catalog.registry import names
from warpsmith.bridge.catalog.signature import Condition, Signature, Supply
from warpsmith.bridge.catalog.specimen import KERNEL, specimen

__all__ = [
    "KERNEL",
    "Condition",
    "Signature",
    "Supply",
    "TypeName",
    "names",
    "parse",
    "signatures",
    "specimen",
    "spelling",
]
