"""The one room that may look behind Warp's public face.

Importing it checks the version of Warp. Its face, in the order in which a kernel goes through it:

- `define` executes a kernel text and gives a `Definition`, `release` lets all of it go;
- `build` takes a live kernel through Warp's builder, and `Build.generate` makes the `Sections` of a target;
- `compile_cpu` and `compile_ptx` compile a whole module, a `LoadedObject` can be run;
- `log_to` says where Warp's messages go.

They can be timed one by one: ``define(...)``, entering ``build(...)``, ``built.generate(...)``, leaving ``build`` and
``release(...)``. The next step, from `Sections` to the columns of a record, is `warpsmith.extract.cut`.
"""

from warpsmith.bridge.inside import WARP_VERSION

# The guard comes first.
# isort: split
from warp import Kernel

from warpsmith.bridge.building import BLOCK_DIM, Build, build
from warpsmith.bridge.compiling import compile_cpu, compile_ptx
from warpsmith.bridge.definition import Definition, define, release
from warpsmith.bridge.fast import accelerated
from warpsmith.bridge.fast.bodies import RULE
from warpsmith.bridge.live import (
    arguments,
    concrete,
    file_name,
    first_line,
    live_kernels,
    overloads,
    own_source,
    source_file,
)
from warpsmith.bridge.marks import Sections
from warpsmith.bridge.objects import EntryPoint, LoadedObject, launch_bounds
from warpsmith.bridge.quiet import cache_in, log_to, start
from warpsmith.bridge.spelling import (
    closure_of,
    dtype_name,
    is_function,
    is_struct,
    is_type,
    parts_of_type,
    public_name,
    same_type,
    spell_type,
    spell_value,
)
from warpsmith.bridge.witness import Launch, witnessing
from warpsmith.bridge.writing import (
    FUNCTION_ATTRIBUTES,
    argument_types,
    block_width,
    changed_options,
    companions,
    default_config,
    generic_of,
    kept_config,
    own_options,
    plain_name,
    written_overloads,
)

__all__ = [
    "BLOCK_DIM",
    "FUNCTION_ATTRIBUTES",
    "RULE",
    "WARP_VERSION",
    "Build",
    "Definition",
    "EntryPoint",
    "Kernel",
    "Launch",
    "LoadedObject",
    "Sections",
    "accelerated",
    "argument_types",
    "arguments",
    "block_width",
    "build",
    "cache_in",
    "changed_options",
    "closure_of",
    "companions",
    "compile_cpu",
    "compile_ptx",
    "concrete",
    "default_config",
    "define",
    "dtype_name",
    "file_name",
    "first_line",
    "generic_of",
    "is_function",
    "is_struct",
    "is_type",
    "kept_config",
    "launch_bounds",
    "live_kernels",
    "log_to",
    "overloads",
    "own_options",
    "own_source",
    "parts_of_type",
    "plain_name",
    "public_name",
    "release",
    "same_type",
    "source_file",
    "spell_type",
    "spell_value",
    "start",
    "witnessing",
    "written_overloads",
]
