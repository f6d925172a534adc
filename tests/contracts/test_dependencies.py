"""Every dependency is declared, bounded and locked."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PROJECTS = [ROOT, ROOT / "shared", *sorted(path.parent for path in ROOT.glob("servers/*/pyproject.toml"))]
PACKAGES = PROJECTS[1:]
COMES_WITH = {"pydantic-core": "pydantic"}
"""What its parent pins to one exact version, and tells its users to import."""


def pyproject(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "pyproject.toml").read_text())


def requirements(folder: Path) -> Iterator[str]:
    """Every requirement that a project names, for running, as an extra, for development and for building."""
    content = pyproject(folder)
    yield from content["project"].get("dependencies", [])
    for extra in content["project"].get("optional-dependencies", {}).values():
        yield from extra
    for group in content.get("dependency-groups", {}).values():
        yield from group
    yield from content.get("build-system", {}).get("requires", [])


def name_of(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match is not None, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


OURS = {name_of(pyproject(folder)["project"]["name"]) for folder in PROJECTS}


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda folder: folder.name)
def test_every_dependency_has_an_upper_bound(folder: Path) -> None:
    for requirement in requirements(folder):
        # The workspace's own development takes its packages from beside it.
        if folder == ROOT and name_of(requirement) in OURS:
            continue
        assert re.search(r"<|==|~=", requirement), requirement


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_every_package_that_is_imported_is_declared(folder: Path) -> None:
    declared = {name_of(requirement) for requirement in requirements(folder)}
    distributions = metadata.packages_distributions()
    own = {path.parent.name for path in folder.glob("src/*/__init__.py")}
    for path in (folder / "src").rglob("*.py"):
        if "testing" in path.parts:
            continue  # imported by tests only, which have what the root's development group names
        for module in imported(path) - own - set(sys.stdlib_module_names):
            names = {name_of(name) for name in distributions.get(module, [module])}
            providers = {COMES_WITH.get(name, name) for name in names}
            assert providers & declared, f"{path.relative_to(ROOT)} imports {module}"


def imported(path: Path) -> set[str]:
    """The top-level modules that a file imports, also within functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize(
    "lock",
    [ROOT / "requirements.lock", ROOT / "build.lock", *sorted(ROOT.glob("servers/*/requirements.lock"))],
    ids=lambda lock: f"{lock.parent.name}/{lock.name}",
)
def test_lock_has_a_hash_for_every_package_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    for block in re.split(r"\n(?=[A-Za-z0-9])", text.strip()):
        assert "==" in block.splitlines()[0], block
        assert "--hash=sha256:" in block, block


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda folder: folder.name)
def test_lock_holds_every_dependency(folder: Path) -> None:
    locked = {name_of(line) for line in (ROOT / "requirements.lock").read_text().splitlines() if re.match(r"\w", line)}
    assert {name_of(requirement) for requirement in requirements(folder)} - OURS <= locked


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_what_builds_a_package_is_locked_for_its_image(folder: Path) -> None:
    locked = {name_of(line) for line in (ROOT / "build.lock").read_text().splitlines() if re.match(r"\w", line)}
    assert {name_of(requirement) for requirement in pyproject(folder)["build-system"]["requires"]} <= locked
