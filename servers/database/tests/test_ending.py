"""The command when it is told to stop while it imports what it needs."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_command_that_is_importing_ends_with_0(number: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "mcp_db_server", "postgresql://localhost:1/x"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stderr is not None
        while b"mcp_chassis.server" not in (line := process.stderr.readline()):
            assert line
        process.send_signal(number)
        process.communicate(timeout=30)
        assert process.returncode == 0
    finally:
        process.kill()
