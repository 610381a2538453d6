"""The one place that knows the version of warpsmith."""

__version__ = "0.1.0"
