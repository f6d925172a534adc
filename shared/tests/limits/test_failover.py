"""Redis gone and back: what calls meet meanwhile, and what operators read."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp_chassis.app import App
from mcp_chassis.call import Principal, current_principal
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.limits.failover import FailoverStore
from mcp_chassis.limits.meters import Meter
from mcp_chassis.limits.shared import RedisStore
from mcp_chassis.testing.redis import RedisServer
from sample_server import make_app

S = 1_000_000
RATE = Meter("rate", "a", 1_000 * S, 3)
READER = Principal("reader", "api-key", scopes=frozenset({"notes:read"}))


@asynccontextmanager
async def failing_over(url: str, when_down: Any = "local") -> AsyncIterator[FailoverStore]:
    store = FailoverStore(RedisStore(url, "test", timeout_s=10), when_down, probe_s=0.05)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


async def passing(store: FailoverStore, times: int) -> int:
    verdicts = [await store.take([RATE]) for _ in range(times)]
    return sum(verdict.refused is None for verdict in verdicts)


async def back(store: FailoverStore) -> None:
    async with asyncio.timeout(30):
        while store.down is not None:
            await asyncio.sleep(0.01)


def turns(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.name == "mcp_chassis.limits.failover"]


@pytest.mark.asyncio
async def test_memory_takes_over_and_redis_counts_again_when_it_is_back(
    redis_server: RedisServer, redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with failing_over(redis_url) as store:
        assert await passing(store, 5) == 3
        redis_server.kill()
        assert await passing(store, 5) == 3  # counted by this process, from the beginning
        assert store.down is not None
        redis_server.start()
        await back(store)
        assert await passing(store, 5) == 3  # this Redis keeps nothing over a restart
        redis_server.kill()
        assert await passing(store, 5) == 0  # what the process had counted still holds
        redis_server.start()
        await back(store)
    assert turns(caplog) == ["limits_store_down", "limits_store_back"] * 2
    assert all(record.levelno == logging.WARNING for record in caplog.records)


@pytest.mark.asyncio
async def test_many_calls_that_fail_together_are_logged_once(
    redis_server: RedisServer, redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with failing_over(redis_url) as store:
        redis_server.kill()
        verdicts = await asyncio.gather(*(store.take([RATE]) for _ in range(50)))
        assert sum(verdict.refused is None for verdict in verdicts) == 3
        redis_server.start()
        await back(store)
    assert turns(caplog) == ["limits_store_down", "limits_store_back"]


@pytest.mark.asyncio
async def test_a_restart_that_nobody_noticed_costs_nothing(
    redis_server: RedisServer, redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with failing_over(redis_url) as store:
        await asyncio.gather(*(store.take([Meter("repeat", "k", S, 0)]) for _ in range(20)))
        redis_server.kill()
        redis_server.start()
        assert await passing(store, 5) == 3
    assert turns(caplog) == []


@pytest.mark.asyncio
async def test_redis_may_come_later_than_the_server(redis_server: RedisServer, redis_url: str) -> None:
    redis_server.kill()
    async with failing_over(redis_url) as store:
        assert store.down is not None
        assert await passing(store, 5) == 3
        redis_server.start()
        await back(store)
        assert await passing(store, 5) == 3


@pytest.mark.asyncio
async def test_a_password_in_the_url_is_never_logged(caplog: pytest.LogCaptureFixture) -> None:
    async with failing_over("redis://user:swordfish@127.0.0.1:1/0") as store:
        assert store.down is not None
    assert "swordfish" not in caplog.text


@pytest.mark.parametrize(
    ("when_down", "code", "status"),
    [("local", "rate_limited", "degraded"), ("allow", None, "degraded"), ("deny", "upstream_unavailable", "unhealthy")],
)
@pytest.mark.asyncio
async def test_while_redis_is_down_a_server_does_as_configured(
    tmp_path: Path, redis_server: RedisServer, redis_url: str, when_down: str, code: str | None, status: str
) -> None:
    current_principal.set(READER)
    settings = {"redis_url": redis_url, "limiter_down": when_down, "rate_limit": "1/h"}
    async with make_app(tmp_path, **settings).open() as app, Client(app.mcp(sessions=True)) as session:
        async with asyncio.timeout(30):  # a machine that is busy may need more than one look
            while await limits_health(app) != ("healthy", "shared in Redis"):
                await asyncio.sleep(0.01)
        redis_server.kill()
        results = [await session.call_tool("add", {"a": number}) for number in range(3)]
        error = (results[2].meta or {}).get("io.mcp-chassis/error", {})
        assert error.get("code") == code
        found, detail = await limits_health(app)
        assert found == status
        assert "Redis does not answer" in detail
    redis_server.start()


@pytest.mark.asyncio
async def test_without_redis_health_says_nothing_of_limits(tmp_path: Path) -> None:
    async with make_app(tmp_path, rate_limit="1/h").open() as app:
        assert "limits" not in {component.name for component in await app.health()}


@pytest.mark.asyncio
async def test_a_redis_url_that_cannot_be_used_ends_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="MCP_REDIS_URL must be a URL"):
        async with make_app(tmp_path, redis_url="redis://host:port/0").open():
            pass


async def limits_health(app: App[Any, Any]) -> tuple[str, str]:
    (component,) = [component for component in await app.health() if component.name == "limits"]
    return component.status, component.detail


@pytest.mark.parametrize("kills", [3, pytest.param(40, marks=pytest.mark.soak)])
@pytest.mark.asyncio
async def test_no_call_fails_while_redis_is_killed_again_and_again(
    redis_server: RedisServer, redis_url: str, kills: int
) -> None:
    passed = 0
    over = asyncio.Event()

    async def call_on(store: FailoverStore) -> None:
        nonlocal passed
        while not over.is_set():
            verdict = await store.take([RATE])
            passed += verdict.refused is None
            await asyncio.sleep(0)

    async with failing_over(redis_url) as store:
        callers = [asyncio.create_task(call_on(store)) for _ in range(20)]
        for _ in range(kills):
            await asyncio.to_thread(redis_server.kill)
            await asyncio.sleep(0.02)
            await asyncio.to_thread(redis_server.start)
            await back(store)
        over.set()
        await asyncio.gather(*callers)
    # A burst of each life of Redis, which keeps nothing, and one of the memory that stood in.
    assert RATE.size <= passed <= RATE.size * (kills + 2)
