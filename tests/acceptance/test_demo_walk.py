from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
ELSEWHERE = {
    r"[0-9a-f]{12}\]": "ID]",
    r'"[0-9a-f]{8}-[0-9a-f]+-[0-9a-f]{16}"': '"TRASH"',
    r"\d+(\.\d+)? (ms|s)\b": "TIME",
    r"It was not run;[^→✓]*?\n   ✓": "   ✓",
}
"""What another run has another of: ids, times, and what PostgreSQL estimates from a sample."""


def told(text: str) -> list[str]:
    """The lines of a transcript as every run prints them."""
    for pattern, instead in ELSEWHERE.items():
        text = re.sub(pattern, instead, text.replace(str(ROOT), "<checkout>"))
    return text.strip("\n").splitlines()


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
    excerpt, whole = re.findall(r"```\n(.*?)```", README.partition("<!-- transcript -->")[2], re.DOTALL)[:2]
    assert told(whole) == told(done.stdout)
    assert set(told(excerpt)) - {"..."} <= set(told(whole))
