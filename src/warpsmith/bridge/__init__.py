"""The one room that may look behind Warp's public face.

Importing it checks the version of Warp. Its face, in the order in which a kernel goes through it:

- `define` executes a kernel text and gives a `Definition`, `release` lets all of it go;
- `build` takes a live kernel through Warp's builder, and `Build.generate` makes the `Sections` of a target.
"""

from warpsmith.bridge.building import BLOCK_DIM, Build, build
from warpsmith.bridge.definition import (
    Definition,
    concrete,
    define,
    first_line,
    own_source,
    release,
)
from warpsmith.bridge.fast import accelerated
from warpsmith.bridge.fast.bodies import LINE
from warpsmith.bridge.inside import WARP_VERSION
from warpsmith.bridge.marks import Sections

__all__ = [
    "BLOCK_DIM",
    "LINE",
    "WARP_VERSION",
    "Build",
    "Definition",
    "Sections",
    "accelerated",
    "build",
    "concrete",
    "define",
    "first_line",
    "own_source",
    "release",
]
