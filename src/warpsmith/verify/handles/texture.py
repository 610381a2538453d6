"""Textures of one to three dimensions; the CPU samples them in software."""

from typing import Any

import warp as wp

from warpsmith.errors import UsageError
from warpsmith.verify.fillings import filled
from warpsmith.verify.making import Making

_TEXTURES = {1: wp.Texture1D, 2: wp.Texture2D, 3: wp.Texture3D}
_FILTERS = {"linear": wp.TextureFilterMode.LINEAR, "closest": wp.TextureFilterMode.CLOSEST}
_ADDRESSES = {
    "clamp": wp.TextureAddressMode.CLAMP,
    "wrap": wp.TextureAddressMode.WRAP,
    "mirror": wp.TextureAddressMode.MIRROR,
    "border": wp.TextureAddressMode.BORDER,
}


def make_texture(argument: dict[str, Any], path: str, making: Making) -> Any:
    """Make a `wp.Texture1D`, `2D` or `3D`; raises UsageError for a shape or mode that is unknown."""
    shape, channels = tuple(argument["shape"]), argument.get("channels", 1)
    if len(shape) not in _TEXTURES:
        raise UsageError(f"texture '{path}' has {len(shape)} dimensions; use 1, 2 or 3")
    values = filled(argument, (*shape, channels), making.numbers(argument, path))
    texture = _TEXTURES[len(shape)](
        values[..., 0].copy() if channels == 1 else values,
        filter_mode=_mode(_FILTERS, argument.get("filter", "linear"), path),
        address_mode=_mode(_ADDRESSES, argument.get("address", "clamp"), path),
        normalized_coords=argument.get("normalized", True),
        num_mip_levels=argument.get("mip_levels", 1),
        device=making.device,
    )
    making.keep.append(texture)
    return texture


def _mode(modes: dict[str, Any], name: str, path: str) -> Any:
    if name not in modes:
        raise UsageError(f"mode '{name}' of texture '{path}' is unknown; use {', '.join(modes)}")
    return modes[name]
