"""The Dockerfiles: what hadolint says of them, and that they differ in names only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DOCKERFILES = sorted(
    [*ROOT.glob("servers/*/Dockerfile"), *ROOT.glob("deploy/**/Dockerfile"), *ROOT.glob("tests/**/Dockerfile")]
)


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: str(path.parent.relative_to(ROOT)))
def test_hadolint_finds_nothing(run: Any, dockerfile: Path) -> None:
    done = run("hadolint", "--no-color", dockerfile)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: str(path.parent.relative_to(ROOT)))
def test_dockerfile_fits_on_a_screen(dockerfile: Path) -> None:
    assert len(dockerfile.read_text().splitlines()) <= 30
