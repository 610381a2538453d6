"""The options of extracting and capturing as a person writes them, checked once, here."""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from warpsmith.errors import UsageError
from warpsmith.record import TARGETS, Depth, Mismatch, Target
from warpsmith.run.config import DEVICES, FORMAT_NAMES, SPLITS, Device


class PeopleConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a set of people's kernels was made: from what, by extracting or capturing."""

    kind: Literal["extract", "capture", "corpus"] = "extract"
    targets: tuple[str, ...]
    device: Device = "both"
    format: Literal["parquet", "jsonl", "json"] = "parquet"
    license_allow: tuple[str, ...] | None = None
    splits: dict[str, int] = msgspec.field(default_factory=SPLITS.copy)
    verify: Depth = "none"
    mismatch: Mismatch = "keep"

    @property
    def wanted(self) -> tuple[Target, ...]:
        """The targets that code is generated for."""
        return TARGETS if self.device == "both" else (self.device,)


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
