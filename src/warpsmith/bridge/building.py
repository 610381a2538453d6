"""One kernel through Warp's builder: as few builds as give the same text as a build of its own for every target.

A build is for both targets unless it looked at something that differs between them (`Options`). What Warp changes in
the kernel and its functions on the way is put back at the end: a kernel of somebody else's module stays as it was.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import warp as wp

from warpsmith.bridge.calls import noting_calls
from warpsmith.bridge.compiling import ARCH, compile_ptx
from warpsmith.bridge.dimensions import find_dimensions, returns_value
from warpsmith.bridge.fast import accelerated
from warpsmith.bridge.fast.calls import forget_structs
from warpsmith.bridge.inside import codegen, context, types
from warpsmith.bridge.live import first_line
from warpsmith.bridge.marks import Sections, has_marks, mark, marking
from warpsmith.bridge.names import Names
from warpsmith.bridge.ordered import promote_mutated_iter_constants
from warpsmith.bridge.quiet import hushed
from warpsmith.bridge.swap import swapped
from warpsmith.bridge.writing import plain_name
from warpsmith.errors import ExtractionError
from warpsmith.record import Target

BLOCK_DIM: dict[Target, int] = {"cpu": 1, "cuda": 256}
"""Threads in a block that `wp.launch` compiles for when it is not told otherwise."""


class Options(dict[str, Any]):
    """Module options that count how often a build looks at what differs between the targets."""

    target_reads = 0
    _TARGET_KEYS = frozenset(("block_dim", "output_arch"))

    def __getitem__(self, key: str) -> Any:
        if key in self._TARGET_KEYS:
            self.target_reads += 1
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """Return an option, or the default."""
        return self[key] if key in self else default  # noqa: SIM401 - that would be this very method


class _OneKernel:
    """The part of Warp's `ModuleHasher` that its builder needs, for a single kernel and without the hashing."""

    def __init__(self, kernel: wp.Kernel, default_grid_stride: bool) -> None:
        find_dimensions(kernel.adj)
        kernel.grid_stride = codegen.resolve_grid_stride(kernel.options, default_grid_stride)
        self.unique_kernels = {b"": kernel}

    def get_unique_kernels(self) -> Sequence[wp.Kernel]:
        return tuple(self.unique_kernels.values())


class _Builder(context.ModuleBuilder):  # type: ignore[misc]
    """Warp's builder, which also tells its `Build` of every function and struct before it is built.

    What Warp looks for in every variable of every build and is hardly ever there is looked for only where it can be.
    """

    def __init__(self, build: "Build", options: Options) -> None:
        self.for_build = build
        self.called, self.resolved = build.called, build.resolved
        self.watched = options
        super().__init__(self, options, _OneKernel(build.kernel, options["default_grid_stride"]))
        build.kernel._mangled_name = plain_name(build.kernel)

    @property
    def target(self) -> None:
        """No target in particular; asking counts."""
        self.watched.target_reads += 1

    @target.setter
    def target(self, value: None) -> None:
        pass

    def _cache_kernel_tid_extent_limit(self, kernel: wp.Kernel, block_dim: int) -> None:  # noqa: ARG002
        """Do nothing: where Warp's module remembers a limit, this one-time build need not (nor does the read count)."""
        self.watched.target_reads -= 1

    def build_kernel(self, kernel: wp.Kernel) -> None:
        _start_over(kernel.adj)
        super().build_kernel(kernel)

    def build_struct(self, struct: Any) -> None:
        self.for_build.names.struct(struct)
        super().build_struct(struct)

    def build_function(self, func: Any) -> None:
        if func not in self.functions:
            self.for_build.enter(func)
            _start_over(func.adj)
            super().build_function(func)

    @staticmethod
    def _kernel_has_value_return(kernel: wp.Kernel) -> bool:
        return returns_value(kernel.adj.tree.body[0])

    def _collect_native_types(self, var_type: Any) -> None:
        if types._native_value_types:
            super()._collect_native_types(var_type)

    def _get_tile_helper_struct_hashes(self) -> set[bytes]:
        return super()._get_tile_helper_struct_hashes() if self.structs else set()

    def _codegen_functions(self, *args: Any, **kwargs: Any) -> str:
        return mark("n", super()._codegen_functions(*args, **kwargs))


def _start_over(adj: Any) -> None:
    """Forget where the last build ended: Warp does not quote a line in a comment if it thinks that it just did."""
    adj.lineno = None
    adj.line_mark = ""


class Build:
    """A kernel that was built and can be generated; made by `build`, good for as long as its ``with`` block."""

    def __init__(self, kernel: wp.Kernel) -> None:
        self.kernel = kernel
        self.called: dict[str, None] = {}
        self.resolved: dict[str, None] = {}
        self.builds = 0
        self._kept: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self._keep(kernel)
        self._keep(kernel.adj)
        vars(kernel.adj)["first_line"] = first_line(kernel)
        self._prepare(kernel.adj)
        self.names = Names(kernel)
        self._builder: _Builder | None = None

    def enter(self, func: Any) -> None:
        """Name a function and make ready to put it back as it was."""
        self.names.function(func)
        self._keep(func.adj)
        self._prepare(func.adj)

    def _prepare(self, adj: Any) -> None:
        if has_marks(adj.source):
            raise ExtractionError(f"the source of {adj.fun_name!r} has control characters in it; write them as escapes")
        adj.filename = Path(adj.filename).name

    def _keep(self, thing: Any) -> None:
        self._kept.append((thing.__dict__, dict(thing.__dict__)))

    def restore(self) -> None:
        """Put the kernel and its functions and structs back as they were."""
        self._forget_builder()
        self.names.restore()
        while self._kept:
            state, before = self._kept.pop()
            state.clear()
            state.update(before)

    def build_for(self, target: Target) -> None:
        """Build for a target, unless the last build serves it as well."""
        options = self._options(target)
        builder = self._builder
        if builder is not None and (builder.watched.target_reads == 0 or builder.watched == options):
            builder.options = options
            return
        self._forget_builder()
        self.builds += 1
        self._builder = _Builder(self, options)

    def _forget_builder(self) -> None:
        """Cut open the cycles that a builder is in, so that no lines of code wait for the garbage collector."""
        if self._builder is not None:
            self._builder.__dict__.clear()
            self._builder = None

    def _options(self, target: Target) -> Options:
        module = self.kernel.module
        block_dim = BLOCK_DIM[target] if module.options["block_dim"] == 256 else module.options["block_dim"]
        resolved = module.resolve_options(wp.config, block_dim=block_dim)
        return Options(resolved, output_arch=None, line_directives=False)

    def generate(self, target: Target) -> Sections:
        """Generate the code for a target, building again first where one build cannot serve both."""
        self.build_for(target)
        assert self._builder is not None
        text = self._builder.codegen(target)
        adj: Any = self.kernel.adj
        return Sections.cut(text, adj.forward_numbers, adj.backward_numbers)

    def ptx(self, sections: Sections, arch: int = ARCH) -> str:
        """Compile CUDA sections that this build generated, with the options of the kernel's module, and return the PTX.

        Raises:
            ExtractionError: NVRTC refuses the code.
        """
        options = self._options("cuda")
        settings = {name: options[name] for name in ("fast_math", "fuse_fp", "verify_fp")}
        include_dirs = options["extra_cuda_include_dirs"]
        return compile_ptx(sections.module(), arch, extra_include_dirs=include_dirs, **settings)

    def builtins(self) -> tuple[str, ...]:
        """Return the names of the builtins that the kernel and its functions call, sorted."""
        return tuple(sorted(self.called))

    def overloads(self) -> tuple[str, ...]:
        """Return all overloads of builtins that calls, operators and indices were resolved to, sorted."""
        return tuple(sorted(self.resolved))


@contextmanager
def build(kernel: wp.Kernel, target: Target = "cpu", *, include_backward: bool = True) -> Iterator[Build]:
    """Build a live kernel for a target, to be generated inside the ``with`` block: ``built.generate("cuda")``.

    The first target may be built in vain if another one is generated first, so name the one that comes first. Nothing
    is left changed after the block, neither in Warp nor in the kernel.

    Raises:
        Exception: what Warp says about a kernel that it refuses.
    """
    ordered = swapped(codegen.Adjoint, _promote_mutated_iter_constants=promote_mutated_iter_constants)
    with context._codegen_lock, hushed(), accelerated(), swapped(codegen, options=codegen.options), marking(), ordered:
        built = Build(kernel)
        try:
            if not include_backward:
                kernel.options = {**kernel.options, "enable_backward": False}
            with noting_calls(built.called, built.resolved):
                built.build_for(target)
                yield built
        finally:
            built.restore()
            forget_structs()
