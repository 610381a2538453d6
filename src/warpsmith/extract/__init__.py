"""From kernels to code: sections, names without hashes, and the source line of every line."""

from warpsmith.extract.code import extract_kernel, extract_source

__all__ = ["extract_kernel", "extract_source"]
