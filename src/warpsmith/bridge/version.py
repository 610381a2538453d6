"""The guard at the door: warpsmith reads private modules of Warp, so only versions that it was written for will do."""

import re

from warpsmith.errors import PrerequisiteError

SUPPORTED = ((1, 19), (1, 20))
"""The first Warp version that is supported, and the first that is not any more."""


def check_warp() -> str:
    """Return the version of the installed Warp.

    Raises:
        PrerequisiteError: Warp is missing, or its version is not supported.
    """
    try:
        import warp
    except ModuleNotFoundError as error:
        if error.name != "warp":
            raise
        raise PrerequisiteError(f"warp-lang is not installed; install it with: pip install '{requirement()}'") from None
    version = str(getattr(warp, "__version__", "of unknown version"))
    if not is_supported(version):
        raise PrerequisiteError(f"warp-lang {version} is not supported; change it with: pip install '{requirement()}'")
    return version


def is_supported(version: str) -> bool:
    """Whether warpsmith knows the insides of this Warp version."""
    match = re.match(r"(\d+)\.(\d+)", version)
    return match is not None and SUPPORTED[0] <= (int(match[1]), int(match[2])) < SUPPORTED[1]


def requirement() -> str:
    """Return the supported versions as pip writes them."""
    low, high = (".".join(map(str, bound)) for bound in SUPPORTED)
    return f"warp-lang>={low},<{high}"
