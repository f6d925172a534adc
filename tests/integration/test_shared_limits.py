"""Two servers over HTTP that share their limits in a real Redis, and what they do without it."""

from __future__ import annotations

import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp_chassis.testing.redis import RedisServer, redis_server, redis_url

__all__ = ["redis_server", "redis_url"]

SERVER = '''
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mcp_chassis.server import Server
from mcp_chassis.settings import ChassisSettings


@asynccontextmanager
async def nothing(settings: ChassisSettings) -> AsyncIterator[None]:
    yield None


server = Server(name="mcp-add", version="1", settings=ChassisSettings, lifespan=nothing, read_scopes={"add:read"})


@server.tool(scopes={"add:read"}, read_only=True)
async def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


server.run()
'''


@pytest.fixture
def pair(serve: Any, tmp_path: Path, redis_url: str) -> Any:
    """Start two replicas with the settings of an environment."""

    def start(**environment: str) -> list[Any]:
        script = tmp_path / "add.py"
        script.write_text(SERVER)
        variables = {"MCP_REDIS_URL": redis_url, "MCP_RATE_LIMIT": "6/h", **environment}
        return [serve(sys.executable, str(script), environment=variables) for _ in range(2)]

    return start


async def passed(url: str, times: int, first: int = 0) -> int:
    """How many of so many calls were let through; those that were not say `rate_limited`."""
    async with Client(url) as client:
        results = [await client.call_tool("add", {"a": first, "b": number}) for number in range(times)]
    codes = {result.meta["io.mcp-chassis/error"]["code"] for result in results if result.is_error}
    assert codes <= {"rate_limited", "upstream_unavailable"}
    return sum(not result.is_error for result in results)


def ready(url: str) -> int:
    try:
        with urllib.request.urlopen(url.replace("/mcp", "/ready"), timeout=30) as answer:  # noqa: S310 - our own server
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def logged(log: Path, event: str, times: int) -> int:
    """How often an event is in a log, which is given the time to get there."""
    until = time.monotonic() + 30
    while (found := log.read_text().count(f'"{event}"')) < times and time.monotonic() < until:
        time.sleep(0.05)
    return found


@pytest.mark.asyncio
async def test_replicas_share_one_limit(pair: Any) -> None:
    first, second = pair()
    assert await passed(first.url, 4) == 4
    assert await passed(second.url, 4) == 2
    assert await passed(first.url, 2) == 0


@pytest.mark.asyncio
async def test_replicas_go_on_by_themselves_while_redis_is_down(pair: Any, redis_server: RedisServer) -> None:
    first, second = pair()
    assert await passed(first.url, 8) == 6
    redis_server.kill()
    assert await passed(first.url, 8) == 6
    assert await passed(second.url, 8) == 6
    assert ready(first.url) == 200
    assert logged(first.log, "limits_store_down", 1) == 1
    redis_server.start()
    assert logged(first.log, "limits_store_back", 1) == 1
    assert logged(second.log, "limits_store_back", 1) == 1
    assert await passed(first.url, 4) + await passed(second.url, 4) == 6


@pytest.mark.asyncio
async def test_deny_lets_no_call_through_and_is_not_ready_while_redis_is_down(
    pair: Any, redis_server: RedisServer
) -> None:
    first, _ = pair(MCP_LIMITER_DOWN="deny")
    redis_server.kill()
    assert await passed(first.url, 3) == 0
    assert ready(first.url) == 503
    redis_server.start()
    assert logged(first.log, "limits_store_back", 1) == 1
    assert await passed(first.url, 3) == 3
