"""The least that a database server can be: a bare `MCPServer`, an asyncpg pool and a cursor in a READ ONLY transaction.

DATABASE_URL=... python bare_database.py
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from typing_extensions import TypedDict


class Rows(TypedDict):
    """What a query gives."""

    columns: list[str]
    rows: list[list[Any]]


@asynccontextmanager
async def pool(_: MCPServer[Any]) -> AsyncIterator[asyncpg.Pool]:
    """The pool."""
    async with asyncpg.create_pool(os.environ["DATABASE_URL"]) as opened:
        yield opened


server: MCPServer[Any] = MCPServer("bare-database", log_level="ERROR", lifespan=pool)


@server.tool()
async def execute_query(query: str, ctx: Context[Any, Any], limit: int = 1000) -> Rows:
    """Run a query."""
    async with ctx.request_context.lifespan_context.acquire() as connection, connection.transaction(readonly=True):
        statement = await connection.prepare(query)
        columns = [attribute.name for attribute in statement.get_attributes()]
        cursor = await statement.cursor()
        rows = [[_plain(value) for value in row.values()] for row in await cursor.fetch(limit)]
    return {"columns": columns, "rows": rows}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


if __name__ == "__main__":
    server.run("stdio")
