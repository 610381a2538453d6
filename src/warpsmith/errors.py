"""The one family of errors that warpsmith raises.

A message is one line that names the argument, the bad value and the remedy; the command line prints it and exits with
``exit_code``, never with a traceback. A *sample* that fails is no exception at all but a `warpsmith.record.Rejection`.
"""


class WarpsmithError(Exception):
    """Base of all errors that warpsmith raises on purpose."""

    exit_code = 1


class UsageError(WarpsmithError):
    """An argument, option or configuration value that cannot be used."""

    exit_code = 2


class PrerequisiteError(WarpsmithError):
    """Something that must be installed or supported is not: a Warp version, an extra, a compiler."""

    exit_code = 2


class DatasetError(WarpsmithError):
    """A data set on disk that is missing, damaged or not what the operation needs."""

    exit_code = 2


class GenerationError(WarpsmithError):
    """The generator could not deliver what was asked for, for instance because all shapes are used up."""


class VerificationError(WarpsmithError):
    """The process that verifies failed by itself, not by a kernel; nothing was proved and nothing changed."""


class ExtractionError(WarpsmithError):
    """Warp refused a kernel; the message carries Warp's own reason."""
