"""Stable names for the generated code: no hashes, nothing that depends on what the process did before.

Warp names a struct by a hash of its fields (``Body_9f57154b``), a function by a count over the life of the process
(``weigh_3``) and a kernel by a hash of all that it is. Here all go by their own name, and by that name with a number
where it is taken: the second struct ``Body`` of a kernel is ``Body_1``. Names are handed out in the order in which Warp
comes across them, which the source fixes.
"""

from typing import Any

import warp as wp

from warpsmith.bridge.inside import codegen, types
from warpsmith.bridge.reserved import RESERVED
from warpsmith.bridge.swap import Swap
from warpsmith.bridge.writing import plain_name

DERIVED = ("adj_", "replay_")
"""What Warp puts before the name of a function to name its adjoint and its replay."""

PREFIXES = (*DERIVED, "var_", "wp_", "builtin_")
"""Starts of names that Warp's own code generation makes up."""


class Names:
    """Gives the structs and functions of one kernel their names for a while; `restore` gives back the old ones."""

    def __init__(self, kernel: wp.Kernel) -> None:
        self._swap = Swap()
        self._taken: set[str] = {plain_name(kernel)}
        self._functions: dict[str, str] = {}
        self._structs: dict[bytes, str] = {}
        self._renamed: set[Any] = set()
        self.types_of(kernel.adj)

    def types_of(self, adj: Any) -> None:
        """Name the structs in the signature of a kernel or function."""
        for arg in adj.args:
            self.type(arg.type)

    def type(self, annotation: Any) -> None:
        """Name the struct that a type is, holds or points to, if any."""
        annotation = types.strip_reference(annotation)
        if isinstance(annotation, codegen.Struct):
            self.struct(annotation)
        elif types.is_array(annotation):
            self.type(annotation.dtype)

    def struct(self, struct: Any) -> None:
        """Name a struct and those that its fields need. Structs that are equal share a name, as they do in Warp."""
        if struct in self._renamed:
            return
        self._renamed.add(struct)
        for field in struct.vars.values():
            self.type(field.type)
        name = self._structs.get(struct.hash)
        if name is None:
            name = self._structs[struct.hash] = self._free(plain_name(struct))
        for owner, attribute in (
            (struct, "native_name"),
            (struct.instance_type, "native_name"),
            (struct.default_constructor, "native_func"),
            (struct.value_constructor, "native_func"),
        ):
            self._swap.set(owner, attribute, name)

    def function(self, function: Any) -> None:
        """Name a function and its replay. The overloads of a generic function share a name, as they do in Warp."""
        if function in self._renamed:
            return
        self._renamed.add(function)
        self.types_of(function.adj)
        name = self._functions.get(function.native_func)
        if name is None:
            name = self._functions[function.native_func] = self._free(plain_name(function))
        self._swap.set(function, "native_func", name)
        self._companion(function.custom_grad_func, name)
        self._companion(function.custom_replay_func, f"replay_{name}")

    def _companion(self, function: Any | None, name: str) -> None:
        if function is not None and function not in self._renamed:
            self._renamed.add(function)
            self.types_of(function.adj)
            self._swap.set(function, "native_func", name)

    def _free(self, name: str) -> str:
        """Return the first of ``name``, ``name_1``, ``name_2``, … that nothing else goes by."""
        candidate, count = name, 0
        while candidate in RESERVED or self._clashes(candidate) or (not count and candidate.startswith(PREFIXES)):
            count += 1
            candidate = f"{name}_{count}"
        self._taken.update((candidate, *(prefix + candidate for prefix in DERIVED)))
        return candidate

    def _clashes(self, name: str) -> bool:
        return name in self._taken or any(prefix + name in self._taken for prefix in DERIVED)

    def restore(self) -> None:
        """Give everything its old name back."""
        self._swap.restore()
