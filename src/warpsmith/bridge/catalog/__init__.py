"""The builtins of Warp as plain values, read from Warp's own registry.

`signatures` has every overload with concrete types; `instances_of` a builtin has its generic overloads with types put
in, and `instances` has those of all. `LEFT_OUT` says which builtins are in neither, and why; `FAULTS` and `FAULTY` name
what Warp generates code for that its own compilers refuse.

A `Signature` says what the arguments are and how a kernel comes by them (`Supply`), what must hold of them
(`Condition`), what is returned, and how the call is written. `specimen` writes the smallest kernel that makes the call.
What the names of types mean is told by `parse`, how they are written by `spelling` and `declarations`.
"""

from warpsmith.bridge.catalog.generic import instance_signatures as instances
from warpsmith.bridge.catalog.generic import instances_of
from warpsmith.bridge.catalog.kinds import TypeName, declarations, parse, parts, spelling
from warpsmith.bridge.catalog.leftout import FAULTS, FAULTY, LEFT_OUT, LEFT_OUT_OVERLOADS
from warpsmith.bridge.catalog.registry import concrete_signatures as signatures
from warpsmith.bridge.catalog.registry import group_of, names
from warpsmith.bridge.catalog.signature import Condition, Signature, Supply, key_of
from warpsmith.bridge.catalog.smallest import KERNEL, specimen
from warpsmith.bridge.catalog.warptypes import type_name

__all__ = [
    "FAULTS",
    "FAULTY",
    "KERNEL",
    "LEFT_OUT",
    "LEFT_OUT_OVERLOADS",
    "Condition",
    "Signature",
    "Supply",
    "TypeName",
    "declarations",
    "group_of",
    "instances",
    "instances_of",
    "key_of",
    "names",
    "parse",
    "parts",
    "signatures",
    "specimen",
    "spelling",
    "type_name",
]
