"""Open packages that are known to have Warp kernels, by their names on the package registry."""

import importlib.metadata
from dataclasses import dataclass

from warpsmith.discover.licences import license_of


@dataclass(frozen=True, slots=True)
class OpenPackage:
    """A distribution, the modules of it that have kernels when they are imported, and its licence as SPDX.

    The licence is that of its metadata, read on 2026-11-21.
    """

    name: str
    modules: tuple[str, ...]
    license: str
    about: str

    @property
    def installed(self) -> str | None:
        """The version that is installed, None where there is none."""
        try:
            return importlib.metadata.version(self.name)
        except importlib.metadata.PackageNotFoundError:
            return None

    @property
    def stated_license(self) -> str | None:
        """The licence that the installed version states; raises PackageNotFoundError where there is none."""
        return license_of(importlib.metadata.distribution(self.name))


CORPUS: tuple[OpenPackage, ...] = (
    OpenPackage("warp-lang", ("warp.examples", "warp.tests"), "Apache-2.0", "Warp's own examples and tests"),
    OpenPackage("mujoco-warp", ("mujoco_warp",), "Apache-2.0", "the physics of MuJoCo on GPUs"),
    OpenPackage("newton", ("newton",), "Apache-2.0", "physics simulation for robotics"),
    OpenPackage(
        "nvalchemi-toolkit-ops", ("nvalchemiops",), "Apache-2.0", "atomistic simulation: neighbours, potentials"
    ),
)
