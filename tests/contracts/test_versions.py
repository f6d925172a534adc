"""One version per package, wherever it is told."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = [ROOT / "shared", *sorted(path.parent for path in ROOT.glob("servers/*/pyproject.toml"))]


def project(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    return found


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_module_tells_the_version_of_the_project(folder: Path) -> None:
    (init,) = folder.glob("src/*/__init__.py")
    told = re.search(r'^__version__ = "(.+)"$', init.read_text(), re.MULTILINE)
    assert told is not None
    assert told[1] == project(folder)["version"]


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_changelog_begins_with_the_version_of_the_project(folder: Path) -> None:
    heading = re.search(r"^## (\S+)", (folder / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert heading is not None
    assert heading[1] == project(folder)["version"]


@pytest.mark.parametrize("folder", PACKAGES[1:], ids=lambda folder: folder.name)
def test_server_takes_the_chassis_of_its_major_version(folder: Path) -> None:
    chassis = project(ROOT / "shared")["version"].split(".")
    (wanted,) = [item for item in project(folder)["dependencies"] if item.startswith("mcp-chassis")]
    assert wanted.endswith(f">={chassis[0]}.{chassis[1]},<{int(chassis[0]) + 1}")


@pytest.mark.parametrize("folder", PACKAGES[1:], ids=lambda folder: folder.name)
def test_chart_is_of_the_version_of_the_server(folder: Path) -> None:
    told = re.search(r"^appVersion: (\S+)$", (folder / "chart" / "Chart.yaml").read_text(), re.MULTILINE)
    assert told is not None
    assert told[1] == project(folder)["version"]


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_package_carries_the_licence(folder: Path) -> None:
    assert (folder / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()
