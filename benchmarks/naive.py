"""The naive pipeline, written down: what one writes first, and what the prototypes of warpsmith did.

For each kernel: write its text to a temporary module file, import that with importlib, hash, build and generate once
per target, find the forward and the backward function by counting braces, write one JSON file. One process, no tricks,
and nothing that makes it slower than it has to be.
"""

import importlib.util
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import warp as wp
from warp._src.context import ModuleBuilder, ModuleHasher

from warpsmith.record import TARGETS, KernelSource, Target

OPTIONS: dict[Target, dict[str, int | None]] = {
    "cpu": {"block_dim": 1, "output_arch": None},
    "cuda": {"block_dim": 256, "output_arch": 90},
}
"""What `wp.launch` compiles for on either target."""


def generate_pairs(sources: Sequence[KernelSource], output: Path) -> int:
    """Write one JSON file a kernel into `output`; return how many were written."""
    with tempfile.TemporaryDirectory() as folder:
        for number, source in enumerate(sources):
            kernel = import_kernel(source, Path(folder) / f"naive_kernel_{number}.py")
            pair = make_pair(source, kernel)
            (output / f"{number:06d}.json").write_text(json.dumps(pair), encoding="utf-8")
    return len(sources)


def import_kernel(source: KernelSource, path: Path) -> wp.Kernel:
    """Write the text of a kernel to a file, import the file and return the kernel."""
    path.write_text(source.python_source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    kernel: wp.Kernel = getattr(module, source.kernel_name)
    return kernel


def make_pair(source: KernelSource, kernel: wp.Kernel) -> dict[str, Any]:
    """Return the record of a kernel: its text, and for each target the whole code and the two functions."""
    pair: dict[str, Any] = {
        "kernel_name": source.kernel_name,
        "category": source.category,
        "description": source.description,
        "python_source": source.python_source,
    }
    for target in TARGETS:
        code = generate(kernel, target)
        pair[target] = code
        pair[f"{target}_forward"] = cut_function(code, f"{target}_kernel_forward")
        pair[f"{target}_backward"] = cut_function(code, f"{target}_kernel_backward")
    return pair


def generate(kernel: wp.Kernel, target: Target) -> str:
    """Return the whole code that Warp generates for one kernel and one target."""
    options = kernel.module.resolve_options(wp.config) | OPTIONS[target]
    builder = ModuleBuilder(kernel.module, options, ModuleHasher([kernel], options), target=target)
    code: str = builder.codegen(target)
    return code


def cut_function(code: str, suffix: str) -> str | None:
    """Return the first function whose name ends in `suffix`, from its signature to its closing brace, or None."""
    signature = re.search(rf"^.*\w+_{suffix}\(", code, re.MULTILINE)
    if signature is None:
        return None
    lines: list[str] = []
    depth = 0
    for line in code[signature.start() :].splitlines():
        lines.append(line)
        depth += line.count("{") - line.count("}")
        if depth == 0 and "}" in line:
            return "\n".join(lines)
    return None
