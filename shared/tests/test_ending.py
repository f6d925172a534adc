"""Servers that are told to stop before they serve: they end with 0, and leave nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from audit_wire import intact, records
from sample_server import audit_keys

SERVER = """
import asyncio, sys, time
from contextlib import asynccontextmanager
from mcp_chassis.ending import end_at_once
end_at_once()
from mcp_chassis.server import Server
from mcp_chassis.settings import ChassisSettings

phase = sys.argv.pop()

def tell(text):
    print(text, file=sys.stderr, flush=True)

@asynccontextmanager
async def lifespan(settings):
    if phase == "opening":
        tell("here")
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            tell("closed")
    yield None

def wait():
    tell("here")
    time.sleep(60)

if phase == "imports":
    wait()
Server(name="x", version="1", settings=ChassisSettings, lifespan=lifespan, read_scopes=()).run()
"""
TRANSPORTS = ["stdio", "http"]
SIGNALS = [signal.SIGTERM, signal.SIGINT]
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a command in an environment that is right for both transports."""
    keys = {f"MCP_{name.upper()}": str(path) for name, path in audit_keys(tmp_path / "keys").items()}
    environ = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "MCP_AUDIT_DIR": str(tmp_path / "audit"),
        "MCP_AUTH": "none", "METRICS_PORT": "0", "MCP_PORT": "0", **keys,
    }  # fmt: skip
    started = []

    def run(*argv: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, *argv], env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def wait_for(process: subprocess.Popen[bytes], word: bytes) -> None:
    assert process.stderr is not None
    seen = []
    while word not in (line := process.stderr.readline()):
        seen.append(line)
        assert line, b"".join(seen).decode()


@pytest.mark.parametrize("number", SIGNALS)
def test_a_command_that_is_importing_ends_with_0(start: Start, number: int) -> None:
    process = start("-c", SERVER, "imports")
    wait_for(process, b"here")
    process.send_signal(number)
    assert process.wait(30) == 0


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_server_that_is_opening_closes_what_it_opened(
    start: Start, tmp_path: Path, transport: str, number: int
) -> None:
    process = start("-c", SERVER, "--transport", transport, "opening")
    wait_for(process, b"here")
    process.send_signal(number)
    _, told = process.communicate(timeout=30)
    assert (process.returncode, told) == (0, b"closed\n")
    (chain,) = (tmp_path / "audit" / "x").glob("2*")
    assert intact(chain) == 2
    assert records(chain)[-1]["event"] == "stop"
    assert not (chain / "lock").exists()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, -signal.SIGTERM), (signal.SIGINT, 130)])
def test_a_check_that_is_stopped_is_no_right_configuration(start: Start, number: int, code: int) -> None:
    process = start("-c", SERVER, "--check", "opening")
    wait_for(process, b"here")
    process.send_signal(number)
    process.communicate(timeout=30)
    assert process.returncode == code
