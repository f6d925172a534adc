"""The real server as a subprocess, while clients leave and the database comes and goes."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from mcp import Client, StdioServerParameters
from mcp_chassis.postgres.embedded import EmbeddedPostgres
from mcp_db_server.server import server

SLOW = "SELECT count(*) AS slow_mark FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b"
ACTIVE = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE query LIKE '%slow_mark%' AND state = 'active' AND pid <> pg_backend_pid()"
)

pytestmark = pytest.mark.asyncio


@pytest.fixture(params=["stdio", "http"])
def target(request: pytest.FixtureRequest, shop_dsn: str, clean: Any, tmp_path: Path) -> StdioServerParameters | str:
    """How to reach a server of the shop."""
    if request.param == "http":
        url: str = request.getfixturevalue("serve")("mcp-db-server", shop_dsn).url
        return url
    command, *arguments = [*clean(tmp_path), "mcp-db-server", shop_dsn]
    return StdioServerParameters(command=command, args=arguments)


async def until(admin: Any, wanted: int) -> None:
    for _ in range(1000):
        if await admin.fetchval(ACTIVE) == wanted:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"there are not {wanted} slow queries")


@pytest.mark.parametrize("era", ["legacy", "auto"])
async def test_a_client_that_cancels_stops_the_query_on_the_server(
    target: StdioServerParameters | str, era: str, shop_dsn: str
) -> None:
    admin = await asyncpg.connect(shop_dsn)
    try:
        async with Client(target, mode=era, read_timeout_seconds=60) as client:
            call = asyncio.create_task(client.call_tool("execute_query", {"query": SLOW}))
            await until(admin, 1)
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)
            await until(admin, 0)
            assert not (await client.call_tool("execute_query", {"query": "SELECT 1"})).is_error
    finally:
        await admin.close()


async def test_a_client_that_is_gone_stops_the_query_on_the_server(
    target: StdioServerParameters | str, shop_dsn: str
) -> None:
    admin = await asyncpg.connect(shop_dsn)
    try:
        async with Client(target, read_timeout_seconds=60) as client:
            call = asyncio.create_task(client.call_tool("execute_query", {"query": SLOW}))
            await until(admin, 1)
            call.cancel()
        await until(admin, 0)
    finally:
        await admin.close()


@pytest.fixture
def own_server() -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL of the test's own, stopped, with its address known."""
    folder = tempfile.mkdtemp(prefix="mcp-faults-")
    server = EmbeddedPostgres(folder, settings={"fsync": "off"})
    with server:
        pass
    yield server
    server.stop()
    shutil.rmtree(folder)


async def test_the_server_outlives_its_database(own_server: EmbeddedPostgres, clean: Any, tmp_path: Path) -> None:
    with own_server:
        dsn = own_server.dsn()
    command, *arguments = [*clean(tmp_path), "mcp-db-server", dsn]
    parameters = StdioServerParameters(command=command, args=arguments)
    async with Client(parameters, read_timeout_seconds=60) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == set(server.registry.tools)
        await refused(client, "SELECT 1", str(own_server.data_dir))
        for _ in range(2):
            with own_server:
                assert not (await client.call_tool("execute_query", {"query": "SELECT 1"})).is_error
                admin = await asyncpg.connect(dsn)
                running = asyncio.create_task(refused(client, SLOW, str(own_server.data_dir)))
                await until(admin, 1)
                await admin.close()
            await running


async def refused(client: Client, query: str, hidden: str) -> None:
    """The call says in one sentence that the database is away, and nothing of where it is."""
    answer = await client.call_tool("execute_query", {"query": query})
    text = getattr(answer.content[0], "text", "")
    assert text.startswith("The database does not answer; call again in a few seconds. [upstream_unavailable, ")
    assert hidden not in text
    assert answer.structured_content is None
