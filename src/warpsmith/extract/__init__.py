"""From kernels to code: sections, names without hashes, and the source line of every line.

`extract_source` takes a kernel text, `extract_kernel` a live kernel; `cut` is their last step, from the sections of a
module to the columns of a record. The rest goes by the names that the prototypes had.
"""

from warpsmith.extract.code import counted_from, cut, extract_kernel, extract_source
from warpsmith.extract.ir import ExtractedIR, IRExtractor, extract_ir, extract_module, extract_python_ir_pair

__all__ = [
    "ExtractedIR",
    "IRExtractor",
    "counted_from",
    "cut",
    "extract_ir",
    "extract_kernel",
    "extract_module",
    "extract_python_ir_pair",
    "extract_source",
]
