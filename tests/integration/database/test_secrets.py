"""Secrets that are planted where every tool could tell them stay where they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from mcp import Client
from mcp_db_server.server import server

ARGUMENTS = {
    "query_database": {"table": "planted-argument"},
    "execute_query": {"query": "SELECT 'planted-argument'::int"},
    "get_schema": {"table_name": "planted-argument"},
    "explain_query": {"query": "SELECT 'planted-argument' FROM nowhere"},
}


@pytest.mark.parametrize("era", ["legacy", "auto"])
@pytest.mark.parametrize("down", [True, False])
@pytest.mark.asyncio
async def test_no_tool_tells_the_address_of_its_database_or_logs_an_argument(
    down: bool, era: Any, serve: Callable[..., Any], shop_dsn: str
) -> None:
    away = "postgresql://planted-user:planted-password@127.0.0.1:9/planted-name"
    running = serve("mcp-db-server", away if down else shop_dsn, "--log-level", "debug")
    assert set(ARGUMENTS) == set(server.registry.tools)
    async with Client(running.url, mode=era) as client:
        for tool, arguments in ARGUMENTS.items():
            for given in (arguments, {"planted-key": "planted-value"}):
                said = str(await client.call_tool(tool, given))
                assert not any(secret in said for secret in ("planted-password", "planted-user", "planted-value"))
                assert shop_dsn not in said
                assert "Traceback" not in said
    log = running.log.read_text()
    assert not any(secret in log for secret in ("planted-password", "planted-argument", "planted-value"))
