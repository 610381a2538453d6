"""How kernels and functions are decorated, in words."""

from typing import Any

import warp as wp

_KERNEL_OPTIONS = (
    "enable_backward",
    "launch_bounds",
    "cuda_max_registers",
    "enable_cuda_smem_spilling",
    "cluster_dim",
    "entry_point_abi",
    "grid_stride",
)


def decorator_of(kernel: wp.Kernel) -> str:
    """Return the decorator that gives a kernel its options: ``@wp.kernel(enable_backward=False)``."""
    given = [f"{name}={kernel.options[name]!r}" for name in _KERNEL_OPTIONS if kernel.options.get(name) is not None]
    return f"@wp.kernel({', '.join(given)})" if given else "@wp.kernel"


def native_decorator(function: Any) -> str:
    """Return the decorator of a function, with its snippets where it is native."""
    if function.native_snippet is None:
        inline = {"forceinline": "(inline=True)", "noinline": "(inline=False)"}.get(function.inline_hint, "")
        return f"@wp.func{inline}"
    snippets = {"adj_snippet": function.adj_native_snippet, "replay_snippet": function.replay_snippet}
    others = [f", {name}={text!r}" for name, text in snippets.items() if text is not None]
    return f"@wp.func_native({function.native_snippet!r}{''.join(others)})"
