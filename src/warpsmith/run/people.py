"""The options of extracting and capturing as a person writes them, checked once, here."""

from collections.abc import Sequence
from typing import Any

import msgspec

from warpsmith.errors import UsageError
from warpsmith.run.collecting import PeopleConfig
from warpsmith.run.config import DEVICES, FORMAT_NAMES


def people_config(
    kind: str, targets: Sequence[str], device: str, form: str, license_allow: str | None = None
) -> PeopleConfig:
    """Return the configuration of a set of people's kernels; raises UsageError naming the option and the remedy."""
    if device not in DEVICES:
        raise UsageError(f"device is '{device}'; use {', '.join(DEVICES)}")
    if form not in FORMAT_NAMES:
        raise UsageError(f"format is '{form}'; use {', '.join(FORMAT_NAMES)}")
    given: dict[str, Any] = {"kind": kind, "targets": tuple(targets), "device": device, "format": form}
    if license_allow is not None:
        names = tuple(name.strip() for name in license_allow.split(",") if name.strip())
        if not names:
            raise UsageError("license_allow is empty; name licences by their SPDX identifiers: Apache-2.0,MIT")
        given["license_allow"] = names
    return msgspec.convert(given, PeopleConfig)
