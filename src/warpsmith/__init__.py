"""warpsmith: an endless, verified source of paired code from NVIDIA Warp."""

from warpsmith._version import __version__

__all__ = ["__version__"]
