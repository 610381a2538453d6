from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from warpsmith.discover.corpus import CORPUS
from warpsmith.discover.licences import distribution_of, license_of, license_refusal


def installed(folder: Path, *lines: str) -> PathDistribution:
    home = folder / "some-1.0.dist-info"
    home.mkdir()
    (home / "METADATA").write_text("\n".join(["Metadata-Version: 2.4", "Name: some", "Version: 1.0", *lines, ""]))
    return PathDistribution(home)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["License-Expression: Apache-2.0 OR MIT", "License: else"], "Apache-2.0 OR MIT"),
        (["Classifier: License :: OSI Approved :: MIT License"], "MIT"),
        (["Classifier: License :: OSI Approved :: Apache Software License", "License: a long text"], "Apache-2.0"),
        (["License: BSD-3-Clause"], "BSD-3-Clause"),
        (["License: Our own"], "Our own"),
        (["Classifier: License :: Other/Proprietary License"], "Other/Proprietary License"),
        (["Classifier: Topic :: Utilities"], None),
    ],
)
def test_a_licence_is_what_the_metadata_say(lines: list[str], found: str | None, tmp_path: Path) -> None:
    assert license_of(installed(tmp_path, *lines)) == found


@pytest.mark.parametrize(
    ("found", "refusal"),
    [
        ("Apache-2.0", ""),
        ("apache-2.0", ""),
        ("GPL-3.0-only OR MIT", ""),
        ("(Apache-2.0 AND MIT)", ""),
        ("Apache-2.0 AND GPL-3.0-only", "its licence is Apache-2.0 AND GPL-3.0-only"),
        ("GPL-3.0-only", "its licence is GPL-3.0-only"),
        (None, "its licence is not known"),
    ],
)
def test_one_alternative_must_be_allowed(found: str | None, refusal: str) -> None:
    assert license_refusal(found, ("Apache-2.0", "MIT")) == refusal
    assert license_refusal(found, None) == ""


def test_distributions_are_found_by_their_packages() -> None:
    warp = distribution_of("warp")
    assert warp is not None
    assert (warp.name, warp.license) == ("warp-lang", "Apache-2.0")
    assert distribution_of("no_such_package") is None


def test_the_corpus_states_the_licences_that_are_installed() -> None:
    known = [package for package in CORPUS if package.installed]
    assert "warp-lang" in {package.name for package in known}
    assert [package.name for package in known if package.stated_license != package.license] == []
