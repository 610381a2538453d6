"""warpsmith: an endless, verified source of paired code from NVIDIA Warp.

Everything below is imported when it is first used; importing `warpsmith` alone imports neither Warp nor pyarrow.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from warpsmith._version import __version__

if TYPE_CHECKING:
    from warpsmith.extract import ExtractedIR, IRExtractor, extract_ir, extract_module, extract_python_ir_pair
    from warpsmith.record import KernelSource, Record
    from warpsmith.run.api import run_pipeline, synthesize_batch, synthesize_pair
    from warpsmith.run.capturing import capture
    from warpsmith.synth import GENERATORS, generate_kernel, generate_kernels
    from warpsmith.verify import launch
    from warpsmith.views.api import export

__all__ = [
    "GENERATORS",
    "ExtractedIR",
    "IRExtractor",
    "KernelSource",
    "Record",
    "__version__",
    "capture",
    "export",
    "extract_ir",
    "extract_module",
    "extract_python_ir_pair",
    "generate_kernel",
    "generate_kernels",
    "launch",
    "run_pipeline",
    "synthesize_batch",
    "synthesize_pair",
]

_HOMES = {
    "warpsmith.extract": ("ExtractedIR", "IRExtractor", "extract_ir", "extract_module", "extract_python_ir_pair"),
    "warpsmith.record": ("KernelSource", "Record"),
    "warpsmith.run.capturing": ("capture",),
    "warpsmith.run.api": ("run_pipeline", "synthesize_batch", "synthesize_pair"),
    "warpsmith.synth": ("GENERATORS", "generate_kernel", "generate_kernels"),
    "warpsmith.verify": ("launch",),
    "warpsmith.views.api": ("export",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'warpsmith' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOME_OF[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
