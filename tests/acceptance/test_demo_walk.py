from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home() -> Iterator[Path]:
    """A new user's home, where `nobody` may enter: as root PostgreSQL runs as that."""
    path = Path(tempfile.mkdtemp(prefix="mcp-home-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


def test_the_walk_of_make_demo_goes_well_in_a_new_home(home: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "examples.demo"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✗" not in done.stdout
    assert "\x1b" not in done.stdout
    assert (home / ".local/share/mcp-chassis").is_dir()
