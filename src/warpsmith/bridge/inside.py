"""Warp's private modules, behind the guard at the door.

They have no types and promise nothing, so here they are what they are: `Any`, and of the supported versions only.
"""

from importlib import import_module
from typing import Any

from warpsmith.bridge.version import check_warp

WARP_VERSION = check_warp()

builtins: Any = import_module("warp._src.builtins")
compilers: Any = import_module("warp._src.build")
codegen: Any = import_module("warp._src.codegen")
config: Any = import_module("warp.config")
context: Any = import_module("warp._src.context")
logger: Any = import_module("warp._src.logger")
types: Any = import_module("warp._src.types")
