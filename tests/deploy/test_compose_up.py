"""compose.yaml, brought up for real: by podman, with Compose, in a network namespace of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
IMAGES = ("localhost/mcp-db-server", "localhost/mcp-fs-server", "localhost/mcp-oidc", "localhost/debian-services")


@pytest.fixture(scope="module")
def seen(compose_program: str) -> dict[str, Any]:
    """What a session with it has shown."""
    environ = {**os.environ, "CONTAINERS_CONF": str(ROOT / ".ci" / "containers.conf")}
    for image in IMAGES:
        command = ["podman", "image", "exists", image]
        if shutil.which("podman") is None or subprocess.run(command, env=environ, check=False).returncode:
            pytest.skip(f"{image} is not there: `.ci/image SERVER` and `.ci/compose` build what it takes")
    done = subprocess.run(
        ["unshare", "--net", sys.executable, str(HERE / "compose" / "session.py"), compose_program],  # noqa: S607
        env=environ,
        capture_output=True,
        text=True,
        timeout=480,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-5000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


pytestmark = pytest.mark.timeout(500)


def test_first_up_prints_the_key_and_what_to_paste(seen: dict[str, Any]) -> None:
    (key,) = re.findall(r"^ *(mk_\w+)$", seen["first"], re.MULTILINE)
    snippet = seen["first"][seen["first"].index("{") : seen["first"].rindex("}") + 1]
    (entry,) = json.loads(snippet)["mcpServers"].values()
    assert entry["url"] == "http://127.0.0.1:8080/mcp"
    assert entry["headers"] == {"Authorization": f"Bearer {key}"}


def test_second_up_prints_nothing_secret(seen: dict[str, Any]) -> None:
    assert "mk_" not in seen["second"]
    assert "printed on the first `up`" in seen["second"]


def test_key_reads_the_sample_data(seen: dict[str, Any]) -> None:
    assert seen["with key"] == [["Andorra la Vella"]]
    assert seen["without"] == 401


def test_same_key_reads_the_files_and_changes_none(seen: dict[str, Any]) -> None:
    assert seen["files"] == {
        "line": (ROOT / "docs" / "architecture.md").read_text().splitlines(keepends=True)[0],
        "written": False,
    }


def test_profile_auth_takes_tokens_in_place_of_keys(seen: dict[str, Any]) -> None:
    assert seen["with token"] == [["Andorra la Vella"]]
    assert seen["key in place of a token"] == 401


def test_servers_end_well(seen: dict[str, Any]) -> None:
    assert seen["exit codes"] == {"database": 0, "database-oauth": 0, "filesystem": 0}
