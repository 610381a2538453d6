"""Which installed distribution a module is of, and under which licence it comes."""

import importlib.metadata
from functools import cache
from typing import NamedTuple

# trove classifiers that name one licence, and its SPDX identifier (https://pypi.org/classifiers, https://spdx.org/licenses)
_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "MIT No Attribution License (MIT-0)": "MIT-0",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "zlib/libpng License": "Zlib",
    "Boost Software License 1.0 (BSL-1.0)": "BSL-1.0",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Affero General Public License v3": "AGPL-3.0-only",
}
# what people write into the old free field, and mean
_WRITTEN = {
    "apache 2.0": "Apache-2.0",
    "apache-2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "mit": "MIT",
    "mit license": "MIT",
    "bsd-3-clause": "BSD-3-Clause",
    "bsd-2-clause": "BSD-2-Clause",
}
_LONGEST = 80


class Distribution(NamedTuple):
    """An installed distribution: its name, its version, and its licence as SPDX where its metadata say it so."""

    name: str
    version: str
    license: str | None


@cache
def distribution_of(package: str) -> Distribution | None:
    """Return the distribution that a package of no other package is of; None where none claims it."""
    names = importlib.metadata.packages_distributions().get(package, [])
    if not names:
        return None
    found = importlib.metadata.distribution(sorted(set(names))[0])
    return Distribution(found.metadata["Name"], found.version, license_of(found))


def license_of(distribution: importlib.metadata.Distribution) -> str | None:
    """Return a distribution's licence: its SPDX expression (PEP 639), what its classifiers name, or what it says."""
    metadata = distribution.metadata.json
    if expression := metadata.get("license_expression"):
        return str(expression)
    classified = [line.rpartition(" :: ")[2] for line in metadata.get("classifier", []) if line.startswith("License")]
    known = sorted({_CLASSIFIERS[name] for name in classified if name in _CLASSIFIERS})
    if known:
        return " OR ".join(known)
    written = " ".join(str(metadata.get("license") or "").split())
    if written.lower() in _WRITTEN:
        return _WRITTEN[written.lower()]
    if written and len(written) <= _LONGEST:
        return written
    return classified[0] if classified and classified[0] != "OSI Approved" else None


def license_refusal(found: str | None, allowed: tuple[str, ...] | None) -> str:
    """Return why a licence is not allowed, nothing where it is: one of its alternatives must be on the list."""
    if allowed is None:
        return ""
    if found is None:
        return "its licence is not known"
    alternatives = (one.strip(" ()").split(" AND ") for one in found.split(" OR "))
    known = {name.lower() for name in allowed}
    if any(all(part.strip(" ()").lower() in known for part in parts) for parts in alternatives):
        return ""
    return f"its licence is {found}"
