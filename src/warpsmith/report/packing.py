"""Data beside a page that opens from the disk, where scripts can be loaded and nothing can be fetched.

Each file is a script of one call, whose argument is JSON, deflated, in base64: the page inflates it.
"""

import base64
import zlib
from pathlib import Path

from warpsmith.dataset.atomic import write_atomically

_LEVEL = 6


def pack(folder: Path, name: str, content: bytes) -> None:
    """Write JSON as ``NAME.js``."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    script = f'warpsmith.deliver("{name}","{base64.b64encode(packed).decode()}");\n'
    write_atomically(folder / f"{name}.js", script.encode())
