"""The real programs that images, charts and the compose file are checked with."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from mcp_chassis.settings.options import options
from mcp_db_server.settings import DatabaseSettings
from mcp_fs_server.settings import FilesystemSettings

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]
SETTINGS = {"database": DatabaseSettings, "filesystem": FilesystemSettings}


def _program(name: str) -> str | None:
    """Where a program is: beside this Python, as the group `deploy` installs it, or on PATH."""
    if name == "docker-compose":  # its wrapper exits 0 whatever is wrong, so take what it wraps
        package = importlib.util.find_spec("compose")
        if package is not None and package.origin is not None:
            return str(Path(package.origin).parent / name)
    return shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture(scope="session")
def run() -> Run:
    """Run a program of the group `deploy` at the top of the repository."""

    def start(name: str, *arguments: str | Path, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        program = _program(name)
        if program is None:
            pytest.skip(f"{name} is not here: there is no wheel of it for this platform")
        return subprocess.run(
            [program, *map(str, arguments)],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return start


@pytest.fixture(scope="session")
def variables() -> Callable[[str], set[str]]:
    """The variables that a server reads, by the name of its folder."""

    def known(server: str) -> set[str]:
        names = {name for option in options(SETTINGS[server]) for name in option.variables}
        return names | {f"{name}_FILE" for name in names}

    return known


@pytest.fixture(scope="session")
def compose_program() -> str:
    """The path of Compose."""
    program = _program("docker-compose")
    if program is None:
        pytest.skip("docker-compose is not here: there is no wheel of it for this platform")
    return program
