"""Kernels that other people wrote: those of Warp's own wheel, and what Warp alone makes of them."""

import contextlib
import importlib
import io
import pkgutil
import re
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import warp as wp
from warp._src import codegen, context

from warpsmith.bridge import BLOCK_DIM
from warpsmith.bridge.marks import NO_BFLOAT16
from warpsmith.bridge.ordered import promote_mutated_iter_constants
from warpsmith.bridge.swap import swapped
from warpsmith.record import Target

SAMPLE = (
    "warp.examples.core.example_dem",
    "warp.examples.core.example_sph",
    "warp.examples.core.example_marching_cubes",
    "warp.examples.optim.example_drone",
    "warp.tests.test_array",
    "warp.tests.test_array_reduce",
    "warp.tests.test_assert",
    "warp.tests.test_atomic",
    "warp.tests.test_bf16",
    "warp.tests.test_codegen",
    "warp.tests.test_codegen_instancing",
    "warp.tests.test_conditional",
    "warp.tests.test_fp16",
    "warp.tests.test_func",
    "warp.tests.test_func_parameter_targets",
    "warp.tests.test_generics",
    "warp.tests.test_grad_customs",
    "warp.tests.test_lvalue",
    "warp.tests.test_snippet",
    "warp.tests.test_static",
    "warp.tests.test_struct",
    "warp.tests.test_tuple",
    "warp.tests.tile.test_tile",
    "warp.tests.tile.test_tile_func_arg",
    "warp.tests.tile.test_tile_matmul",
    "warp.tests.tile.test_tile_struct",
)

_NOT_TO_IMPORT = ("aux_test_instancing", "unittest_", "__main__", "__init__")


def everything() -> list[str]:
    """Return the names of all modules of Warp's examples and tests."""
    root = Path(wp.__file__).parent.parent
    paths = sorted(path for part in ("examples", "tests") for path in (root / "warp" / part).rglob("*.py"))
    wanted = [path for path in paths if not path.name.startswith(_NOT_TO_IMPORT)]
    return [".".join(path.relative_to(root).with_suffix("").parts) for path in wanted]


def modules_of(package: ModuleType) -> list[str]:
    """Return the names of all modules of a package."""
    return [module.name for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]


def kernels_of(names: Iterable[str]) -> list[wp.Kernel]:
    """Import modules as far as they can be and return the live kernels that they define, with overloads of generics."""
    with _settings_kept(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        loaded = [name for name in names if _imports(name)]
    found = []
    for name in loaded:
        module = context.user_modules.get(name)
        live = sorted(module._get_live_kernels(), key=_order) if module else []
        found += [ovl for kernel in live for ovl in (kernel.overloads.values() if kernel.is_generic else [kernel])]
    return found


def warp_alone(kernel: wp.Kernel, target: Target) -> str:
    """Return the module that Warp generates for a kernel with a build of its own, without the hash in its name."""
    module = kernel.module
    own = module.options["block_dim"]
    options: dict[str, Any] = module.resolve_options(wp.config, block_dim=BLOCK_DIM[target] if own == 256 else own)
    options |= {"output_arch": None, "line_directives": False}
    kernel.adj.lineno = None
    kept = module.options["strip_hash"]
    module.options["strip_hash"] = True
    try:
        with swapped(codegen.Adjoint, _promote_mutated_iter_constants=promote_mutated_iter_constants):
            builder = context.ModuleBuilder(module, options, context.ModuleHasher([kernel], options), target=target)
        text: str = builder.codegen(target)
        return text.removeprefix(NO_BFLOAT16)
    finally:
        module.options["strip_hash"] = kept
        kernel.hash = None


def renamed(text: str, names: dict[str, str]) -> str:
    """Return Warp's text with the names of structs and functions replaced, and no folders in the names of files."""
    derived = {prefix + old: prefix + new for old, new in names.items() for prefix in ("", "adj_", "replay_")}
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, derived), key=len, reverse=True)) or '(?!)'})\b")
    rows = []
    for row in text.split("\n"):
        if re.match(r"\s*// .*<L \d+>$", row):  # quotes the source, which has names of its own
            rows.append(row)
        elif row.startswith("// "):
            rows.append(re.sub(r"^// /.*/([^/]+:\d+)$", r"// \1", row))
        else:
            rows.append(pattern.sub(lambda match: derived[match[0]], row))
    return "\n".join(rows)


def _order(kernel: wp.Kernel) -> tuple[str, int]:
    return kernel.key, codegen.inspect.unwrap(kernel.func).__code__.co_firstlineno


def _imports(name: str) -> bool:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            importlib.import_module(name)
        except BaseException:  # noqa: BLE001 - whatever a module wants that is not here
            return False
    return True


@contextlib.contextmanager
def _settings_kept() -> Iterator[None]:
    """Put Warp's settings back, which some modules change when they are imported."""
    before = dict(vars(wp.config))
    try:
        yield
    finally:
        for name, value in before.items():
            if not name.startswith("__"):
                setattr(wp.config, name, value)
